import { type Components, rhythmGate, type SignalKey, type UsageKey } from './component.ts';
import { type Breakdown, explainHealth, type PreparedModel } from './health.ts';
import { isCustom, type OtherReadings, otherScores, strengthsOf } from './other-signal.ts';
import { roundParts } from './rounding.ts';
import { USAGE_KEYS } from './usage-signal.ts';

/** A judgement opened into points: weights of what had data add up to 100, what they earn less what is removed is health. */
export type Opened = {
  readonly health: number;
  /** Version of the model that made it. */
  readonly model: number;
  readonly weights: BySignal;
  readonly scores: BySignal;
  readonly removed: Breakdown['removed'];
};
type BySignal = { readonly [key in SignalKey]?: number };
/** What the close of a day keeps of a judgement; `raw` is health before the caps, `others` what was read beside usage. */
export type ClosedDay = { readonly health: number | null; readonly raw: number | null; readonly log10p: number | null } & {
  readonly [key in UsageKey]: number | null;
} & { readonly others?: OtherReadings | null };

type Weighed = Pick<Components, 'strengths'> & { readonly scores: { readonly [key in SignalKey]?: number | null } };

/** Scores of what has data, and the points of what has weight too. */
const weighed = ({ scores, strengths }: Weighed, { keys, weights }: PreparedModel): Pick<Opened, 'weights' | 'scores'> => {
  const present = keys.flatMap((key, i) => {
    const score = scores[key];
    const strength = (strengths as { readonly [k in SignalKey]?: number })[key] ?? 1;
    return score === null || score === undefined ? [] : [{ key, weight: (weights[i] ?? 0) * strength }];
  });
  const total = present.reduce((sum, { weight }) => sum + weight, 0);
  return {
    weights: Object.fromEntries(present.map(({ key, weight }) => [key, total === 0 ? 0 : (100 * weight) / total])),
    scores: Object.fromEntries(Object.entries(scores).flatMap(([key, score]) => (score === null || score === undefined ? [] : [[key, score]]))),
  };
};
const keysOf = (...all: readonly BySignal[]): SignalKey[] => [...new Set(all.flatMap((by) => Object.keys(by) as SignalKey[]))];
const earnedBy = (weights: BySignal, scores: BySignal): number =>
  keysOf(weights).reduce((sum, key) => sum + ((weights[key] ?? 0) * (scores[key] ?? 0)) / 100, 0);

/** The cap of a quiet account stands at this level; anything else that holds a score down is the decline's. */
const QUIET_AT = 49;

/** A closed day opened again, from what it kept and the weights of its day; null where it had no score. */
export const openClosed = (day: ClosedDay, prepared: PreparedModel, model: number): Opened | null => {
  const { health, raw, others } = day;
  if (health === null || raw === null) return null;
  const usage = Object.fromEntries(USAGE_KEYS.map((key) => [key, day[key] ?? 0]));
  const { weights, scores } = weighed({ scores: { ...usage, ...(others && otherScores(others)) }, strengths: others ? strengthsOf(others) : {} }, prepared);
  const earned = earnedBy(weights, scores);
  const gate = earned * (1 - rhythmGate(day.log10p ?? 0));
  // Half a year of silence leaves no momentum: with some of it left, what is missing belongs to signals the close did not keep.
  const fade = (day.momentum ?? 0) === 0 ? earned - gate - raw : 0;
  const isQuiet = Math.abs(health - QUIET_AT) < 1e-6 && (day.log10p ?? 0) < -2;
  return { health, model, weights, scores, removed: { gate, fade, quiet: isQuiet ? raw - health : 0, decline: isQuiet ? 0 : raw - health } };
};

/** The present judgement opened; null where there is no score to open. */
export const openNow = (c: Components, prepared: PreparedModel, model: number): Opened | null => {
  const explained = explainHealth(c, prepared);
  return explained && { health: explained.shown, model, ...weighed(c, prepared), removed: explained.removed };
};

/** Where there is no score to open: nothing earned. */
export const unscored = (prepared: PreparedModel, model: number): Opened => ({
  health: 0,
  model,
  ...weighed({ scores: Object.fromEntries(USAGE_KEYS.map((key) => [key, 0])), strengths: {} }, prepared),
  removed: { gate: 0, fade: 0, quiet: 0, decline: 0 },
});

