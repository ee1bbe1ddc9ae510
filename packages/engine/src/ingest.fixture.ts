/** A workspace with one meter of each kind, and a slow model of what its daily usage must say. */
import type { IngestReply } from '@tideline/contracts/ingest';
import { dayOf, type Day } from '@tideline/domain/calendar';
import { decimal, toText, ZERO } from '@tideline/domain/money';
import { aRow, aWorkspace, type World } from '@tideline/testkit/build';
import { expect } from 'vitest';
import type { Who } from './deps.ts';
import type { TestDeps } from './deps.fixture.ts';
import { keyOf } from './ingest.ts';

export type Sent = { id: string; account: string; event: string; timestamp: string; value: number | string; properties: { user: string; kind: string } };
/** A fact that was accepted, in the order it was. */
export type SlowFact = Sent & { key: string; knownOn: Day };
export type UsageRow = { meter: string; account: string; day: string; quantity: string; active: number };

export const ZONE = 'Europe/London';
const sale = JSON.stringify([{ field: 'properties.kind', op: 'eq', value: 'sale' }]);
const METERS = {
  sum: { event: 'call', aggregation: 'SUM', field: null, activity: sale },
  count: { event: 'call', aggregation: 'COUNT', field: null, activity: '[]' },
  unique: { event: 'call', aggregation: 'UNIQUE', field: 'user', activity: sale },
  max: { event: 'call', aggregation: 'MAX', field: null, activity: '[]' },
  last: { event: 'disk', aggregation: 'LAST', field: null, activity: '[]' },
} as const;

export type IngestWorld = {
  deps: TestDeps;
  who: Who;
  facts: SlowFact[];
  /** Daily usage, as known by the end of a day; null: as known now. Rows of nothing are left out. */
  days(knownBy: Day | null): Promise<UsageRow[]>;
  storedFacts(): Promise<SlowFact[]>;
};

export const ingestWorld = async ({ arrange }: World, deps: TestDeps): Promise<IngestWorld> => {
  const workspaceId = await aWorkspace(arrange, { timezone: ZONE });
  for (const [key, meter] of Object.entries(METERS)) {
    const meterId = await aRow(arrange, 'meter', { workspace_id: workspaceId, key, name: key, unit: 'units' });
    await aRow(arrange, 'meter_version', {
      workspace_id: workspaceId,
      meter_id: meterId,
      version: 1,
      event_name: meter.event,
      aggregation: meter.aggregation,
      value_field: meter.field,
      activity_filter: meter.activity,
      counts_activity: true,
    });
  }
  const who: Who = { workspaceId, userId: null, role: 'ADMIN', actor: 'test', ownAccountsOf: null };
  const days = async (knownBy: Day | null): Promise<UsageRow[]> => {
    const rows = await arrange(
      `SELECT m.key AS meter, a.external_id AS account, d.day::text, (d.quantity - coalesce(l.quantity, 0))::text AS quantity, (d.active - coalesce(l.active, 0))::int AS active
       FROM daily_usage d JOIN meter_version v USING (workspace_id) JOIN meter m ON m.id = v.meter_id JOIN account a ON a.id = d.account_id
       LEFT JOIN (SELECT account_id, meter_version_id, day, sum(quantity) AS quantity, sum(active) AS active FROM daily_usage_late
         WHERE workspace_id = $1 AND known_on > $2::date GROUP BY 1, 2, 3) l USING (account_id, meter_version_id, day)
       WHERE d.workspace_id = $1 AND v.id = d.meter_version_id`,
      [workspaceId, knownBy ?? 'infinity'],
    );
    return ordered(rows as UsageRow[]);
  };
  const storedFacts = async (): Promise<SlowFact[]> => {
    const rows = await arrange(
      `SELECT encode(e.key, 'hex') AS key, a.external_id AS account, e.name AS event, e.time, e.value::text, e.properties, e.known_at
       FROM event e JOIN account a ON a.id = e.account_id WHERE e.workspace_id = $1`,
      [workspaceId],
    );
    return rows.map((row) => ({ ...(row as Sent & { key: string }), timestamp: (row.time as Date).toISOString(), knownOn: dayOf(row.known_at as Date, ZONE) }));
  };
  return { deps, who, facts: [], days, storedFacts };
};

