import { createHash } from 'node:crypto';
import type { Day } from '@tideline/domain/calendar';
import { decimal, toText } from '@tideline/domain/money';
import { countedTally, type DayTally, type MeterVersion, tallyFacts } from '@tideline/domain/usage';
import { bytes, plain } from '../array-literal.ts';
import { factsOfDays } from '../read/raw-fact.ts';
import type { StatementTx } from '../workspace.ts';

/** A day of an account. */
export type AccountDay = { readonly accountId: string; readonly day: Day };
/** What a day held before and holds now, of one meter version. */
export type Recounted = AccountDay & { versionId: string; before: string; after: string };
type Stored = AccountDay & { versionId: string; quantity: string; active: number; lastMs: number; lastKey: string };
type Counted = { quantity: string; active: number; lastMs: number; lastKey: string };

/**
 * Counts days anew from the raw events that are in force, after a correction, and writes what differs; as of `knownOn`: what
 * was known before stays as it was known. The transaction must hold the usage lock alone. A day that no fact is left
 * of keeps its row with nothing in it, because what was known of it hangs there.
 */
export const recountDays = async (
  tx: StatementTx,
  { versions, timezone }: { versions: readonly MeterVersion[]; timezone: string },
  days: readonly AccountDay[],
  knownOn: Day,
): Promise<Recounted[]> => {
  if (days.length === 0) return [];
  const tallies = tallyFacts(await factsOfDays(tx, days, timezone), versions);
  const counted = new Map(tallies.map((tally) => [nameOf(tally), { ...countedTally(tally), lastMs: tally.lastMs, lastKey: tally.lastKey }]));
  const stored = await storedDays(tx, versions, days);
  const rows = new Map<string, { at: AccountDay & { versionId: string }; before: Stored | null; now: Counted }>();
  for (const tally of tallies) rows.set(nameOf(tally), { at: tally, before: null, now: counted.get(nameOf(tally)) ?? NOTHING });
  for (const before of stored) rows.set(nameOf(before), { at: before, before, now: counted.get(nameOf(before)) ?? NOTHING });
  const ordered = [...rows.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  const changed = ordered.filter(isWorthOther);
  // Which fact was the latest counts too: by it the next one is placed, also where the day is worth what it was.
  await writeDays(
    tx,
    ordered.filter((row) => isWorthOther(row) || row.before?.lastMs !== row.now.lastMs || row.before.lastKey !== row.now.lastKey),
  );
  await bookLate(
    tx,
    changed.filter(({ at }) => at.day < knownOn),
    knownOn,
  );
  await replaceValues(tx, versions, days, tallies);
  return changed.map(({ at, before, now }) => ({ ...at, before: before?.quantity ?? '0', after: now.quantity }));
};

const NOTHING: Counted = { quantity: '0', active: 0, lastMs: Date.UTC(1970, 0, 1), lastKey: '' };
const nameOf = ({ accountId, versionId, day }: AccountDay & { versionId: string }): string => `${accountId}${versionId}${day}`;
type Changed = { at: AccountDay & { versionId: string }; before: Stored | null; now: Counted };

const isWorthOther = ({ before, now }: Changed): boolean => !before || before.active !== now.active || !decimal(before.quantity).eq(now.quantity);

const columnsOf = (rows: readonly AccountDay[]) => ({ accounts: plain(rows.map(({ accountId }) => accountId)), days: plain(rows.map(({ day }) => day)) });

const storedDays = async (tx: StatementTx, versions: readonly MeterVersion[], wanted: readonly AccountDay[]): Promise<Stored[]> => {
  const { accounts, days } = columnsOf(wanted);
  return tx.db.$queryRaw<Stored[]>`
    SELECT d.account_id::text AS "accountId", d.meter_version_id::text AS "versionId", d.day::text, trim_scale(d.quantity)::text AS quantity, d.active,
      (extract(epoch FROM d.last_at) * 1000)::float8 AS "lastMs", encode(d.last_key, 'hex') AS "lastKey"
    FROM daily_usage d JOIN unnest(${accounts}::uuid[], ${days}::date[]) AS wanted (account_id, day) USING (account_id, day)
    WHERE d.workspace_id = ${tx.workspaceId}::uuid AND d.meter_version_id = ANY(${plain(versions.map(({ id }) => id))}::uuid[])`;
};

const writeDays = async (tx: StatementTx, rows: readonly Changed[]): Promise<void> => {
  if (rows.length === 0) return;
  const { accounts, days } = columnsOf(rows.map(({ at }) => at));
  await tx.db.$executeRaw`
    INSERT INTO daily_usage (workspace_id, account_id, meter_version_id, day, quantity, active, last_at, last_key)
    SELECT ${tx.workspaceId}::uuid, new.account_id, new.version_id, new.day, new.quantity, new.active, to_timestamp(new.last_ms / 1000), new.last_key
    FROM unnest(${accounts}::uuid[], ${plain(rows.map(({ at }) => at.versionId))}::uuid[], ${days}::date[], ${plain(rows.map(({ now }) => now.quantity))}::numeric[],
      ${plain(rows.map(({ now }) => now.active))}::int[], ${plain(rows.map(({ now }) => now.lastMs))}::float8[], ${bytes(rows.map(({ now }) => now.lastKey))}::bytea[])
      AS new (account_id, version_id, day, quantity, active, last_ms, last_key)
    ON CONFLICT (workspace_id, account_id, meter_version_id, day) DO UPDATE SET
      quantity = excluded.quantity, active = excluded.active, last_at = excluded.last_at, last_key = excluded.last_key`;
};

const bookLate = async (tx: StatementTx, rows: readonly Changed[], knownOn: Day): Promise<void> => {
  if (rows.length === 0) return;
  const { accounts, days } = columnsOf(rows.map(({ at }) => at));
  const quantities = rows.map(({ before, now }) => toText(decimal(now.quantity).minus(before?.quantity ?? '0')));
  await tx.db.$executeRaw`
    INSERT INTO daily_usage_late AS d (workspace_id, account_id, meter_version_id, day, known_on, quantity, active)
    SELECT ${tx.workspaceId}::uuid, new.account_id, new.version_id, new.day, ${knownOn}::date, new.quantity, new.active
    FROM unnest(${accounts}::uuid[], ${plain(rows.map(({ at }) => at.versionId))}::uuid[], ${days}::date[], ${plain(quantities)}::numeric[],
      ${plain(rows.map(({ before, now }) => now.active - (before?.active ?? 0)))}::int[]) AS new (account_id, version_id, day, quantity, active)
    ON CONFLICT (workspace_id, account_id, meter_version_id, day, known_on) DO UPDATE SET quantity = d.quantity + excluded.quantity, active = d.active + excluded.active`;
};

/** The distinct values of the days, as the facts in force say. */
const replaceValues = async (
  tx: StatementTx,
  versions: readonly MeterVersion[],
  wanted: readonly AccountDay[],
  tallies: readonly DayTally[],
): Promise<void> => {
  const unique = versions.filter(({ meter }) => meter.aggregation === 'UNIQUE').map(({ id }) => id);
  if (unique.length === 0) return;
  const { accounts, days } = columnsOf(wanted);
  await tx.db.$executeRaw`
    DELETE FROM unique_value u USING unnest(${accounts}::uuid[], ${days}::date[]) AS gone (account_id, day)
    WHERE u.workspace_id = ${tx.workspaceId}::uuid AND u.meter_version_id = ANY(${plain(unique)}::uuid[]) AND u.account_id = gone.account_id AND u.day = gone.day`;
  const rows = tallies.flatMap((tally) =>
    [...tally.unique.keys()].map((value) => ({ tally, hash: createHash('sha256').update(value).digest('hex').slice(0, 32) })),
  );
  const held = columnsOf(rows.map(({ tally }) => tally));
  await tx.db.$executeRaw`
    INSERT INTO unique_value (workspace_id, account_id, meter_version_id, day, hash)
    SELECT ${tx.workspaceId}::uuid, * FROM unnest(${held.accounts}::uuid[], ${plain(rows.map(({ tally }) => tally.versionId))}::uuid[], ${held.days}::date[], ${bytes(rows.map(({ hash }) => hash))}::bytea[])`;
};
