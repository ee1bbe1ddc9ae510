/** What the database holds in the end, against what was acknowledged and against a recount in plain SQL. */
import pg from 'pg';
import type { Load } from './load.ts';
import { ZONE } from './workspace.ts';

export type Compared = { lost: number; doubled: number; unknown: number; recount_differences: number; stored: number; days: number };

const CHUNK = 20_000;

/** Acknowledged events of which identity or fact is not there, exactly as it was sent. */
const countLost = async (owner: pg.Client, workspaceId: string, { sent, acknowledged }: Load): Promise<number> => {
  const events = [...acknowledged].flatMap((id) => sent.get(id) ?? []);
  if (events.length !== acknowledged.size) throw new Error('the server acknowledged an id that nobody sent');
  let lost = 0;
  for (let from = 0; from < events.length; from += CHUNK) {
    const some = events.slice(from, from + CHUNK);
    const column = (of: (event: (typeof some)[number]) => unknown) => some.map((event) => String(of(event)));
    const { rows } = await owner.query<{ lost: number }>(
      `SELECT count(*)::int AS lost FROM unnest($2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::numeric[], $7::text[]) AS sent (id, account, name, time, value, who)
       WHERE NOT EXISTS (SELECT 1 FROM event_key k WHERE k.workspace_id = $1 AND k.key = decode(replace(sent.id, '-', ''), 'hex'))
         OR NOT EXISTS (SELECT 1 FROM event e JOIN account a ON a.workspace_id = e.workspace_id AND a.id = e.account_id
           WHERE e.workspace_id = $1 AND e.time = sent.time AND e.key = decode(replace(sent.id, '-', ''), 'hex')
             AND a.external_id = sent.account AND e.name = sent.name AND e.value = sent.value AND e.properties->>'user' = sent.who)`,
      [
        workspaceId,
        column(({ id }) => id),
        column(({ account }) => account),
        column(({ event }) => event),
        column(({ timestamp }) => timestamp),
        column(({ value }) => value),
        column(({ properties }) => properties?.user),
      ],
    );
    lost += rows[0]?.lost ?? 0;
  }
  return lost;
};

/** Every meter of every account and day anew from raw events; a day differs when quantity or activity does, or when it is on one side only. */
const recount = `
  WITH fact AS (
    SELECT e.*, (e.time AT TIME ZONE $2)::date AS own_day, v.id AS version, v.aggregation, e.properties->>v.value_field AS field
    FROM event e JOIN meter_version v ON v.workspace_id = e.workspace_id AND v.event_name = e.name WHERE e.workspace_id = $1),
  counted AS (
    SELECT account_id, version, own_day AS day,
      CASE aggregation WHEN 'SUM' THEN sum(value) WHEN 'COUNT' THEN count(*) WHEN 'UNIQUE' THEN count(DISTINCT field) WHEN 'MAX' THEN max(value)
        ELSE (array_agg(value ORDER BY time DESC, key DESC))[1] END AS quantity,
      count(*) FILTER (WHERE aggregation IN ('COUNT', 'UNIQUE') OR value > 0) AS active
    FROM fact GROUP BY account_id, version, aggregation, own_day)
  SELECT count(*)::int AS days, count(*) FILTER (WHERE c.quantity IS DISTINCT FROM d.quantity OR c.active IS DISTINCT FROM d.active)::int AS differences
  FROM counted c FULL JOIN (SELECT * FROM daily_usage WHERE workspace_id = $1) d
    ON d.account_id = c.account_id AND d.meter_version_id = c.version AND d.day = c.day`;

const one = async (owner: pg.Client, sql: string, values: unknown[]): Promise<Record<string, number>> =>
  (await owner.query<Record<string, number>>(sql, values)).rows[0] ?? {};

/** Compares everything; every figure but `stored` and `days` must be 0. */
export const compare = async (ownerUrl: string, workspaceId: string, load: Load): Promise<Compared> => {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    const lost = await countLost(owner, workspaceId, load);
    const { doubled = NaN, stored = NaN } = await one(
      owner,
      `SELECT coalesce(sum(n - 1), 0)::int AS doubled, coalesce(sum(n), 0)::int AS stored FROM (SELECT count(*) AS n FROM event WHERE workspace_id = $1 GROUP BY key) keys`,
      [workspaceId],
    );
    const { unknown = NaN } = await one(
      owner,
      `SELECT ((SELECT count(*) FROM event_key k WHERE k.workspace_id = $1 AND NOT EXISTS (SELECT 1 FROM event e WHERE e.workspace_id = $1 AND e.key = k.key))
        + (SELECT count(*) FROM event e WHERE e.workspace_id = $1 AND NOT (encode(e.key, 'hex') = ANY($2))))::int AS unknown`,
      [workspaceId, [...load.sent.keys()].map((id) => id.replaceAll('-', ''))],
    );
    const { days = NaN, differences = NaN } = await one(owner, recount, [workspaceId, ZONE]);
    return { lost, doubled, unknown, recount_differences: differences, stored, days };
  } finally {
    await owner.end();
  }
};
