/** How a bench measures: short rounds in alternation with their yardstick, medians, figures by fixed keys. */

/** A figure that could not be taken is null with a reason, never invented. */
export type Figure = number | { value: null; why: string };
export type BenchResult = { bench: string; figures: Readonly<Record<string, Figure>>; notes?: readonly string[] };

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle];
  const lower = sorted[sorted.length % 2 === 0 ? middle - 1 : middle];
  if (upper === undefined || lower === undefined) throw new RangeError('the median of nothing');
  return (lower + upper) / 2;
};

/** The value that share `p` (0 … 1) of the values does not exceed (nearest rank). */
export const percentile = (values: readonly number[], p: number): number => {
  const value = values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(p * values.length) - 1)];
  if (value === undefined) throw new RangeError('a percentile of nothing');
  return value;
};

/** Milliseconds that `work` takes. */
export const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const from = performance.now();
  await work();
  return performance.now() - from;
};

/**
 * Runs every contestant once a round, in an order that turns by one each round, so that a busy neighbour or a warm cache
 * favours none. Answers the median milliseconds of each; `before` runs untimed before every single run.
 */
export const alternate = async <Name extends string>(
  contestants: Readonly<Record<Name, () => Promise<unknown>>>,
  options: { rounds: number; warmUp?: number; before?: (name: Name, round: number) => Promise<unknown> },
): Promise<Record<Name, number>> => {
  const names = Object.keys(contestants) as Name[];
  const taken = Object.fromEntries(names.map((name): [string, number[]] => [name, []])) as Record<Name, number[]>;
  const warmUp = options.warmUp ?? 1;
  for (let round = 0; round < options.rounds + warmUp; round++) {
    for (let turn = 0; turn < names.length; turn++) {
      const name = names[(turn + round) % names.length];
      if (name === undefined) continue;
      await options.before?.(name, round);
      const ms = await timed(contestants[name]);
      if (round >= warmUp) taken[name].push(ms);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(taken[name])])) as Record<Name, number>;
};

/** Counts are exact; measures have four digits. */
const shown = (value: number): number => (Number.isInteger(value) ? value : Number(value.toPrecision(4)));

/** A table for people, then the one JSON line for machines: `{"bench":…,"figures":{…}}`, missing figures null with their `why`. */
export const report = ({ bench, figures, notes = [] }: BenchResult): string => {
  const entries = Object.entries(figures);
  const width = Math.max(...entries.map(([key]) => key.length));
  const rows = entries.map(([key, figure]) => `  ${key.padEnd(width)}  ${typeof figure === 'number' ? shown(figure) : `not taken: ${figure.why}`}`);
  const values = Object.fromEntries(entries.map(([key, figure]) => [key, typeof figure === 'number' ? shown(figure) : null]));
  const why = Object.fromEntries(entries.flatMap(([key, figure]) => (typeof figure === 'number' ? [] : [[key, figure.why]])));
  const line = JSON.stringify({ bench, figures: values, ...(Object.keys(why).length > 0 ? { why } : {}) });
  return [bench, ...rows, ...notes.map((note) => `  ${note}`), '', line].join('\n');
};
