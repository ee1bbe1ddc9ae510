import type { Measures } from './measure.ts';

/** Measures as a plain list of numbers: what is stored with a score and sent to the browser for its preview. The weeks stay behind, what was read beside usage has a column of its own. */
const KEYS = [
  'asOf',
  'firstDay',
  'lastDay',
  'yearFirstDay',
  'ageDays',
  'usageDaysEver',
  'days28',
  'days84',
  'days182',
  'days364',
  'daysPrior84',
  'revenue28',
  'revenue84',
  'revenue90',
  'revenue364',
  'revenuePrior84',
  'clockSilent',
  'clockSpan',
  'meters28',
  'metersPrior84',
  'standing',
  'onboarding',
  'ttfvDays',
] as const satisfies readonly Exclude<keyof Measures, 'weeks' | 'others' | 'traits'>[];
type Missing = Exclude<keyof Measures, (typeof KEYS)[number] | 'weeks' | 'others' | 'traits'>;

/** Where a measure stands in the list: the index for SQL that reads a single one. */
export const packedAt = (key: (typeof KEYS)[number]): number => KEYS.indexOf(key);

/** A measure that was added and not listed above fails to compile here. */
export type PackedMeasures = Missing extends never ? readonly (number | null)[] : never;

export const packMeasures = (m: Measures): PackedMeasures => KEYS.map((key) => m[key]);

export const unpackMeasures = (packed: readonly (number | null)[]): Measures => {
  if (packed.length !== KEYS.length) throw new RangeError(`${packed.length} measures instead of ${KEYS.length}`);
  return { ...Object.fromEntries(KEYS.map((key, i) => [key, packed[i]])), weeks: null } as Measures & Record<string, never>;
};
