import { type Badge, badgesOf } from './badge.ts';
import { type Components, componentsOf } from './component.ts';
import { type Band, type PreparedModel, prepareModel, type Score, scoreHealth } from './health.ts';
import type { Measures, Relative } from './measure.ts';
import type { ModelConfig } from './model-config.ts';
import { type Reason, reasonOf } from './reason.ts';
import { fits, type Profile, profiled } from './profile.ts';
import { rawSegment, type SegmentRules, type SegmentState, walkSegment } from './segment.ts';
import { amountText, bestDailyRate, moneyAtStake, type Pressing, runRate, urgency } from './stake.ts';
import type { DecimalText } from './money.ts';

/** One workspace day: what every account of it is judged by. Made once per day. */
export type Bench = {
  readonly relative: Relative;
  readonly prepared: PreparedModel;
  /** Profiles in their order, with the model as each has it. */
  readonly profiles: readonly { readonly profile: Profile; readonly prepared: PreparedModel }[];
  readonly rules: SegmentRules;
};

export const benchOf = (model: ModelConfig, relative: Relative): Bench => ({
  relative,
  prepared: prepareModel(model, relative.k),
  profiles: (model.profiles ?? []).map((profile) => ({ profile, prepared: prepareModel(profiled(model, profile.key), relative.k) })),
  rules: model.segments,
});

/** What judges an account of these measures: the first profile that fits, or (`profile` null) the model itself. */
export const judgedBy = ({ prepared, profiles }: Pick<Bench, 'prepared' | 'profiles'>, m: Measures): { profile: string | null; prepared: PreparedModel } => {
  const found = profiles.find(({ profile }) => fits(profile, m));
  return found ? { profile: found.profile.key, prepared: found.prepared } : { profile: null, prepared };
};

/** What an account was before: null at first sight. */
export type Before = { readonly state: SegmentState; readonly band: Band | null };

/** One account on one day. Money is decimal text with two places. */
export type Judgement = {
  readonly measures: Measures;
  readonly components: Components;
  /** Key of the profile that judged it; null: the model itself. */
  readonly profile: string | null;
  readonly score: Score;
  readonly state: SegmentState;
  readonly stake: DecimalText;
  /** null: fewer than 7 days of use. */
  readonly runRate: DecimalText | null;
};

/**
 * Measures → judgement: the one function behind a day close, a live rescore, a backfill and a backtest.
 * `closing`: a complete day, on which segments walk; otherwise only dormancy may end (score.md 4.6).
 * `netRevenue28`: exact, negative when returns outweigh.
 */
export const judge = (m: Measures, netRevenue28: DecimalText, bench: Bench, before: Before | null, closing: boolean): Judgement => {
  const components = componentsOf(m, bench.relative);
  const { profile, prepared } = judgedBy(bench, m);
  const score = scoreHealth(components, prepared, before?.band ?? null);
  const stake = m.firstDay === null ? 0 : moneyAtStake(bestDailyRate(m, components.tenure), score.shown ?? 0, bench.prepared.model.loss);
  return {
    measures: m,
    components,
    profile,
    score,
    state: stateOf({ measures: m, components, score }, bench, before, closing),
    stake: amountText(stake),
    runRate: m.firstDay === null ? null : runRate(netRevenue28, components.tenure),
  };
};

/** The same judgement once its weeks are known: they bear on the segment alone. */
export const judgeWeeks = (judged: Judgement, weeks: readonly number[], bench: Bench, before: Before | null, closing: boolean): Judgement => {
  const measures = { ...judged.measures, weeks };
  return { ...judged, measures, state: stateOf({ ...judged, measures }, bench, before, closing) };
};

const stateOf = (
  { measures, components, score }: Pick<Judgement, 'measures' | 'components' | 'score'>,
  { relative, rules }: Bench,
  before: Before | null,
  closing: boolean,
): SegmentState => {
  const raw = rawSegment({ measures, components, shown: score.shown, relative }, before?.state ?? null, rules);
  return closing || before === null || endsDormancy(before.state, raw.segment) ? walkSegment(before?.state ?? null, raw, measures.asOf) : before.state;
};

const endsDormancy = ({ segment }: SegmentState, raw: string): boolean => segment === 'dormant' && raw !== 'dormant';

/** What is said about a judgement: the row's sentence and marks, and how pressing it is today. */
export type Words = { readonly reason: Reason; readonly badges: readonly Badge[]; readonly urgency: number; readonly rank: number };

export const wordsOf = ({ measures, components, score, state, stake }: Judgement, bench: Bench, pressing: Omit<Pressing, 'enteredRiskDaysAgo'>): Words => {
  const since = state.segment === 'churn_risk' ? measures.asOf - state.since : null;
  const factor = urgency({ ...pressing, enteredRiskDaysAgo: since });
  return {
    reason: reasonOf(state.reason, { measures, components, shown: score.shown, relative: bench.relative }),
    badges: badgesOf(components, score.shown),
    urgency: factor,
    rank: Number(stake) * factor,
  };
};
