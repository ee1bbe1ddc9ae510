import type { Calibration } from './stake.ts';

/** Health as a probability is read from it (min of raw and the quiet cap), and whether the horizon was silent. */
export type Lesson = { readonly health: number; readonly hit: boolean };

/** Own snapshots a fit learns from, at the least, and of each outcome. */
export const MIN_LESSONS = 200;
export const MIN_EACH = 30;
const STEPS = 50;
/** In points of health. Steeper: the lessons part whole, and certainty is what they do not teach; flatter: health says nothing. */
const MIN_WIDTH = 2;
const MAX_WIDTH = 200;

/** The days whose outcome is known on day t: t - horizon and every 28 days before, four of them (score.md 4.5). */
export const lessonDays = (t: number, horizon: number): number[] => [0, 28, 56, 84].map((ago) => t - horizon - ago);

/**
 * The logistic of the outcome on health, by maximum likelihood (Newton's method). Null where the workspace has too little
 * past, or where its past says that more health is more risk: then the default stands.
 */
export const fitCalibration = (lessons: readonly Lesson[]): Calibration | null => {
  const hits = lessons.filter(({ hit }) => hit).length;
  if (lessons.length < MIN_LESSONS || hits < MIN_EACH || lessons.length - hits < MIN_EACH) return null;
  const centre = lessons.reduce((sum, { health }) => sum + health, 0) / lessons.length;
  let [a, b] = [Math.log(hits / (lessons.length - hits)), 0];
  for (let step = 0; step < STEPS; step++) {
    let [ga, gb, haa, hab, hbb] = [0, 0, 1e-9, 0, 1e-9];
    for (const { health, hit } of lessons) {
      const x = (health - centre) / 10;
      const p = 1 / (1 + Math.exp(-(a + b * x)));
      const [miss, w] = [(hit ? 1 : 0) - p, p * (1 - p)];
      ga += miss;
      gb += miss * x;
      haa += w;
      hab += w * x;
      hbb += w * x * x;
    }
    const det = haa * hbb - hab * hab;
    const [da, db] = [(hbb * ga - hab * gb) / det, (haa * gb - hab * ga) / det];
    if (!Number.isFinite(da) || !Number.isFinite(db)) return null;
    a += da;
    b += db;
    if (Math.abs(da) + Math.abs(db) < 1e-10) break;
  }
  const width = -10 / b; // a rising slope says nothing of risk
  return b < 0 && width >= MIN_WIDTH && width <= MAX_WIDTH ? { ceiling: 1, middle: centre - (10 * a) / b, width } : null;
};
