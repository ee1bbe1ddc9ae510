import { createHash } from 'node:crypto';
import type { Day } from '@tideline/domain/calendar';
import { decimal, toText } from '@tideline/domain/money';
import { addLate, type DayTally, type LateUsage, settleGauge } from '@tideline/domain/usage';
import { bytes, plain } from '../array-literal.ts';
import type { StatementTx } from '../workspace.ts';

type Columns = { accounts: string; versions: string; days: string };
const columnsOf = (tallies: readonly DayTally[]): Columns => ({
  accounts: plain(tallies.map((tally) => tally.accountId)),
  versions: plain(tallies.map((tally) => tally.versionId)),
  days: plain(tallies.map((tally) => tally.day)),
});
const iso = (ms: number): string => new Date(ms).toISOString();

/**
 * Adds tallies (sorted by account, version and day) to daily usage, and what became known after its day to
 * daily_usage_late as well. Answers the accounts that changed, each with the earliest day.
 */
export const applyTallies = async (tx: StatementTx, tallies: readonly DayTally[]): Promise<Map<string, Day>> => {
  const gauges = tallies.filter(({ aggregation }) => aggregation === 'MAX' || aggregation === 'LAST');
  const additive = tallies.filter(({ aggregation }) => aggregation !== 'MAX' && aggregation !== 'LAST');
  await countNewValues(tx, additive);
  await addUsage(tx, additive);
  await settleGauges(tx, gauges);
  await addLateUsage(tx, tallies);
  const earliest = new Map<string, Day>();
  for (const { accountId, day } of tallies) {
    const found = earliest.get(accountId);
    if (found === undefined || day < found) earliest.set(accountId, day);
  }
  return earliest;
};

/** Values a UNIQUE meter has not seen on the day add 1 each, late when they became known late. */
const countNewValues = async (tx: StatementTx, tallies: readonly DayTally[]): Promise<void> => {
  const rows = tallies
    .flatMap((tally) => [...tally.unique].map(([value, knownOn]) => ({ tally, knownOn, hash: createHash('sha256').update(value).digest('hex').slice(0, 32) })))
    .toSorted((a, b) => order(a.tally, b.tally) || (a.hash < b.hash ? -1 : 1));
  if (rows.length === 0) return;
  const { accounts, versions, days } = columnsOf(rows.map(({ tally }) => tally));
  const stored = await tx.db.$queryRaw<{ name: string }[]>`
    INSERT INTO unique_value (workspace_id, account_id, meter_version_id, day, hash)
    SELECT ${tx.workspaceId}::uuid, * FROM unnest(${accounts}::uuid[], ${versions}::uuid[], ${days}::date[], ${bytes(rows.map(({ hash }) => hash))}::bytea[])
    ON CONFLICT DO NOTHING RETURNING account_id::text || meter_version_id || day || encode(hash, 'hex') AS name`;
  const fresh = new Set(stored.map(({ name }) => name));
  for (const { tally, knownOn, hash } of rows) {
    if (!fresh.has(`${nameOf(tally)}${hash}`)) continue;
    tally.quantity.add('1');
    if (knownOn) addLate(tally, knownOn, decimal(1));
  }
};

const nameOf = ({ accountId, versionId, day }: DayTally): string => `${accountId}${versionId}${day}`;
const order = (a: DayTally, b: DayTally): number => {
  const [one, other] = [nameOf(a), nameOf(b)];
  return one === other ? 0 : one < other ? -1 : 1;
};

const addUsage = async (tx: StatementTx, tallies: readonly DayTally[]): Promise<void> => {
  if (tallies.length === 0) return;
  const { accounts, versions, days } = columnsOf(tallies);
  await tx.db.$executeRaw`
    INSERT INTO daily_usage AS d (workspace_id, account_id, meter_version_id, day, quantity, active, last_at, last_key)
    SELECT ${tx.workspaceId}::uuid, new.account_id, new.version_id, new.day, new.quantity, new.active, to_timestamp(new.last_ms / 1000), new.last_key
    FROM unnest(${accounts}::uuid[], ${versions}::uuid[], ${days}::date[], ${plain(tallies.map((t) => toText(t.quantity.total())))}::numeric[],
      ${plain(tallies.map((t) => t.active))}::int[], ${plain(tallies.map((t) => t.lastMs))}::float8[], ${bytes(tallies.map((t) => t.lastKey))}::bytea[])
      AS new (account_id, version_id, day, quantity, active, last_ms, last_key)
    ON CONFLICT (workspace_id, account_id, meter_version_id, day) DO UPDATE SET
      quantity = d.quantity + excluded.quantity, active = d.active + excluded.active, last_at = greatest(d.last_at, excluded.last_at),
      last_key = CASE WHEN (excluded.last_at, excluded.last_key) > (d.last_at, d.last_key) THEN excluded.last_key ELSE d.last_key END`;
};

