import { type Components, RHYTHM_DAYS } from './component.ts';
import { weeklyGrowth } from './growth.ts';
import type { Measures, Relative } from './measure.ts';

/** Every account is in exactly one; in the order of the tabs. Tone names a state colour, shape its mark. */
export const segments = {
  churn_risk: { label: 'Churn risk', tone: 'risk', order: 0, live: true },
  expansion_candidate: { label: 'Expansion', tone: 'expansion', order: 1, live: true },
  onboarding_laggard: { label: 'Onboarding late', tone: 'onboarding', order: 2, live: true },
  onboarding_on_track: { label: 'On track', tone: 'onboarding', order: 3, live: true },
  steady: { label: 'Steady', tone: 'neutral', order: 4, live: true },
  dormant: { label: 'Dormant', tone: 'neutral', order: 5, live: false },
  unassigned: { label: 'Unassigned', tone: 'neutral', order: 6, live: true },
} as const satisfies Record<
  string,
  { label: string; tone: 'risk' | 'watch' | 'healthy' | 'expansion' | 'onboarding' | 'neutral'; order: number; live: boolean }
>;
export type Segment = keyof typeof segments;

/** Why a segment: the first that holds, in the order of score.md 5. */
export type ReasonCode =
  | 'gone_quiet'
  | 'declining'
  | 'stagnating'
  | 'room'
  | 'growing'
  | 'steady'
  | 'dormant'
  | 'never_used'
  | 'first_value_late'
  | 'slow_start'
  | 'on_track'
  | 'waiting';

/** `enter` decides coming in, `stay` remaining: the gap between them is the hysteresis. */
type Threshold = { readonly enter: number; readonly stay: number };
export type SegmentThresholds = {
  readonly riskHealth: Threshold;
  readonly riskSilence: Threshold;
  readonly riskMomentum: Threshold;
  readonly expansionHealth: Threshold;
  readonly expansionGrowth: Threshold;
  readonly expansionMomentum: Threshold;
  readonly laggardPercentile: Threshold;
  /** Theil–Sen slope a week, and weeks of the last 12 above the mean of the 12 before. */
  readonly weeklySlope: Threshold;
  readonly weeksAbove: Threshold;
};

export const defaultSegmentThresholds: SegmentThresholds = {
  riskHealth: { enter: 50, stay: 54 },
  riskSilence: { enter: 33.4, stay: 50 },
  riskMomentum: { enter: 25, stay: 40 },
  expansionHealth: { enter: 60, stay: 55 },
  expansionGrowth: { enter: 1.15, stay: 1 },
  expansionMomentum: { enter: 45, stay: 35 },
  laggardPercentile: { enter: 35, stay: 50 },
  weeklySlope: { enter: 0.02, stay: 0.01 },
  weeksAbove: { enter: 8, stay: 6 },
};

/** The definitions of score.md 5.1 that a workspace can switch off. */
export type Doors = { readonly room: boolean; readonly growth: boolean; readonly milestone: boolean };
export const allDoors: Doors = { room: true, growth: true, milestone: true };

/** What a segment is judged from: one account on one day, with health as shown. */
export type SegmentInput = {
  readonly measures: Measures;
  readonly components: Components;
  readonly shown: number | null;
  readonly relative: Relative;
};
export type SegmentRules = { readonly thresholds: SegmentThresholds; readonly doors: Doors };
export const defaultSegmentRules: SegmentRules = { thresholds: defaultSegmentThresholds, doors: allDoors };

export type RawSegment = { readonly segment: Segment; readonly reason: ReasonCode };

const ONBOARDING_DAYS = 60;
const LAGGARD_FROM = 14;
/** The milestone door stays open until this day of usage. */
const MILESTONE_UNTIL = 90;
const MIN_EXPANSION_TENURE = 56;

/** The segment of this day alone; `present`, what the account is in (a `SegmentState` will do), decides which thresholds apply. */
export const rawSegment = (input: SegmentInput, present: RawSegment | null, rules: SegmentRules = defaultSegmentRules): RawSegment => {
  const { measures: m, components: c, shown } = input;
  if (m.firstDay === null) return neverUsed(m);
  const previous = present === null || isUnused(present) ? null : present.segment;
  if (isDormant(m, c, shown ?? 0, previous === 'dormant')) return { segment: 'dormant', reason: 'dormant' };
  const onboarding = onboardingOf(input, previous, rules);
  if (onboarding) return onboarding;
  const risk = riskReason(m, c, shown ?? 0, rules.thresholds, previous === 'churn_risk' ? 'stay' : 'enter');
  if (risk) return { segment: 'churn_risk', reason: risk };
  const expansion = expansionReason(input, rules, previous === 'expansion_candidate' ? 'stay' : 'enter');
  return expansion ? { segment: 'expansion_candidate', reason: expansion } : { segment: 'steady', reason: 'steady' };
};

const neverUsed = ({ ageDays }: Measures): RawSegment => {
  if (ageDays < LAGGARD_FROM) return { segment: 'unassigned', reason: 'waiting' };
  return { segment: ageDays < ONBOARDING_DAYS ? 'onboarding_laggard' : 'dormant', reason: 'never_used' };
};

