import type { UsageKey } from './component.ts';
import type { Weights } from './health.ts';
import { signals } from './signal.ts';

/** What a day's judgement keeps: health as shown and the four components. */
export type Kept = { readonly health: number } & { readonly [key in UsageKey]: number };
export type MovedPart = { readonly label: string; readonly points: number };

/** Less than this is not worth a bar. */
const MIN_POINTS = 0.5;

/**
 * What moved health from one day to another, in points, the largest first; the parts add up to the difference. A component counts
 * with its share of the usage weights; what the gate, the caps and the shift by regularity took or gave stands as one part.
 */
export const movedBy = (then: Kept, now: Kept, weights: Weights): MovedPart[] => {
  const keys = Object.keys(signals) as UsageKey[];
  const total = keys.reduce((sum, key) => sum + (weights[key] ?? 0), 0);
  const parts = keys.map((key) => ({ label: signals[key].label, points: total === 0 ? 0 : ((weights[key] ?? 0) / total) * (now[key] - then[key]) }));
  const limits = now.health - then.health - parts.reduce((sum, part) => sum + part.points, 0);
  const all = [...parts, { label: limits < 0 ? 'Removed by limits' : 'Freed from limits', points: limits }];
  const large = all.filter((part) => Math.abs(part.points) >= MIN_POINTS).toSorted((a, b) => Math.abs(b.points) - Math.abs(a.points));
  const rest = now.health - then.health - large.reduce((sum, part) => sum + part.points, 0);
  return Math.abs(rest) >= 0.05 ? [...large, { label: 'Everything else', points: rest }] : large;
};
