import { contributionOf, type MeterDefinition } from '@tideline/domain/meter';
import { suggestMeter } from '@tideline/domain/seen-event';

/** An event that arrived lately, as the browser needs it to try a definition on. */
export type SeenEvent = { time: string; accountName: string; event: string; value: string | null; properties: Record<string, unknown> | null };

/** Names and properties to offer while typing, the most frequent first. */
export const namesIn = (events: readonly SeenEvent[]): string[] => byCount(events.map(({ event }) => event));
export const propertiesIn = (events: readonly SeenEvent[], eventName: string): string[] => {
  const own = events.filter(({ event }) => event === eventName);
  return byCount((own.length > 0 ? own : events).flatMap(({ properties }) => Object.keys(properties ?? {})));
};

/** What a new meter counts, as far as it is known before the form is filled in. */
export type Start = Pick<MeterDefinition, 'eventName' | 'aggregation' | 'valueField'>;
/** A new meter of an event: how it is measured follows from what the latest of them carry. */
export const meterOf = (events: readonly SeenEvent[], eventName: string): Start => ({
  eventName,
  ...suggestMeter(
    eventName,
    events.filter(({ event }) => event === eventName),
  ),
});

const byCount = (names: readonly string[]): string[] =>
  [...Map.groupBy(names, (name) => name)].toSorted((a, b) => b[1].length - a[1].length).map(([name]) => name);

export type Tried = SeenEvent & { adds: string | null; unique: string | null; active: boolean };

/** What the meter would make of the latest events of its name; `adds` null: nothing. */
export const tryOn = (events: readonly SeenEvent[], meter: MeterDefinition, limit: number): Tried[] =>
  events
    .filter(({ event }) => event === meter.eventName)
    .slice(0, limit)
    .map((event) => {
      const added = contributionOf({ event: event.event, value: event.value, properties: event.properties ?? {} }, meter);
      return { ...event, adds: added?.quantity ?? null, unique: added?.unique ?? null, active: added?.active ?? false };
    });

const LONG = 60;
/** What an event carries, in one line: `12 · kind sale, plan pro`. */
export const carried = ({ value, properties }: SeenEvent): string => {
  const own = Object.entries(properties ?? {})
    .map(([name, held]) => `${name} ${typeof held === 'object' ? JSON.stringify(held) : String(held)}`)
    .join(', ');
  const text = [value, own].filter(Boolean).join(' · ');
  return text.length > LONG ? `${text.slice(0, LONG)}…` : text || '–';
};
