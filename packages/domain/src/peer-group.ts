import { type Measures, midRank, MIN_ONBOARDING_PEERS, MIN_PEERS, ONBOARDING_AGE_CAP, typicalDayValue } from './measure.ts';
import { quantileOf, survivalOf } from './ttfv.ts';

/** Accounts by usage days at each age: `counts[age - 1][usageDays]`, ages 1 to 60. */
export type OnboardingCounts = readonly (readonly number[])[];
/** What an account is ranked in: fixed at a day close and reused until the next. */
export type PeerGroup = { readonly peers: ArrayLike<number>; readonly onboarding: OnboardingCounts };

type Peer = Pick<Measures, 'days182' | 'days364' | 'revenue364' | 'ageDays' | 'ttfvDays'>;

/** r364 of the accounts with usage in 182 days, ascending, and their typical value of a usage day (vbar). */
export const standingPeers = (accounts: readonly Peer[]): { peers: Float64Array; vbar: number } => {
  const peers = accounts.filter((m) => m.days182 > 0);
  return { peers: Float64Array.from(peers, (m) => m.revenue364).sort(), vbar: typicalDayValue(peers) };
};

/** Kaplan–Meier median of days to first value; null while not reached by half. */
export const medianFirstValue = (accounts: readonly Peer[]): number | null =>
  quantileOf(survivalOf(accounts.map((m) => ({ days: m.ttfvDays ?? m.ageDays, reached: m.ttfvDays !== null, beforeStart: false }))), 0.5);

/** One account that started in the last 364 days: its age, and its usage days of the first 60 as bits, day 1 lowest, 30 in each half. */
export type Starter = { readonly age: number; readonly low: number; readonly high: number };

export const onboardingCounts = (starters: Iterable<Starter>): OnboardingCounts => {
  const counts = Array.from({ length: ONBOARDING_AGE_CAP }, (_, i) => Array.from<number>({ length: i + 2 }).fill(0));
  for (const { age, low, high } of starters) {
    let used = 0;
    for (let i = 0; i < Math.min(age, ONBOARDING_AGE_CAP); i++) {
      used += i < 30 ? (low >> i) & 1 : (high >> (i - 30)) & 1;
      const row = counts[i];
      if (row) row[used] = (row[used] ?? 0) + 1;
    }
  }
  return counts;
};

/** V of score.md 4.3. */
export const standingIn = ({ peers }: PeerGroup, revenue364: number): number => (peers.length < MIN_PEERS ? 50 : midRank(peers, revenue364));

/** onb of score.md 5: mid-rank of the usage days at this age; 50 past day 60, or with fewer than 20 to compare with. */
export const onboardingIn = ({ onboarding }: PeerGroup, tenure: number, usageDaysEver: number): number => {
  const counts = tenure > ONBOARDING_AGE_CAP ? undefined : onboarding[tenure - 1];
  const all = counts?.reduce((a, b) => a + b, 0) ?? 0;
  if (!counts || all < MIN_ONBOARDING_PEERS) return 50;
  const less = counts.slice(0, usageDaysEver).reduce((a, b) => a + b, 0);
  return (100 * (less + (counts[usageDaysEver] ?? 0) / 2)) / all;
};
