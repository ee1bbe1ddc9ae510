import type { Components } from './component.ts';
import type { Measures } from './measure.ts';

/** An account against its own past: how often it comes, how much it uses, and what kind of less "less" is. */

/** Share of change of the last 28 days against the own normal, the up to 56 days before them, per day; -.38 is 38 % below. Null below 56 days of usage, or without a normal. */
export const againstNormal = (m: Measures, tenure: number): number | null => {
  const normal = Math.max(m.revenue84 - m.revenue28, 0) / (Math.min(tenure, 84) - 28);
  return tenure < 56 || normal <= 0 ? null : m.revenue28 / 28 / normal - 1;
};

/** Days the account usually lets pass from one usage day to the next, over its last half year in use; null below two usage days. */
export const usualGap = (m: Measures): number | null => {
  if (m.firstDay === null || m.lastDay === null || m.usageDaysEver < 2) return null;
  const lived = Math.min(m.asOf - m.firstDay + 1, 182) - (m.asOf - m.lastDay);
  if (m.days182 >= 2 && lived >= m.days182) return lived / m.days182;
  return (m.lastDay - m.firstDay) / (m.usageDaysEver - 1);
};

/** What kind of less: does the account do the same work for less, or is it going (score.md 5.2)? Labels a reason, changes no score. */
export type Less =
  | { readonly kind: 'optimised' | 'leaving' | 'fewer_per_day' | 'fewer_days' }
  | { readonly kind: 'unclear'; readonly because: 'fewer_days' | 'fewer_meters' | 'short_history' };

/** Null while intensity has not fallen (momentum below 40, or 84 days below .8 of the 84 before). */
export const lessOf = (m: Measures, c: Components): Less | null => {
  const fell = c.scores.momentum < 40 || m.revenue84 < 0.8 * m.revenuePrior84;
  if (!fell || c.state !== 'used') return null;
  const span = Math.min(c.tenure - 28, 84);
  if (span < 28) return { kind: 'unclear', because: 'short_history' };
  const daysHeld = m.days28 >= (0.85 * 28 * m.daysPrior84) / span;
  if (m.meters28 === null || m.metersPrior84 === null) return { kind: daysHeld ? 'fewer_per_day' : 'fewer_days' };
  const metersHeld = m.meters28 >= m.metersPrior84;
  if (daysHeld === metersHeld) return { kind: daysHeld ? 'optimised' : 'leaving' };
  return { kind: 'unclear', because: daysHeld ? 'fewer_meters' : 'fewer_days' };
};
