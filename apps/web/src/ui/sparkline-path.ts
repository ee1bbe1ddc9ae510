/**
 * The geometry of a sparkline. One scale for all of them, 0 to 175% of the account's own normal, so rows compare:
 * half of every line's height is the same share of its own normal.
 */
export const SPARK_TOP = 1.75;

export type Spark = {
  /** Path of the line; weeks without a value break it. */
  d: string;
  /** The last known week, where the dot stands; null when nothing is known. */
  end: { x: number; y: number } | null;
  /** Top and height of the own-normal band. */
  band: { y: number; height: number };
};

const PAD = 3;

/**
 * `ratios`: weekly usage divided by own normal, oldest first; null where the account did not exist or is not known.
 * `normal`: the band, as ratios around 1. What exceeds the scale is held at its top.
 */
export const sparkPath = (ratios: readonly (number | null)[], width: number, height: number, normal: readonly [number, number] = [0.85, 1.15]): Spark => {
  const step = ratios.length > 1 ? (width - 2 * PAD) / (ratios.length - 1) : 0;
  const y = (ratio: number) => round(height - PAD - (Math.min(SPARK_TOP, Math.max(0, ratio)) / SPARK_TOP) * (height - 2 * PAD));
  let d = '';
  let end: Spark['end'] = null;
  let open = false;
  ratios.forEach((ratio, i) => {
    if (ratio === null || !Number.isFinite(ratio)) {
      open = false;
      return;
    }
    end = { x: round(PAD + i * step), y: y(ratio) };
    d += `${open ? 'L' : 'M'}${end.x} ${end.y}`;
    open = true;
  });
  return { d, end, band: { y: y(normal[1]), height: round(y(normal[0]) - y(normal[1])) } };
};

const round = (value: number): number => Math.round(value * 10) / 10;