const isDormant = (m: Measures, c: Components, shown: number, already: boolean): boolean => {
  if (already) {
    const usualGap = ((m.lastDay ?? 0) - (m.firstDay ?? 0)) / Math.max(m.usageDaysEver - 1, 1);
    return !(m.days28 >= 2 || (m.days28 >= 1 && usualGap > 28));
  }
  return (c.silent >= 90 && shown < 40) || c.silent >= 182 || (c.silent >= 28 && c.log10p < -6);
};

/** A laggard by milestone where the workspace set one, by pace otherwise; null once onboarding is over. */
const onboardingOf = ({ measures: m, components: c, relative }: SegmentInput, previous: Segment | null, rules: SegmentRules): RawSegment | null => {
  const onTrack = c.tenure < ONBOARDING_DAYS ? ({ segment: 'onboarding_on_track', reason: 'on_track' } as const) : null;
  if (rules.doors.milestone && relative.milestoneSet) {
    const late = m.ttfvDays === null && m.ageDays > Math.max(LAGGARD_FROM, relative.medianTtfvDays ?? 0) && c.tenure < MILESTONE_UNTIL;
    return late ? { segment: 'onboarding_laggard', reason: 'first_value_late' } : onTrack;
  }
  if (!onTrack || c.tenure < LAGGARD_FROM) return onTrack;
  const { enter, stay } = rules.thresholds.laggardPercentile;
  const slow = previous === 'onboarding_laggard' ? m.onboarding < stay : m.onboarding <= enter;
  return slow ? { segment: 'onboarding_laggard', reason: 'slow_start' } : onTrack;
};

const riskReason = (m: Measures, c: Components, shown: number, t: SegmentThresholds, side: keyof Threshold): ReasonCode | null => {
  if ((c.scores.silence < t.riskSilence[side] && m.days364 >= RHYTHM_DAYS) || c.silent >= 90) return 'gone_quiet';
  if (c.engaged && c.scores.momentum < t.riskMomentum[side]) return 'declining';
  return shown < t.riskHealth[side] ? 'stagnating' : null;
};

const expansionReason = (input: SegmentInput, { thresholds: t, doors }: SegmentRules, side: keyof Threshold): ReasonCode | null => {
  const { components: c, shown } = input;
  if (c.tenure < MIN_EXPANSION_TENURE || (shown ?? 0) < t.expansionHealth[side]) return null;
  if (doors.room && c.growth >= t.expansionGrowth[side] && c.scores.momentum >= t.expansionMomentum[side]) return 'room';
  return doors.growth && growthDoor(input, t, side) ? 'growing' : null;
};

/** Whether the growth door is worth asking: only then does an account's judgement need its weeks. */
export const asksGrowth = ({ components: c, shown }: Pick<SegmentInput, 'components' | 'shown'>, { thresholds: t, doors }: SegmentRules): boolean =>
  doors.growth && c.tenure >= MIN_EXPANSION_TENURE && (shown ?? 0) >= Math.min(t.expansionHealth.enter, t.expansionHealth.stay);

/** Usage grows consistently and first value came no later than usual; accounts older than a year pass the second half. */
const growthDoor = ({ measures: m, components: c, relative }: SegmentInput, t: SegmentThresholds, side: keyof Threshold): boolean => {
  const growth = m.weeks === null ? null : weeklyGrowth(m.weeks, c.tenure);
  if (!growth || growth.slope < t.weeklySlope[side] || growth.weeksAbove < t.weeksAbove[side]) return false;
  if (!relative.milestoneSet || c.tenure > 365) return true;
  return m.ttfvDays !== null && (relative.medianTtfvDays === null || m.ttfvDays <= relative.medianTtfvDays);
};

/** Where an account stands between days: what it is, since when, and what it may become. Days are day numbers; plain JSON. */
export type SegmentState = {
  readonly segment: Segment;
  readonly reason: ReasonCode;
  readonly since: number;
  readonly candidate: Segment | null;
  /** Consecutive days the candidate has been the raw segment, the first included. */
  readonly candidateDays: number;
};

/** Consecutive days of the same raw segment before it is adopted. */
export const ADOPTION_DAYS = 7;

/** One day closed: the state after it. `state` is null at first sight. Call once a day in order; the same day twice counts twice. */
export const walkSegment = (state: SegmentState | null, raw: RawSegment, asOf: number): SegmentState => {
  if (state === null) return adopt(raw, asOf);
  if (raw.segment === state.segment) return { ...state, reason: raw.reason, candidate: null, candidateDays: 0 };
  const candidateDays = raw.segment === state.candidate ? state.candidateDays + 1 : 1;
  if (candidateDays >= ADOPTION_DAYS || isFirstUsage(state, raw) || isImmediate(state.segment, raw.segment)) return adopt(raw, asOf);
  return { ...state, candidate: raw.segment, candidateDays };
};

const adopt = ({ segment, reason }: RawSegment, asOf: number): SegmentState => ({ segment, reason, since: asOf, candidate: null, candidateDays: 0 });

const isUnused = ({ reason }: RawSegment): boolean => reason === 'never_used' || reason === 'waiting';

/** First usage is first sight: what an unused account was says nothing about how it is used. */
const isFirstUsage = (state: RawSegment, raw: RawSegment): boolean => isUnused(state) && !isUnused(raw);

/** Entering or leaving dormant, the end of the first 14 days, and graduating from onboarding do not wait. */
const isImmediate = (from: Segment, to: Segment): boolean =>
  from === 'dormant' || to === 'dormant' || from === 'unassigned' || (from === 'onboarding_on_track' && to !== 'onboarding_laggard');