type GaugeRow = { accountId: string; versionId: string; day: Day; quantity: string; at: Date | null; key: string };

/**
 * MAX and LAST depend on what the day holds, so its row is made (empty) and locked before it is read: two
 * transactions that meet on a new day then see each other's figure.
 */
const settleGauges = async (tx: StatementTx, tallies: readonly DayTally[]): Promise<void> => {
  if (tallies.length === 0) return;
  const { accounts, versions, days } = columnsOf(tallies);
  await tx.db.$executeRaw`
    INSERT INTO daily_usage (workspace_id, account_id, meter_version_id, day, quantity, active, last_at, last_key)
    SELECT ${tx.workspaceId}::uuid, *, 0, 0, '-infinity', '' FROM unnest(${accounts}::uuid[], ${versions}::uuid[], ${days}::date[]) ON CONFLICT DO NOTHING`;
  const rows = await tx.db.$queryRaw<GaugeRow[]>`
    SELECT d.account_id::text AS "accountId", d.meter_version_id::text AS "versionId", d.day::text, d.quantity::text,
      CASE WHEN d.last_key <> '' THEN d.last_at END AS at, encode(d.last_key, 'hex') AS key
    FROM daily_usage d JOIN unnest(${accounts}::uuid[], ${versions}::uuid[], ${days}::date[]) AS wanted (account_id, meter_version_id, day)
      USING (account_id, meter_version_id, day)
    WHERE d.workspace_id = ${tx.workspaceId}::uuid ORDER BY account_id, meter_version_id, day FOR UPDATE OF d`;
  const before = new Map(rows.map((row) => [`${row.accountId}${row.versionId}${row.day}`, row]));
  const settled = tallies.map((tally) => {
    const row = before.get(nameOf(tally));
    return settleGauge(tally, row?.at ? { quantity: decimal(row.quantity), atMs: row.at.getTime(), key: row.key } : null);
  });
  await tx.db.$executeRaw`
    UPDATE daily_usage d SET quantity = new.quantity, active = d.active + new.active, last_at = new.at, last_key = new.key
    FROM unnest(${accounts}::uuid[], ${versions}::uuid[], ${days}::date[], ${plain(settled.map((s) => toText(s.quantity)))}::numeric[],
      ${plain(tallies.map((t) => t.active))}::int[], ${plain(settled.map((s) => iso(s.atMs)))}::timestamptz[], ${bytes(settled.map((s) => s.key))}::bytea[])
      AS new (account_id, meter_version_id, day, quantity, active, at, key)
    WHERE d.workspace_id = ${tx.workspaceId}::uuid AND d.account_id = new.account_id AND d.meter_version_id = new.meter_version_id AND d.day = new.day`;
};

const addLateUsage = async (tx: StatementTx, tallies: readonly DayTally[]): Promise<void> => {
  const rows: { tally: DayTally; late: LateUsage }[] = [];
  for (const tally of tallies) {
    const lates = [...tally.late.values()].filter(({ quantity, active }) => active !== 0 || !quantity.isZero());
    for (const late of lates.toSorted((a, b) => (a.knownOn < b.knownOn ? -1 : 1))) rows.push({ tally, late });
  }
  if (rows.length === 0) return;
  const { accounts, versions, days } = columnsOf(rows.map(({ tally }) => tally));
  await tx.db.$executeRaw`
    INSERT INTO daily_usage_late AS d (workspace_id, account_id, meter_version_id, day, known_on, quantity, active)
    SELECT ${tx.workspaceId}::uuid, * FROM unnest(${accounts}::uuid[], ${versions}::uuid[], ${days}::date[], ${plain(rows.map(({ late }) => late.knownOn))}::date[],
      ${plain(rows.map(({ late }) => toText(late.quantity)))}::numeric[], ${plain(rows.map(({ late }) => late.active))}::int[])
    ON CONFLICT (workspace_id, account_id, meter_version_id, day, known_on) DO UPDATE SET quantity = d.quantity + excluded.quantity, active = d.active + excluded.active`;
};
