import { weeklyGrowth } from './growth.ts';
import { againstNormal, type Less, lessOf, usualGap } from './norm.ts';
import type { ReasonCode, SegmentInput } from './segment.ts';
import { clauses, days, expectedWords, percent, rhythm, say, type Sentence } from './sentence.ts';

/** Why an account stands where it does: the heading it is grouped under, the sentence of its row, what to do next. */
type ReasonText = {
  readonly heading: string;
  /** Order of the groups in triage. */
  readonly order: number;
  readonly sentence: (input: SegmentInput) => Sentence;
  readonly nextAction: (input: SegmentInput) => string;
};

const MIN_SHIFT = 0.05;

/** Null when not below it, and when nothing came at all: then silence says it. */
const belowNormal = ({ measures: m, components: c }: SegmentInput): Sentence | null => {
  const change = m.revenue28 > 0 ? againstNormal(m, c.tenure) : null;
  return change !== null && change <= -MIN_SHIFT ? say`usage ${`${percent(change)} below`} its own normal` : null;
};

const silentFor = ({ measures: m, components: c }: SegmentInput): Sentence => {
  const gap = usualGap(m);
  return [...say`silent ${days(c.silent)}`, { text: gap === null ? ' since its only usage day' : `, usually ${rhythm(gap)}` }];
};

/** Used again within its usual gap. Its segment waits seven days before it believes it (score.md 5); what is said does not. */
const isBack = ({ measures, components: { silent } }: SegmentInput): boolean => {
  const gap = usualGap(measures);
  return silent <= 1 || (gap !== null && silent <= gap && silent < ALWAYS_QUIET_DAYS);
};
/** From here on no rhythm makes a silence usual (score.md 5). */
const ALWAYS_QUIET_DAYS = 90;

/** Why a row stands in triage: the reason of its segment, but of one that had gone quiet and is back. */
export type Why = ReasonCode | 'active_again';
const whyNow = (reason: ReasonCode, input: SegmentInput): Why => (reason === 'gone_quiet' && isBack(input) ? 'active_again' : reason);

const LESS_WORDS = {
  optimised: 'as many days and meters, fewer per day: optimised',
  leaving: 'fewer days and fewer meters: leaving',
  fewer_per_day: 'as many days, fewer per day',
  fewer_days: 'fewer days',
} as const;
const UNCLEAR_WORDS = {
  fewer_days: 'as many meters on fewer days: unclear',
  fewer_meters: 'as many days on fewer meters: unclear',
  short_history: 'too new to say why',
} as const;

const lessWords = (less: Less | null): Sentence | null =>
  less === null ? null : [{ text: less.kind === 'unclear' ? UNCLEAR_WORDS[less.because] : LESS_WORDS[less.kind] }];

/** Usage days of the last 28 against the 84 days before, per 28. */
const activeDays = ({ measures: m, components: c }: SegmentInput): Sentence => {
  const before = Math.round((28 * m.daysPrior84) / Math.min(84, Math.max(28, c.tenure - 28)));
  return before > m.days28 ? [...say`active ${`${m.days28} of 28 days`}`, { text: `, was ${before}` }] : say`active ${`${m.days28} of 28 days`}`;
};

const declining = (input: SegmentInput): Sentence => {
  const less = lessOf(input.measures, input.components);
  const below = belowNormal(input);
  const fewerDays = less?.kind === 'leaving' || less?.kind === 'fewer_days' || below === null;
  return clauses(below, fewerDays ? activeDays(input) : null, less?.kind === 'fewer_days' ? null : lessWords(less));
};

const stagnating = (input: SegmentInput): Sentence => {
  const { measures: m, components: c } = input;
  const often = say`active ${`${m.days84} of the last ${days(Math.min(84, c.tenure))}`}`;
  return clauses(often, [{ text: `${expectedWords(c.expectedDays)} expected in the next 90` }], belowNormal(input));
};

const growing = ({ measures: m, components: c }: SegmentInput): Sentence => {
  const growth = m.weeks === null ? null : weeklyGrowth(m.weeks, c.tenure);
  if (!growth) return clauses(say`grew ${'steadily'} over 12 weeks`);
  const times = Math.exp(growth.slope * (growth.weeks - 1));
  const up = times > 4 ? `${Math.round(times)}-fold` : percent(times - 1);
  const firstValue = m.ttfvDays === null ? null : [{ text: `first value in ${days(m.ttfvDays)}` }];
  return clauses([...say`up ${up}`, { text: ` over ${growth.weeks} weeks, above its earlier level in ${growth.weeksAbove}` }], firstValue);
};

const steady = (input: SegmentInput): Sentence => {
  const { measures: m, components: c } = input;
  if (m.days28 === 0) return clauses(silentFor(input));
  const change = againstNormal(m, c.tenure);
  if (change === null) return clauses(activeDays(input));
  const level =
    Math.abs(change) < MIN_SHIFT
      ? [{ text: 'level with its own normal' }]
      : say`usage ${`${percent(change)} ${change < 0 ? 'below' : 'above'}`} its own normal`;
  return clauses(activeDays(input), level);
};