const ordered = (rows: UsageRow[]): UsageRow[] =>
  rows
    .map((row) => ({ ...row, quantity: toText(decimal(row.quantity)) }))
    .filter((row) => row.quantity !== '0' || row.active !== 0)
    .toSorted((a, b) => (`${a.meter} ${a.account} ${a.day}` < `${b.meter} ${b.account} ${b.day}` ? -1 : 1));

const contentOf = ({ account, event, timestamp, value, properties }: Sent): string =>
  [account, event, Date.parse(timestamp), toText(decimal(value)), properties.user, properties.kind].join('|');

/** What a request must answer, given the facts stored so far; the accepted ones are added to them. */
export const slowOutcome = (facts: SlowFact[], events: readonly Sent[], historical: boolean, receivedAt: Date): IngestReply => {
  const reply: IngestReply = { accepted: 0, duplicates: 0, conflicts: 0, rejected: [], conflicting: [] };
  for (const [index, event] of events.entries()) {
    if (Date.parse(event.timestamp) > receivedAt.getTime() + 86_400_000) {
      reply.rejected.push({ index, id: event.id, code: 'clock-ahead', message: expect.stringContaining('days ahead of our clock') as string });
      continue;
    }
    const stored = facts.find(({ id }) => id === event.id);
    if (stored && contentOf(stored) === contentOf(event)) reply.duplicates += 1;
    else if (stored) {
      reply.conflicts += 1;
      reply.conflicting.push({ index, id: event.id, code: 'conflict', message: expect.stringContaining('an id of its own') as string });
    }
    if (stored) continue;
    const known = historical && Date.parse(event.timestamp) <= receivedAt.getTime() ? new Date(event.timestamp) : receivedAt;
    facts.push({ ...event, key: keyOf(event.id), knownOn: dayOf(known, ZONE) });
    reply.accepted += 1;
  }
  return reply;
};

/** Counts every day anew from the list of facts known by the end of a day. A fact is on time on its own day whatever its hour. */
export const slowDays = ({ facts }: { facts: readonly SlowFact[] }, knownBy: Day | null): UsageRow[] => {
  const rows: UsageRow[] = [];
  const known = facts.filter((fact) => knownBy === null || fact.knownOn <= knownBy || fact.knownOn <= dayOf(new Date(fact.timestamp), ZONE));
  for (const [meter, { event, aggregation, activity }] of Object.entries(METERS)) {
    const groups = Map.groupBy(
      known.filter((fact) => fact.event === event),
      (fact) => JSON.stringify([fact.account, dayOf(new Date(fact.timestamp), ZONE)]),
    );
    for (const [name, group] of groups) {
      const [account = '', day = ''] = JSON.parse(name) as string[];
      const values = group.map((fact) => decimal(fact.value));
      const latest = group.toSorted((a, b) => Date.parse(a.timestamp) - Date.parse(b.timestamp) || (a.key < b.key ? -1 : 1)).at(-1);
      const quantity = {
        SUM: () => values.reduce((sum, value) => sum.plus(value), ZERO),
        COUNT: () => decimal(group.length),
        UNIQUE: () => decimal(new Set(group.map((fact) => fact.properties.user)).size),
        MAX: () => values.reduce((max, value) => (value.gt(max) ? value : max)),
        LAST: () => decimal(latest?.value ?? 0),
      }[aggregation]();
      const reads = aggregation === 'SUM' || aggregation === 'MAX' || aggregation === 'LAST';
      const active = group.filter((fact) => (!reads || decimal(fact.value).gt(0)) && (activity === '[]' || fact.properties.kind === 'sale')).length;
      rows.push({ meter, account, day, quantity: toText(quantity), active });
    }
  }
  return ordered(rows);
};
