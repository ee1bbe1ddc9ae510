import { dayNumber, weekday, type Day } from '@tideline/domain/calendar';
import type { DemoAccount } from './company.ts';
import { randomFrom } from './random.ts';
import { afterwards, stories, type Story } from './story.ts';

/** What an account used on one day: a quantity per meter, in the order of the business's meters; null: silent. */
export type DemoUsage = readonly number[] | null;

const WEEK_AROUND = [0.72, 1, 1.04, 1.05, 1.02, 0.98, 0.78];
const WEEK_OFFICE = [0.08, 1, 1.06, 1.08, 1.05, 0.92, 0.1];

/** Christmas weeks are quiet for everybody; the rest of the year swells a little towards autumn. */
const season = (at: Day): number => {
  const md = at.slice(5);
  if (md >= '12-23' || md <= '01-02') return 0.45;
  return 1 + 0.06 * Math.sin((2 * Math.PI * (dayNumber(at) % 365)) / 365);
};

/** Usage of one account on one day; depends on nothing but its arguments, so days can be made in any order. */
export const usageOn = (account: DemoAccount, at: Day, last: Day, gauges: readonly boolean[]): DemoUsage => {
  const age = dayNumber(at) - dayNumber(account.start);
  if (age < 0) return null;
  const moment = { age, toEnd: dayNumber(last) - dayNumber(at), own: account.own };
  const story: Story = stories[account.story];
  const later = afterwards(moment);
  const random = randomFrom((account.seed ^ Math.imul(dayNumber(at), 0x9e3779b1)) >>> 0);
  const week = (account.weekdaysOnly ? WEEK_OFFICE : WEEK_AROUND)[weekday(at)] ?? 1;
  const present = account.presence * story.presence(moment) * later.presence * (week < 0.2 ? week : 1);
  if (age > 0 && !random.chance(present)) return null;
  const ramp = Math.min(1, 0.25 + age / 60);
  const factor = ramp * story.level(moment) * later.level * season(at);
  return account.levels.map((level, m) => {
    if (level === 0) return 0;
    const noise = Math.exp(0.16 * random.normal());
    // a gauge moves slowly and does not know weekends
    return gauges[m] ? level * ramp * Math.max(0.3, story.level(moment)) * (0.98 + 0.04 * random.next()) : level * factor * week * noise;
  });
};
