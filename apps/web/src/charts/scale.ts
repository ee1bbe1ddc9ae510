/**
 * Scales of charts, pure. Shapes are drawn in a box of 1000 × 1000 stretched over the plot; words and dots stand in percent.
 * So a chart is drawn on the server, text never scales, and resizing redraws nothing.
 */
export type Range = readonly [number, number];
export type Tick = { /** Percent from the left or the bottom. */ at: number; label: string; /** Left out where the plot is narrow. */ minor?: boolean };

const STEPS = [1, 2, 2.5, 5, 10] as const;

/** Round numbers from at or below `min` to at or above `max`, about `count` of them. Equal ends are widened. */
export const niceTicks = (min: number, max: number, count = 4): number[] => {
  const top = max > min ? max : min + (Math.abs(min) || 1);
  const span = top - min;
  const raw = span / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = (STEPS.find((s) => s * power >= raw * 0.999) ?? 10) * power;
  const first = Math.floor(min / step + 1e-9);
  const last = Math.max(Math.ceil(top / step - 1e-9), first + 1);
  // Rounded through the step's own digits: 0.1 + 0.2 must print 0.3.
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
};

/** Where a value stands in a range, in percent; not clamped. */
export const share = (value: number, [from, to]: Range): number => (to === from ? 0 : ((value - from) / (to - from)) * 100);

/** Smallest and largest of what is known; null when nothing is. */
export const extent = (values: Iterable<number | null | undefined>): [number, number] | null => {
  let found: [number, number] | null = null;
  for (const value of values) {
    if (value === null || value === undefined || !Number.isFinite(value)) continue;
    if (!found) found = [value, value];
    else found = [Math.min(found[0], value), Math.max(found[1], value)];
  }
  return found;
};

export type Point = readonly [x: number, y: number | null];

const at = (value: number): number => Math.round(value * 100) / 10;
const place = (x: number, y: number): string => `${at(x)} ${at(100 - y)}`;

/** A line through points in percent; a null breaks it. */
export const linePath = (points: readonly Point[]): string => {
  let open = false;
  let d = '';
  for (const [x, y] of points) {
    if (y === null || !Number.isFinite(y)) open = false;
    else {
      d += `${open ? 'L' : 'M'}${place(x, y)}`;
      open = true;
    }
  }
  return d;
};

/** A band between two edges in percent; where either edge is null the band stops and starts anew. */
export const bandPath = (points: readonly (readonly [x: number, low: number | null, high: number | null])[]): string => {
  let d = '';
  let run: (readonly [number, number, number])[] = [];
  const flush = () => {
    if (run.length > 1) {
      const upper = run.map(([x, , high]) => place(x, high)).join('L');
      const lower = run
        .toReversed()
        .map(([x, low]) => place(x, low))
        .join('L');
      d += `M${upper}L${lower}Z`;
    }
    run = [];
  };
  for (const [x, low, high] of points) {
    if (low === null || high === null) flush();
    else run.push([x, low, high]);
  }
  flush();
  return d;
};

/** The mean of each value and the `window - 1` before it, over those that are known: the calm line over noisy days. */
export const trailingMean = (values: readonly (number | null)[], window: number): (number | null)[] =>
  values.map((value, i) => {
    if (value === null) return null;
    const known = values.slice(Math.max(0, i - window + 1), i + 1).filter((v) => v !== null);
    return known.reduce((sum, v) => sum + v, 0) / known.length;
  });

/**
 * Moves labels apart so that none stands closer than `gap` percent to the next, keeping order and each as near to its
 * line as that allows; all stay within 0 to 100. Input need not be sorted; the answer keeps its order.
 */
export const spread = (wanted: readonly number[], gap: number): number[] => {
  const order = wanted.map((y, i) => ({ y, i })).toSorted((a, b) => a.y - b.y);
  const tight = order.length > 1 ? Math.min(gap, 100 / (order.length - 1)) : gap;
  const placed = order.map(({ y }) => Math.min(100, Math.max(0, y)));
  for (let i = 1; i < placed.length; i++) placed[i] = Math.max(placed[i] ?? 0, (placed[i - 1] ?? 0) + tight);
  // What was pushed over the top comes back down and takes its neighbours along.
  let roof = 100;
  for (let i = placed.length - 1; i >= 0; i--) {
    placed[i] = Math.min(placed[i] ?? 0, roof);
    roof = (placed[i] ?? 0) - tight;
  }
  const answer = Array.from<number>({ length: wanted.length });
  order.forEach(({ i }, n) => (answer[i] = placed[n] ?? 0));
  return answer;
};
