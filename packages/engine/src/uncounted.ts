import type { eventOperations } from '@tideline/contracts/event';
import type { ReplyOf } from '@tideline/contracts/operation';
import { eventSample, type SampledEvent, type SampledName } from '@tideline/db/read/event-sample';
import { meters } from '@tideline/db/read/meter';
import { meteringOf, type MeteringVersion } from '@tideline/db/read/metering';
import { withWorkspace } from '@tideline/db/workspace';
import { todayOf } from '@tideline/domain/as-of';
import { addDays, startOfDay } from '@tideline/domain/calendar';
import type { MeterEvent } from '@tideline/domain/condition';
import { figureOf, missOf } from '@tideline/domain/meter';
import { propertiesOf, suggestMeter } from '@tideline/domain/seen-event';
import type { Deps, Who } from './deps.ts';

type Uncounted = ReplyOf<(typeof eventOperations)['listUncountedEvents']>;
type Meter = MeteringVersion & { name: string };

/** How far back is looked for names that nothing counts, and how far a definition is tried. */
export const DISCOVERY_DAYS = 90;
const PROPERTIES = 12;
const TIMEOUT_MS = 20_000;

/** Event names of the last 90 days that no meter counts, with how they could be; and meters that cannot read what comes. */
export const uncountedEvents = (deps: Deps, who: Who): Promise<Uncounted> =>
  withWorkspace(
    deps.db,
    who.workspaceId,
    async (tx) => {
      const metering = await meteringOf(tx);
      const today = todayOf(metering, deps.now());
      const [from, until] = [startOfDay(addDays(today, 1 - DISCOVERY_DAYS), metering.timezone), startOfDay(addDays(today, 1), metering.timezone)];
      const names = new Map((await meters(tx)).map(({ id, name }) => [id, name]));
      const inForce = metering.versions.map((version): Meter => ({ ...version, name: names.get(version.meterId) ?? '' }));
      const sample = await eventSample(tx, from, until);
      return {
        from: from.toISOString(),
        to: until.toISOString(),
        events: sample.events,
        whole: sample.whole,
        items: sample.names.flatMap((name) => uncounted(name, inForce) ?? []),
        meters: inForce.flatMap((meter) => unread(meter, sample.names) ?? []),
      };
    },
    { timeoutMs: TIMEOUT_MS },
  );

const eventOf = (name: string, { value, properties }: SampledEvent): MeterEvent => ({ event: name, value, properties: properties ?? {} });

/** A name of which no meter in force counts any of the newest events. */
const uncounted = (seen: SampledName, inForce: readonly Meter[]): Uncounted['items'][number] | null => {
  const { name, newest, firstAt, lastAt } = seen;
  const own = inForce.filter(({ meter }) => meter.eventName === name);
  const misses = own.flatMap(({ meter }) => newest.map((event) => missOf(eventOf(name, event), meter)));
  if (misses.includes(null)) return null;
  return {
    name,
    count: seen.count,
    accounts: seen.accounts,
    firstAt: firstAt.toISOString(),
    lastAt: lastAt.toISOString(),
    why: own.length === 0 ? 'unmetered' : misses.every((miss) => miss === 'filtered') ? 'filtered' : 'unreadable',
    meters: [...new Map(own.map((meter) => [meter.meterId, { id: meter.meterId, name: meter.name }])).values()],
    valueShare: newest.filter(({ value }) => value !== null).length / newest.length,
    properties: propertiesOf(newest).slice(0, PROPERTIES),
    suggestion: suggestMeter(name, newest),
  };
};

/** What the meter in force could not read among the newest events of its name; null: nothing. A version that is being filled speaks once it measures. */
const unread = ({ state, meterId, name, meter }: Meter, names: readonly SampledName[]): Uncounted['meters'][number] | null => {
  const newest = names.find((seen) => seen.name === meter.eventName)?.newest ?? [];
  if (state !== 'current') return null;
  const meant = newest.map((event) => ({ event, miss: missOf(eventOf(meter.eventName, event), meter) })).filter(({ miss }) => miss !== 'filtered');
  const missed = meant.filter(({ miss }) => miss !== null);
  // What is there and cannot be read says more than what is not there.
  const example = missed.find(({ miss }) => miss === 'unreadable') ?? missed[0];
  if (!example) return null;
  const held = figureOf(eventOf(meter.eventName, example.event), meter);
  const unreadable = missed.filter(({ miss }) => miss === 'unreadable').length;
  return {
    id: meterId,
    name,
    looked: meant.length,
    absent: missed.length - unreadable,
    unreadable,
    field: meter.valueField ?? 'value',
    sample: {
      at: new Date(example.event.time).toISOString(),
      accountName: example.event.accountName,
      held: held === undefined || held === null ? null : JSON.stringify(held).slice(0, 80),
    },
  };
};
