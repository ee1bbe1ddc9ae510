import type { UsageKey } from './component.ts';

/** The components whose weights can be fitted, in the order of all slopes here. */
export const usageKeys = ['cadence', 'silence', 'standing', 'momentum'] as const satisfies readonly UsageKey[];

/** Scores in the order of `usageKeys` on a past day, and whether the horizon after it was silent. */
export type WeightLesson = { readonly scores: ArrayLike<number>; readonly hit: boolean };
/** logit p(silent) = intercept - sum of slope x (score - 50)/10 (score.md 6). */
export type WeightFit = { readonly intercept: number; readonly slopes: readonly number[] };
export type FitRule = {
  /** Where slopes are drawn to, by `penalty` x the squared distance from it, against the summed log loss. */
  readonly toward: readonly number[];
  readonly penalty: number;
  /** Slopes below 0, by which a better score is more risk: kept out unless asked for. */
  readonly signed?: boolean;
};

const STEPS = 200;
const HALVINGS = 40;
/** Of the gradient, per lesson. */
const FLAT = 1e-10;
/** A slope so near its bound, and pressed to it, is on it: a step cut there would be no way down. */
const NEAR = 1e-6;
const SIZE = usageKeys.length + 1;
const places = Array.from({ length: SIZE }, (_, i) => i);

/** What a lesson says about each unknown: 1 of the intercept, then its scores turned into risk. */
const riskOf = ({ scores }: WeightLesson): number[] => places.map((i) => (i === 0 ? 1 : (50 - (scores[i - 1] ?? 0)) / 10));

/** The fit of least loss (Newton's method on what is free to move). There must be lessons of both outcomes. */
export const fitWeights = (lessons: readonly WeightLesson[], rule: FitRule): WeightFit => {
  const cases = lessons.map((lesson) => ({ risk: riskOf(lesson), hit: lesson.hit ? 1 : 0 }));
  const hits = cases.reduce((sum, { hit }) => sum + hit, 0);
  let at = [Math.log(hits / (cases.length - hits)), ...rule.toward.map((slope) => (rule.signed ? slope : Math.max(0, slope)))];
  for (let step = 0; step < STEPS; step++) {
    const { gradient, curve } = slopeOf(cases, at, rule);
    const free = places.filter((i) => i === 0 || rule.signed || (at[i] ?? 0) > NEAR || (gradient[i] ?? 0) < 0);
    if (!rule.signed) at = at.map((value, i) => (free.includes(i) ? value : 0));
    if (free.every((i) => Math.abs(gradient[i] ?? 0) <= FLAT * cases.length)) break;
    const move = solved(
      free.map((i) => free.map((j) => curve[i]?.[j] ?? 0)),
      free.map((i) => -(gradient[i] ?? 0)),
    );
    const next = descended(cases, at, new Map(free.map((i, n) => [i, move[n] ?? 0])), rule);
    if (next === null) break;
    at = next;
  }
  return { intercept: at[0] ?? 0, slopes: at.slice(1) };
};

type Case = { readonly risk: readonly number[]; readonly hit: number };
const dot = (a: readonly number[], b: readonly number[]): number => places.reduce((sum, i) => sum + (a[i] ?? 0) * (b[i] ?? 0), 0);

const lossOf = (cases: readonly Case[], at: readonly number[], { toward, penalty }: FitRule): number => {
  const drawn = toward.reduce((sum, slope, k) => sum + ((at[k + 1] ?? 0) - slope) ** 2, 0);
  return cases.reduce((sum, { risk, hit }) => sum + lossAt(dot(at, risk), hit), penalty * drawn);
};
/** log(1 + e^z) - hit z, without overflow. */
const lossAt = (z: number, hit: number): number => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - hit * z;

const slopeOf = (cases: readonly Case[], at: readonly number[], { toward, penalty }: FitRule) => {
  const gradient = places.map((i) => (i === 0 ? 0 : 2 * penalty * ((at[i] ?? 0) - (toward[i - 1] ?? 0))));
  const curve = places.map((i) => places.map((j) => (i === j ? (i === 0 ? 0 : 2 * penalty) + 1e-9 : 0)));
  for (const { risk, hit } of cases) {
    const p = 1 / (1 + Math.exp(-dot(at, risk)));
    for (const i of places) {
      gradient[i] = (gradient[i] ?? 0) + (p - hit) * (risk[i] ?? 0);
      const row = curve[i] ?? [];
      for (const j of places) row[j] = (row[j] ?? 0) + p * (1 - p) * (risk[i] ?? 0) * (risk[j] ?? 0);
    }
  }
  return { gradient, curve };
};

/** The step, cut at the bound and halved until the loss falls; null when it no longer does. */
const descended = (cases: readonly Case[], at: readonly number[], move: ReadonlyMap<number, number>, rule: FitRule): number[] | null => {
  const loss = lossOf(cases, at, rule);
  for (let halving = 0, share = 1; halving < HALVINGS; halving++, share /= 2) {
    const next = at.map((value, i) => {
      const moved = value + share * (move.get(i) ?? 0);
      return i === 0 || rule.signed ? moved : Math.max(0, moved);
    });
    if (lossOf(cases, next, rule) < loss) return next;
  }
  return null;
};

/** Linear equations by elimination; the matrix is positive definite. */
const solved = (matrix: readonly (readonly number[])[], right: readonly number[]): number[] => {
  const rows = matrix.map((row, i) => [...row, right[i] ?? 0]);
  for (const [i, pivot] of rows.entries())
    for (const row of rows) {
      if (row === pivot) continue;
      const times = (row[i] ?? 0) / (pivot[i] ?? 1);
      for (const [j, value] of pivot.entries()) row[j] = (row[j] ?? 0) - times * value;
    }
  return rows.map((row, i) => (row.at(-1) ?? 0) / (row[i] ?? 1));
};