/** How a cause is named where it took points and where it gave some. */
const causeWords = {
  cadence: { took: 'Expected back less often', gave: 'Expected back more often' },
  silence: { took: 'Silent against its own habit', gave: 'In use again as usual' },
  standing: { took: 'Smaller beside other accounts', gave: 'Larger beside other accounts' },
  momentum: { took: 'Usage slowing', gave: 'Usage picking up' },
  engagement: { took: 'Longer since a touch with a sponsor', gave: 'A touch with a sponsor or champion' },
  support: { took: 'More or older open tickets', gave: 'Tickets settled' },
  pace: { took: 'Further behind its commitment', gave: 'Closer to its commitment' },
  sentiment: { took: 'Seen worse by its CSM', gave: 'Seen better by its CSM' },
  breadth: { took: 'Fewer meters in use', gave: 'More meters in use' },
  payment: { took: 'Invoices longer overdue', gave: 'Invoices paid' },
  custom: { took: 'Signals of your own', gave: 'Signals of your own' },
  gate: { took: 'Silence far outside its rhythm', gave: 'Back inside its rhythm' },
  fade: { took: 'Silent for half a year', gave: 'Half a year of silence ended' },
  quiet: { took: 'Held at 49 while quiet', gave: 'No longer held while quiet' },
  decline: { took: 'Held down while falling', gave: 'No longer held while falling' },
  weights: { took: 'New weights of the model', gave: 'New weights of the model' },
  sources: { took: 'Data that came or went', gave: 'Data that came or went' },
  peers: { took: 'Habits of all accounts', gave: 'Habits of all accounts' },
  rest: { took: 'Everything else', gave: 'Everything else' },
} as const satisfies Record<string, { took: string; gave: string }>;
export type CauseKey = keyof typeof causeWords;
export type MovedCause = { readonly key: CauseKey; readonly label: string; readonly points: number };

type Raw = readonly [CauseKey, number];

const causeOf = (key: SignalKey): CauseKey => (isCustom(key) ? 'custom' : key);
/** What points that no signal moved are called: another model, other signals with data, or habits of all accounts. */
const reweighedBy = (then: Opened, now: Opened): CauseKey => {
  if (then.model !== now.model) return 'weights';
  const both = keysOf(then.weights, now.weights).length;
  return keysOf(then.weights).length === both && keysOf(now.weights).length === both ? 'peers' : 'sources';
};

/**
 * Points by cause between two judgements; they add up to the change. Components count at the later weights, what new weights did stands
 * by itself; a signal that only one end has data of has not moved.
 */
const rawCauses = (then: Opened, now: Opened): Raw[] => {
  // At the bottom what components give or take the gate takes or gives back: that is no news of the account.
  if (then.health === 0 && now.health === 0) return [];
  const keys = keysOf(then.scores, now.scores);
  const was = Object.fromEntries(keys.map((key) => [key, then.scores[key] ?? now.scores[key] ?? 0])) as BySignal;
  const is = Object.fromEntries(keys.map((key) => [key, now.scores[key] ?? then.scores[key] ?? 0])) as BySignal;
  const reweighed = earnedBy(now.weights, was) - earnedBy(then.weights, was);
  const parts: Raw[] = [
    ...keys.map((key): Raw => [causeOf(key), ((now.weights[key] ?? 0) * ((is[key] ?? 0) - (was[key] ?? 0))) / 100]),
    ...(['gate', 'fade', 'quiet', 'decline'] as const).map((key): Raw => [key, then.removed[key] - now.removed[key]]),
    [reweighedBy(then, now), reweighed],
  ];
  return [...parts, ['rest', now.health - then.health - parts.reduce((sum, [, points]) => sum + points, 0)]];
};

const sumByKey = (raw: readonly Raw[]): Raw[] =>
  [...Map.groupBy(raw, ([key]) => key)].map(([key, own]) => [key, own.reduce((sum, [, points]) => sum + points, 0)]);

/**
 * Every cause by its name over one or more steps between judgements, what counts most first. To one decimal they add up to `printed`:
 * of a single step the change of health as it is printed.
 */
export const movedCauses = (steps: readonly (readonly [then: Opened, now: Opened])[], printed: number): MovedCause[] => {
  const parts = sumByKey(steps.flatMap(([then, now]) => rawCauses(then, now)));
  const rounded = roundParts(
    parts.map(([, points]) => points),
    1,
    printed,
  );
  return parts
    .flatMap(([key], i): MovedCause[] => {
      const points = rounded[i] ?? 0;
      return points === 0 ? [] : [{ key, points, label: causeWords[key][points < 0 ? 'took' : 'gave'] }];
    })
    .toSorted((a, b) => (printed < 0 ? a.points - b.points : b.points - a.points));
};
