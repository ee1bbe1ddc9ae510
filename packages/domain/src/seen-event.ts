import { numberIn, textIn } from './condition.ts';
import type { MeterDefinition } from './meter.ts';

/** What events of one name carry; `value` as decimal text. */
export type Carried = { readonly value: string | null; readonly properties: Readonly<Record<string, unknown>> | null };
/** A property as it was seen: `share` of the events have it, `mixed` of more than one type. */
export type SeenProperty = { name: string; type: 'number' | 'text' | 'flag' | 'object' | 'mixed'; share: number; example: string };
/** How to measure an event that nothing measures yet. */
export type Suggestion = Pick<MeterDefinition, 'aggregation' | 'valueField'>;

const LONG = 80;
const shortened = (text: string): string => (text.length > LONG ? `${text.slice(0, LONG)}…` : text);
const isPresent = (raw: unknown): boolean => raw !== null && raw !== undefined && raw !== '';

const typeOf = (raw: unknown): SeenProperty['type'] => {
  if (typeof raw === 'boolean') return 'flag';
  if (typeof raw === 'object') return 'object';
  return numberIn(raw) === null ? 'text' : 'number';
};

/** The properties events carry, the most frequent first. */
export const propertiesOf = (events: readonly Carried[]): SeenProperty[] => {
  const seen = new Map<string, { count: number; types: Set<SeenProperty['type']>; example: unknown }>();
  for (const [name, raw] of events.flatMap(({ properties }) => Object.entries(properties ?? {}))) {
    if (!isPresent(raw)) continue;
    const found = seen.get(name) ?? { count: 0, types: new Set(), example: raw };
    found.count += 1;
    found.types.add(typeOf(raw));
    seen.set(name, found);
  }
  return [...seen]
    .map(([name, { count, types, example }]) => {
      const [type = 'text'] = types;
      return {
        name,
        type: types.size > 1 ? ('mixed' as const) : type,
        share: count / events.length,
        example: shortened(textIn(example) ?? JSON.stringify(example)),
      };
    })
    .toSorted((a, b) => b.share - a.share || (a.name < b.name ? -1 : 1));
};

/** The words of a name: `bytesUsed`, `bytes_used` and `bytes.used` are all bytes and used. */
const wordsIn = (name: string): string[] =>
  name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/);
const has = (name: string, words: ReadonlySet<string>): boolean => wordsIn(name).some((word) => words.has(word));

/** Figures that add up. */
const AMOUNTS = new Set(
  'amount quantity qty count total units credits tokens bytes kb mb gb tb rows records messages requests calls pages words characters minutes seconds hours duration ms spend cost revenue size volume'.split(
    ' ',
  ),
);
/** Numbers that mean something else than how much. */
const MARKS = new Set(
  'id ids uuid key code status version build port year month day hour timestamp time at number no index level priority rank zip latitude longitude lat lng'.split(
    ' ',
  ),
);
const IDS = new Set('id uuid user member seat device host email person'.split(' '));
/** Events that say that someone is there: how many of them matters, not how often they say it. */
const PRESENCE = new Set('active seen login signin logged signed heartbeat ping session visit visited online opened identify'.split(' '));

/**
 * How to measure events of a name: what comes with a value is added up, as is a property named like an amount (or the only
 * number there is); where an event says that someone is there, the different ones; everything else is counted.
 */
export const suggestMeter = (name: string, events: readonly Carried[]): Suggestion => {
  if (events.filter(({ value }) => value !== null).length * 2 > events.length) return { aggregation: 'SUM', valueField: null };
  const usual = propertiesOf(events).filter(({ share }) => share > 0.5);
  const numbers = usual.filter((property) => property.type === 'number' && !has(property.name, MARKS) && !has(property.name, IDS));
  const amount = numbers.find((property) => has(property.name, AMOUNTS)) ?? (numbers.length === 1 ? numbers[0] : undefined);
  if (amount) return { aggregation: 'SUM', valueField: amount.name };
  const who = has(name, PRESENCE) ? usual.find((property) => property.share > 0.9 && property.type !== 'flag' && has(property.name, IDS)) : undefined;
  return who ? { aggregation: 'UNIQUE', valueField: who.name } : { aggregation: 'COUNT', valueField: null };
};
