import { logIncompleteBeta } from './incomplete-beta.ts';
import type { Measures, Relative } from './measure.ts';
import { otherScores, strengthsOf } from './other-signal.ts';

/** The tested core (score.md 4.1 to 4.4): every account with usage has all four. */
export type UsageKey = 'cadence' | 'silence' | 'standing' | 'momentum';
/** Families that join the same weighted sum once their source is connected (score.md 4.7). */
export type OtherKey = 'support' | 'engagement' | 'pace' | 'sentiment' | 'breadth' | 'payment';
export type CustomKey = `custom:${string}`;
export type SignalKey = UsageKey | OtherKey | CustomKey;

/** Component scores, 0 to 100. Of another family: absent = its source is not connected, null = missing on this account. */
export type Scores = Readonly<Record<UsageKey, number>> & { readonly [key in OtherKey | CustomKey]?: number | null };

/** `waiting`: never used and younger than 14 days; `never_used`: older; `idle`: no usage for 364 days. */
export type UsageState = 'used' | 'waiting' | 'never_used' | 'idle';

/** Everything between one row of measures and a score; depends on no model, so a preview computes it once. */
export type Components = {
  readonly state: UsageState;
  readonly scores: Scores;
  /** Share of its weight that a signal of another family still has; absent: all of it. */
  readonly strengths: { readonly [key in OtherKey]?: number };
  readonly k: number;
  /** n: days since first usage, the first included; 0 when never used. */
  readonly tenure: number;
  /** R: whole days since the last usage day; the age when never used. */
  readonly silent: number;
  /** Probability of a gap longer than this one for this account, and its logarithm (p underflows). */
  readonly p: number;
  readonly log10p: number;
  /** m: usage days expected in the next 90. */
  readonly expectedDays: number;
  /** g: log of the last 28 days against the 56 before, per day. */
  readonly trend: number;
  /** Factors on the weighted sum: silence far outside the own rhythm, and 182 to 364 silent days. */
  readonly gate: number;
  readonly fade: number;
  /** Room below the own yearly norm: above 1 there is some; and the expansion index X. */
  readonly growth: number;
  readonly expansionIndex: number;
  /** p below 1 % with at least 4 usage days in the year. */
  readonly quiet: boolean;
  /** At least 12 usage days in 84: enough to speak of decline. */
  readonly engaged: boolean;
};

/** Days an account may wait for its first usage before that is a score of 0. */
export const WAITING_DAYS = 14;
/** A score on fewer days of usage history is provisional. */
export const PROVISIONAL_DAYS = 28;
const QUIET_LOG10P = -2;
/** Usage days in a year from which an account has a rhythm to be quiet against. */
export const RHYTHM_DAYS = 4;
const ENGAGED_DAYS = 12;
/** Mean share of a full, flat, fully observed year that cadence keeps: 248.5/430.5. */
const YEAR_SHRINKAGE = 0.5772;

const NONE_FADED = {};
const clip = (v: number): number => Math.min(1, Math.max(0, v));

/** What is left of the sum while a silence stands far outside the own rhythm: all down to 1 in 1,000, nothing from 1 in 10⁹. */
export const rhythmGate = (log10p: number): number => clip(1 + (log10p + 3) / 6);

/** Measures → components, all of score.md 4.1 to 4.5 that needs no weights. Pure; one account, one day. */
export const componentsOf = (m: Measures, relative: Relative): Components => {
  if (m.firstDay === null || m.lastDay === null) return neverUsed(m, relative.k);
  const tenure = m.asOf - m.firstDay + 1;
  const silent = m.asOf - m.lastDay;
  const expectedDays = expectedUsageDays(m, tenure);
  const log10p = silenceLog10p(m, relative.k);
  const trend = trendOf(m, tenure, relative.vbar);
  const cadence = 100 * clip(Math.log10(20 * expectedDays) / 3);
  const growth = growthOf(m, expectedDays, relative.vbar);
  return {
    state: m.days364 === 0 ? 'idle' : 'used',
    scores: {
      cadence,
      silence: 100 * clip(1 + log10p / 3),
      standing: m.standing,
      momentum: (50 + 50 * Math.min(1, Math.max(-1, trend / Math.log(4)))) * clip((168 - silent) / 84),
      ...(m.others && otherScores(m.others)),
    },
    strengths: m.others ? strengthsOf(m.others) : NONE_FADED,
    k: relative.k,
    tenure,
    silent,
    p: 10 ** log10p,
    log10p,
    expectedDays,
    trend,
    gate: rhythmGate(log10p),
    fade: clip((364 - silent) / 182),
    growth,
    expansionIndex: m.days364 === 0 ? 0 : expansionIndexOf(growth, cadence),
    quiet: log10p < QUIET_LOG10P && m.days364 >= RHYTHM_DAYS,
    engaged: m.days84 >= ENGAGED_DAYS,
  };
};

/** X of 4.5: room below the own norm, and some cadence to use it. */
export const expansionIndexOf = (growth: number, cadence: number): number => 80 * clip(0.5 + (0.5 * Math.log(growth)) / Math.log(4)) + 0.2 * cadence;

const neverUsed = (m: Measures, k: number): Components => ({
  state: m.ageDays < WAITING_DAYS ? 'waiting' : 'never_used',
  scores: { cadence: 0, silence: 0, standing: 0, momentum: 0 },
  strengths: NONE_FADED,
  k,
  tenure: 0,
  silent: m.ageDays,
  p: 1,
  log10p: 0,
  expectedDays: 0,
  trend: 0,
  gate: 1,
  fade: 1,
  growth: 1,
  expansionIndex: 0,
  quiet: false,
  engaged: false,
});

/** m of 4.1: weighted usage days of the year over weighted exposure, with half a year of doubt. */
const expectedUsageDays = (m: Measures, n: number): number => {
  const acquisition = n <= 84 ? 1 : n <= 182 ? 0.75 : n <= 364 ? 0.5 : 0;
  const x = m.days84 + 0.75 * (m.days182 - m.days84) + 0.5 * (m.days364 - m.days182) - acquisition;
  const exposure = Math.min(n, 84) + 0.75 * Math.min(Math.max(n - 84, 0), 98) + 0.5 * Math.min(Math.max(n - 182, 0), 182);
  return (90 * (x + 0.25)) / (exposure + 182);
};

/** log10 of P(gap > this silence) on the workspace clock (4.2). */
const silenceLog10p = (m: Measures, k: number): number => {
  const alpha = k * (1 + Math.max(m.days364 - 1, 0));
  const beta = 45 + m.clockSpan;
  const all = beta + m.clockSilent;
  if (k === 1) return alpha * Math.log10(beta / all);
  return Math.min(0, logIncompleteBeta(beta / all, m.clockSilent / all, alpha, k) / Math.LN10);
};

/** g of 4.4. */
const trendOf = (m: Measures, n: number, vbar: number): number => {
  if (n < 56 || m.days364 === 0 || vbar <= 0) return 0;
  const u = Math.max(m.revenue364 / m.days364, 0.1 * vbar);
  const months = (Math.min(n, 84) - 28) / 28;
  return Math.log((m.revenue28 + 3 * u) / (Math.max(m.revenue84 - m.revenue28, 0) / months + 3 * u));
};

/** growth of 4.5: what the own year would predict over what the last 90 days brought. */
const growthOf = (m: Measures, expectedDays: number, vbar: number): number => {
  if (vbar <= 0) return 1;
  const v = (m.revenue364 + vbar) / (m.days364 + 1);
  return (expectedDays * v + v) / (YEAR_SHRINKAGE * m.revenue90 + v);
};