const neverUsed = ({ measures: m }: SegmentInput): Sentence => clauses(say`created ${`${days(m.ageDays)} ago`}, not used yet`);

const firstValueLate = ({ measures: m, relative }: SegmentInput): Sentence =>
  clauses(
    say`day ${m.ageDays} without first value`,
    relative.medianTtfvDays === null ? null : [{ text: `half of all accounts are there by day ${Math.round(relative.medianTtfvDays)}` }],
  );

const onboardingDays = ({ measures: m, components: c }: SegmentInput): Sentence => say`day ${c.tenure}: active on ${days(m.usageDaysEver)}`;

const LESS_ACTIONS: Record<Less['kind'], string> = {
  optimised: 'Ask what became more efficient and offer a commitment at the new level',
  fewer_per_day: 'Ask what became more efficient and offer a commitment at the new level',
  leaving: 'Call the sponsor: ask which work is moving away and why',
  fewer_days: 'Call the champion: ask which work runs less often and why',
  unclear: 'Look at usage by meter, then ask the technical contact what changed',
};

/** One entry per reason, and the groups of triage in their order. */
export const reasons = {
  gone_quiet: {
    heading: 'Gone quiet',
    order: 0,
    sentence: (input) => clauses(silentFor(input), belowNormal(input)),
    nextAction: () => 'Call the champion: ask what stopped and whether it is planned',
  },
  declining: {
    heading: 'Using less',
    order: 1,
    sentence: declining,
    nextAction: ({ measures, components }) => LESS_ACTIONS[lessOf(measures, components)?.kind ?? 'unclear'],
  },
  stagnating: {
    heading: 'Stagnating',
    order: 2,
    sentence: stagnating,
    nextAction: () => 'Book a use-case review: find the next workload to bring over',
  },
  active_again: {
    heading: 'Active again',
    order: 3,
    sentence: ({ components: { silent } }) => clauses(say`active again ${silent === 0 ? 'on the last day' : `${days(silent)} ago`} after an unusual silence`),
    nextAction: () => 'Call the champion: ask what had stopped and whether it is over',
  },
  first_value_late: {
    heading: 'Stuck before first value',
    order: 4,
    sentence: firstValueLate,
    nextAction: () => 'Set up a working session: reach the first-value milestone together',
  },
  never_used: {
    heading: 'Never used',
    order: 5,
    sentence: neverUsed,
    nextAction: () => 'Find out who was to start: check their access and walk them through the first use',
  },
  slow_start: {
    heading: 'Slow start',
    order: 6,
    sentence: (input) => clauses(onboardingDays(input), say`behind ${percent(1 - input.measures.onboarding / 100)} of accounts at this age`),
    nextAction: () => 'Ask what holds up the rollout and agree on the next step and its date',
  },
  room: {
    heading: 'Room to grow',
    order: 7,
    sentence: ({ components: c }) => clauses(say`runs at ${percent(1 / c.growth)} of what its own year suggests`),
    nextAction: () => 'Review with the champion what ran before and what could come back; size it',
  },
  growing: {
    heading: 'Growing steadily',
    order: 8,
    sentence: growing,
    nextAction: () => 'Size an expansion: offer a commitment ahead of the growth',
  },
  on_track: {
    heading: 'Onboarding on track',
    order: 9,
    sentence: (input) => clauses(onboardingDays(input)),
    nextAction: () => 'Confirm the next milestone and its date',
  },
  waiting: {
    heading: 'Just arrived',
    order: 10,
    sentence: (input) => clauses(neverUsed(input), [{ text: 'a score follows with first use, or on day 14' }]),
    nextAction: () => 'Welcome them: agree on the first use and its date',
  },
  steady: { heading: 'Steady', order: 11, sentence: steady, nextAction: () => 'Nothing due: keep the regular touch' },
  dormant: {
    heading: 'Dormant',
    order: 12,
    sentence: ({ measures: m, components: c }) =>
      clauses(say`no usage for ${days(c.silent)}`, m.days364 > 0 ? [{ text: `active on ${days(m.days364)} in the last year` }] : null),
    nextAction: () => 'Ask once whether it comes back; otherwise close the account',
  },
} as const satisfies Record<Why, ReasonText>;

export type Reason = { readonly why: Why; readonly heading: string; readonly sentence: Sentence; readonly nextAction: string };

/** The row's reason, from that of the segment the account is in (`SegmentState.reason`), said with today's measures. */
export const reasonOf = (reason: ReasonCode, input: SegmentInput): Reason => {
  const why = whyNow(reason, input);
  const { heading, sentence, nextAction } = reasons[why];
  return { why, heading, sentence: sentence(input), nextAction: nextAction(input) };
};
