import { type Calibration, lossShare } from './stake.ts';

/** What an account brought in the 90 days before a day and in the 90 after it, and its health as shown on the day. */
export type Kept = { readonly health: number; readonly prior: number; readonly next: number };

const MIN_LESSONS = 200;
const MIN_EACH = 30;
/** The largest accounts count as one this many from the top would: one of them must not draw the curve. */
const CAPPED_AT = 0.95;
const MIDDLES = Array.from({ length: 16 }, (_, i) => 40 + 2 * i);
const WIDTHS = Array.from({ length: 6 }, (_, i) => 4 + 2 * i);
/** What is believed before anything is seen weighs as much as so many accounts: the default curve over the ordinary fluctuation of score.md 4.5. */
const BELIEVED = 150;
const ORDINARY = 0.15;
/** A curve that falls by less says nothing. */
const MIN_CEILING = 0.05;

type Point = { health: number; loss: number; weight: number };

/** Points of one health together, in whole points: the grid below goes over a hundred of them, not over every account. */
const pointsOf = (kept: readonly Kept[]): Point[] => {
  const priors = kept.map(({ prior }) => prior).toSorted((a, b) => a - b);
  const most = priors[Math.floor(CAPPED_AT * (priors.length - 1))] ?? 0;
  const bins = new Map<number, { loss: number; weight: number }>();
  for (const { health, prior, next } of kept) {
    const at = Math.round(health);
    const weight = Math.min(prior, most);
    const bin = bins.get(at) ?? { loss: 0, weight: 0 };
    bins.set(at, { loss: bin.loss + weight * lostOf(prior, next), weight: bin.weight + weight });
  }
  const seen = [...bins].map(([health, { loss, weight }]) => ({ health, weight, loss: loss / weight }));
  const each = (seen.reduce((sum, { weight }) => sum + weight, 0) * BELIEVED) / kept.length / 101;
  return [...seen, ...Array.from({ length: 101 }, (_, health) => ({ health, weight: each, loss: ORDINARY + lossShare(health) }))];
};

/** Share of what was there before that did not come again, 0 to 1. */
const lostOf = (prior: number, next: number): number => Math.min(1, Math.max(0, 1 - next / prior));

/** Ordinary fluctuation and ceiling that come nearest for a shape of the curve (weighted least squares), and how far off they are. */
const nearest = (points: readonly Point[], middle: number, width: number): { ceiling: number; off: number } | null => {
  let [w, x, y, xx, xy] = [0, 0, 0, 0, 0];
  const at = (health: number): number => 1 / (1 + Math.exp((health - middle) / width));
  for (const { health, loss, weight } of points) {
    const f = at(health);
    w += weight;
    x += weight * f;
    y += weight * loss;
    xx += weight * f * f;
    xy += weight * f * loss;
  }
  const ceiling = (w * xy - x * y) / (w * xx - x * x);
  const ordinary = (y - ceiling * x) / w;
  if (!Number.isFinite(ceiling) || ceiling < MIN_CEILING || ordinary < 0 || ordinary + ceiling > 1) return null;
  return { ceiling, off: points.reduce((sum, { health, loss, weight }) => sum + weight * (loss - ordinary - ceiling * at(health)) ** 2, 0) };
};

/**
 * L(H) of score.md 4.5 from the workspace's own past: share of revenue lost by health = ordinary fluctuation + L(H), drawn towards the
 * default while little was seen. Null with fewer than 200 lessons, or fewer than 30 that lost half and 30 that did not, or where more health lost no less.
 */
export const fitLoss = (all: readonly Kept[]): Calibration | null => {
  const kept = all.filter(({ prior }) => prior > 0);
  const halved = kept.filter(({ prior, next }) => next < prior / 2).length;
  if (kept.length < MIN_LESSONS || halved < MIN_EACH || kept.length - halved < MIN_EACH) return null;
  const points = pointsOf(kept);
  let best: (Calibration & { off: number }) | null = null;
  for (const middle of MIDDLES) {
    for (const width of WIDTHS) {
      const found = nearest(points, middle, width);
      if (found && (best === null || found.off < best.off)) best = { ...found, middle, width };
    }
  }
  return best && { ceiling: best.ceiling, middle: best.middle, width: best.width };
};
