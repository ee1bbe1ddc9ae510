import type { Components } from './component.ts';
import type { Measures } from './measure.ts';
import { againstNormal } from './norm.ts';
import { days, percent } from './sentence.ts';

/** Below this a difference is noise, not news. */
const LEVEL = 0.05;

/** The answer a chart of an account's usage gives, as its title. */
export const usageTitle = (m: Measures, c: Components): string => {
  if (c.tenure === 0) return m.ageDays === 0 ? 'Not used yet' : `Not used in the ${days(m.ageDays)} since it was created`;
  if (c.silent >= 28) return `No usage for ${days(c.silent)}`;
  const change = againstNormal(m, c.tenure);
  if (change === null && c.tenure < 56) return `Active on ${days(m.usageDaysEver)} of its first ${c.tenure}; its own normal is known from day 56`;
  if (change === null) return 'Back in use after nothing in the 56 days before';
  const stopped = c.quiet ? ', and has stopped' : '';
  if (Math.abs(change) < LEVEL) return `Usage is level with its own normal over 28 days${stopped}`;
  return `Usage is ${percent(change)} ${change < 0 ? 'below' : 'above'} its own normal over 28 days${stopped}`;
};
