import type { WorkspaceTx } from '../workspace.ts';

/** An event as a sample holds it, the newest first. */
export type SampledEvent = { time: string; accountName: string; value: string | null; properties: Record<string, unknown> | null };
/** What a stretch of time holds of one event name. */
export type SampledName = { name: string; count: number; accounts: number; firstAt: Date; lastAt: Date; newest: SampledEvent[] };
export type EventSample = {
  /** How many events were looked at. */
  events: number;
  /** Whether those are all there are. */
  whole: boolean;
  names: SampledName[];
};

type NameRow = Omit<SampledName, 'firstAt' | 'lastAt'> & { firstAt: string; lastAt: string };

/** The stretch is cut into this many slices, of each of which the newest so many events are looked at: 90,000 at the most, spread over all of it. */
const SLICES = 360;
const PER_SLICE = 250;
/** As many of the most frequent names, and of each the newest events. */
const NAMES = 100;
const NEWEST = 60;

/**
 * Event names of a stretch of time, the most frequent first, with the newest events of each. Raw events have no index on
 * their name, so where there are many it is a sample spread evenly over the time; `whole` says when it is all of them.
 */
export const eventSample = async (tx: WorkspaceTx, from: Date, until: Date): Promise<EventSample> => {
  const [row] = await tx.db.$queryRaw<{ events: number; whole: boolean; names: NameRow[] | null }[]>`
    WITH slices AS (
      SELECT n, ${from}::timestamptz + (${until}::timestamptz - ${from}::timestamptz) * n / ${SLICES} AS since,
        ${from}::timestamptz + (${until}::timestamptz - ${from}::timestamptz) * (n + 1) / ${SLICES} AS before FROM generate_series(0, ${SLICES - 1}) AS n),
    sample AS MATERIALIZED (
      SELECT s.n, e.* FROM slices s CROSS JOIN LATERAL (
        SELECT time, key, name, account_id, value, properties FROM event WHERE workspace_id = ${tx.workspaceId}::uuid AND time >= s.since AND time < s.before
        ORDER BY time DESC LIMIT ${PER_SLICE}) e),
    names AS (
      SELECT name, count(*)::int AS count, count(DISTINCT account_id)::int AS accounts, min(time) AS first_at, max(time) AS last_at
      FROM sample GROUP BY name ORDER BY count(*) DESC, name LIMIT ${NAMES}),
    newest AS (
      SELECT e.name, json_agg(json_build_object('time', e.time, 'accountName', a.name, 'value', trim_scale(e.value)::text, 'properties', e.properties) ORDER BY e.place) AS events
      FROM (SELECT *, row_number() OVER (PARTITION BY name ORDER BY time DESC, key) AS place FROM sample) e
      JOIN account a ON a.workspace_id = ${tx.workspaceId}::uuid AND a.id = e.account_id
      WHERE e.place <= ${NEWEST} AND e.name IN (SELECT name FROM names) GROUP BY e.name)
    SELECT (SELECT count(*) FROM sample)::int AS events,
      NOT EXISTS (SELECT 1 FROM sample GROUP BY n HAVING count(*) >= ${PER_SLICE}) AS whole,
      (SELECT json_agg(json_build_object('name', name, 'count', count, 'accounts', accounts, 'firstAt', first_at, 'lastAt', last_at, 'newest', events)
        ORDER BY count DESC, name) FROM names JOIN newest USING (name)) AS names`;
  return {
    events: row?.events ?? 0,
    whole: row?.whole ?? true,
    names: (row?.names ?? []).map((name) => ({ ...name, firstAt: new Date(name.firstAt), lastAt: new Date(name.lastAt) })),
  };
};
