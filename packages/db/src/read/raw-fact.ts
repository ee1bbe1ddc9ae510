import { type Day, dayReader } from '@tideline/domain/calendar';
import type { DatedFact } from '@tideline/domain/usage';
import { plain } from '../array-literal.ts';
import type { StatementTx, WorkspaceTx } from '../workspace.ts';

/** The last fact of the last account and day that were read whole. */
export type Place = { readonly accountId: string; readonly day: Day; readonly time: Date };

const FIRST = '00000000-0000-0000-0000-000000000000';
type Row = {
  key: string;
  accountId: string;
  time: Date;
  day: Day;
  name: string;
  value: string | null;
  properties: Record<string, unknown> | null;
  knownAt: Date;
};

/**
 * Raw events of one name (null: of any) in the order account, time, behind a place: at least `size` of them where there
 * are as many, whole days only. `next` is null at the end.
 */
export const rawFacts = async (
  tx: WorkspaceTx,
  name: string | null,
  timezone: string,
  after: Place | null,
  size: number,
): Promise<{ facts: DatedFact[]; next: Place | null }> => {
  const rows = await tx.db.$queryRaw<Row[]>`
    SELECT encode(key, 'hex') AS key, account_id::text AS "accountId", time, day::text, name, value::text, properties, known_at AS "knownAt" FROM event
    WHERE workspace_id = ${tx.workspaceId}::uuid AND (${name}::text IS NULL OR name = ${name})
      AND (account_id, time) > (${after?.accountId ?? FIRST}::uuid, ${after?.time ?? new Date(0)}::timestamptz)
    ORDER BY account_id, time LIMIT ${size + 1}`;
  const last = rows.at(-1);
  if (rows.length <= size || !last) return { facts: rows.map((row) => factOf(row, timezone)), next: null };
  const whole = rows.filter((row) => row.accountId !== last.accountId || row.day !== last.day);
  const end = whole.at(-1);
  // One day of one account fills the stretch: read a longer one.
  if (!end) return rawFacts(tx, name, timezone, after, size * 4);
  return { facts: whole.map((row) => factOf(row, timezone)), next: { accountId: end.accountId, day: end.day, time: end.time } };
};

/** Where a walk through a stretch of time stands. */
export type WalkPlace = { readonly accountId: string; readonly time: string; readonly key: string };

/**
 * Raw events of one name within a stretch of time, in the order account, time: those among the next `size` events of any
 * name behind a place, so that a rare name takes no longer than a frequent one. `next` is null at the end.
 */
export const factsWithin = async (
  tx: WorkspaceTx,
  name: string,
  zone: { timezone: string; from: Date; until: Date },
  after: WalkPlace | null,
  size: number,
): Promise<{ facts: DatedFact[]; next: WalkPlace | null }> => {
  const rows = await tx.db.$queryRaw<(Row & { n: number; place: string })[]>`
    SELECT n::int, encode(key, 'hex') AS key, account_id::text AS "accountId", time, time::text AS place, day::text, name, value::text,
      CASE WHEN name = ${name} THEN properties END AS properties, known_at AS "knownAt"
    FROM (SELECT *, row_number() OVER (ORDER BY account_id, time, key) AS n FROM event
      WHERE workspace_id = ${tx.workspaceId}::uuid AND time >= ${zone.from}::timestamptz AND time < ${zone.until}::timestamptz
        AND (account_id, time, key) > (${after?.accountId ?? FIRST}::uuid, ${after?.time ?? '-infinity'}::timestamptz, ${`\\x${after?.key ?? ''}`}::bytea)
      ORDER BY account_id, time, key LIMIT ${size}) e
    WHERE name = ${name} OR n = ${size} ORDER BY n`;
  const last = rows.at(-1);
  return {
    facts: rows.filter((row) => row.name === name).map((row) => factOf(row, zone.timezone)),
    next: last?.n === size ? { accountId: last.accountId, time: last.place, key: last.key } : null,
  };
};

/** The raw events of some days of accounts. */
export const factsOfDays = async (tx: StatementTx, days: readonly { accountId: string; day: Day }[], timezone: string): Promise<DatedFact[]> => {
  const rows = await tx.db.$queryRaw<Row[]>`
    SELECT encode(e.key, 'hex') AS key, e.account_id::text AS "accountId", e.time, e.day::text, e.name, e.value::text, e.properties, e.known_at AS "knownAt"
    FROM unnest(${plain(days.map(({ accountId }) => accountId))}::uuid[], ${plain(days.map(({ day }) => day))}::date[]) AS wanted (account_id, day)
    JOIN event e ON e.workspace_id = ${tx.workspaceId}::uuid AND e.account_id = wanted.account_id AND e.day = wanted.day
      AND e.time >= (wanted.day::timestamp AT TIME ZONE ${timezone}) AND e.time < ((wanted.day + 1)::timestamp AT TIME ZONE ${timezone})`;
  return rows.map((row) => factOf(row, timezone));
};

const factOf = (row: Row, timezone: string): DatedFact => ({
  key: row.key,
  accountId: row.accountId,
  atMs: row.time.getTime(),
  day: row.day,
  knownOn: dayReader(timezone)(row.knownAt.getTime()),
  event: { event: row.name, value: row.value, properties: row.properties ?? {} },
});
