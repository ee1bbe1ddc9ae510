/** Segments of score.md 5 with their doors and hysteresis, and bands of 4.5, for the default model; nothing of `domain` is used. */
import type { SlowRow } from './slow-score.ts';

export type SlowState = { readonly segment: string; readonly used: boolean; readonly since: number; readonly waiting: string | null; readonly days: number };

/** What the day alone says, with the thresholds of the present state. */
const rawOf = (row: SlowRow, now: string | null): string => {
  const { f, l, n, R, age, shown, log10p, S, M } = row;
  if (f === null || l === null) return age < 14 ? 'unassigned' : age < 60 ? 'onboarding_laggard' : 'dormant';
  const H = shown ?? 0;
  const gap = (l - f) / Math.max(row.ever - 1, 1);
  const dormant = now === 'dormant' ? !(row.a28 >= 2 || (row.a28 >= 1 && gap > 28)) : (R >= 90 && H < 40) || R >= 182 || (R >= 28 && log10p < -6);
  if (dormant) return 'dormant';
  const late = now === 'onboarding_laggard' ? row.onb < 50 : row.onb <= 35;
  if (n < 60) return n >= 14 && late ? 'onboarding_laggard' : 'onboarding_on_track';
  const risky = now === 'churn_risk';
  if (H < (risky ? 54 : 50) || (S < (risky ? 50 : 33.4) && row.a364 >= 4) || (M < (risky ? 40 : 25) && row.a84 >= 12) || R >= 90) return 'churn_risk';
  const rising = now === 'expansion_candidate';
  if (n < 56 || H < (rising ? 55 : 60)) return 'steady';
  if (row.growth >= (rising ? 1 : 1.15) && M >= (rising ? 35 : 45)) return 'expansion_candidate';
  return grows(row, rising) ? 'expansion_candidate' : 'steady';
};

/** The door by growth of 5.1, of accounts that lived through all 24 weeks or through fewer, down to 8. No milestone is set. */
const grows = ({ weeks, n }: SlowRow, already: boolean): boolean => {
  const lived = Math.floor(n / 7);
  const recent = weeks.slice(24 - Math.min(12, lived));
  if (recent.length < 8) return false;
  const mean = recent.reduce((a, b) => a + b, 0) / recent.length;
  if (mean === 0) return false;
  const slopes: number[] = [];
  const logs = recent.map((value) => Math.log(value + mean / 10));
  logs.forEach((a, i) => logs.slice(i + 1).forEach((b, j) => slopes.push((b - a) / (j + 1))));
  slopes.sort((a, b) => a - b);
  const slope = ((slopes[Math.floor((slopes.length - 1) / 2)] ?? 0) + (slopes[Math.floor(slopes.length / 2)] ?? 0)) / 2;
  const earlier = lived <= 12 ? [0] : weeks.slice(12 - Math.min(12, lived - 12), 12);
  const before = earlier.reduce((a, b) => a + b, 0) / earlier.length;
  return slope >= (already ? 0.01 : 0.02) && recent.filter((value) => value > before).length >= (already ? 6 : 8);
};

/** One day closed: a new state is adopted after 7 days of it, some at once. */
export const slowWalk = (state: SlowState | null, row: SlowRow): SlowState => {
  const used = row.f !== null;
  const raw = rawOf(row, state?.used === true ? state.segment : null);
  const adopted = { segment: raw, used, since: row.t, waiting: null, days: 0 };
  if (state === null || (used && !state.used)) return adopted; // first sight
  if (raw === state.segment) return { ...state, used, waiting: null, days: 0 };
  const days = raw === state.waiting ? state.days + 1 : 1;
  const { segment } = state;
  const atOnce = segment === 'dormant' || raw === 'dormant' || segment === 'unassigned' || (segment === 'onboarding_on_track' && raw !== 'onboarding_laggard');
  return atOnce || days >= 7 ? adopted : { ...state, used, waiting: raw, days };
};

/** At risk below 50 (leaves at 54), healthy from 60 (leaves at 55). */
export const slowBand = (shown: number | null, before: string | null): string | null => {
  if (shown === null) return null;
  if (shown < (before === 'at_risk' ? 54 : 50)) return 'at_risk';
  return shown >= (before === 'healthy' ? 55 : 60) ? 'healthy' : 'watch';
};
