import { type Components, rhythmGate, type UsageKey } from './component.ts';
import { type Breakdown, explainHealth, type PreparedModel } from './health.ts';
import { roundParts } from './rounding.ts';
import { signals } from './signal.ts';

/** A judgement opened into points: weights add up to 100, what they earn less what is removed is health. */
export type Opened = {
  readonly health: number;
  /** Version of the model that made it. */
  readonly model: number;
  readonly weights: Readonly<Record<UsageKey, number>>;
  readonly scores: Readonly<Record<UsageKey, number>>;
  readonly removed: Breakdown['removed'];
};
/** What the close of a day keeps of a judgement; `raw` is health before the caps. */
export type ClosedDay = { readonly health: number | null; readonly raw: number | null; readonly log10p: number | null } & {
  readonly [key in UsageKey]: number | null;
};

const KEYS = Object.keys(signals) as UsageKey[];
const byKey = (value: (key: UsageKey) => number): Record<UsageKey, number> =>
  Object.fromEntries(KEYS.map((key) => [key, value(key)])) as Record<UsageKey, number>;

const usageWeights = ({ keys, weights }: PreparedModel): Record<UsageKey, number> => {
  const of = (key: UsageKey) => weights[keys.indexOf(key)] ?? 0;
  const total = KEYS.reduce((sum, key) => sum + of(key), 0);
  return byKey((key) => (total === 0 ? 0 : (100 * of(key)) / total));
};
const earnedBy = (weights: Opened['weights'], scores: Opened['scores']): number => KEYS.reduce((sum, key) => sum + (weights[key] * scores[key]) / 100, 0);

/** The cap of a quiet account stands at this level; anything else that holds a score down is the decline's. */
const QUIET_AT = 49;

/** A closed day opened again, from what it kept and the weights of its day; null where it had no score. */
export const openClosed = (day: ClosedDay, prepared: PreparedModel, model: number): Opened | null => {
  const { health, raw } = day;
  if (health === null || raw === null) return null;
  const weights = usageWeights(prepared);
  const scores = byKey((key) => day[key] ?? 0);
  const earned = earnedBy(weights, scores);
  const gate = earned * (1 - rhythmGate(day.log10p ?? 0));
  // Half a year of silence leaves no momentum: with some of it left, what is missing belongs to signals the close did not keep.
  const fade = scores.momentum === 0 ? earned - gate - raw : 0;
  const isQuiet = Math.abs(health - QUIET_AT) < 1e-6 && (day.log10p ?? 0) < -2;
  return { health, model, weights, scores, removed: { gate, fade, quiet: isQuiet ? raw - health : 0, decline: isQuiet ? 0 : raw - health } };
};

/** The present judgement opened; null where there is no score to open. */
export const openNow = (c: Components, prepared: PreparedModel, model: number): Opened | null => {
  const explained = explainHealth(c, prepared);
  return explained && { health: explained.shown, model, weights: usageWeights(prepared), scores: byKey((key) => c.scores[key]), removed: explained.removed };
};

/** Where there is no score to open: nothing earned. */
export const unscored = (prepared: PreparedModel, model: number): Opened => ({
  health: 0,
  model,
  weights: usageWeights(prepared),
  scores: byKey(() => 0),
  removed: { gate: 0, fade: 0, quiet: 0, decline: 0 },
});

/** How a cause is named where it took points and where it gave some. */
const causeWords = {
  cadence: { took: 'Expected back less often', gave: 'Expected back more often' },
  silence: { took: 'Silent against its own habit', gave: 'In use again as usual' },
  standing: { took: 'Smaller beside other accounts', gave: 'Larger beside other accounts' },
  momentum: { took: 'Usage slowing', gave: 'Usage picking up' },
  gate: { took: 'Silence far outside its rhythm', gave: 'Back inside its rhythm' },
  fade: { took: 'Silent for half a year', gave: 'Half a year of silence ended' },
  quiet: { took: 'Held at 49 while quiet', gave: 'No longer held while quiet' },
  decline: { took: 'Held down while falling', gave: 'No longer held while falling' },
  weights: { took: 'New weights of the model', gave: 'New weights of the model' },
  peers: { took: 'Habits of all accounts', gave: 'Habits of all accounts' },
  rest: { took: 'Everything else', gave: 'Everything else' },
} as const satisfies Record<string, { took: string; gave: string }>;
export type CauseKey = keyof typeof causeWords;
export type MovedCause = { readonly key: CauseKey; readonly label: string; readonly points: number };

type Raw = readonly [CauseKey, number];

/** Points by cause between two judgements; they add up to the change. Components count at the later weights, what new weights did stands by itself. */
const rawCauses = (then: Opened, now: Opened): Raw[] => {
  // At the bottom what components give or take the gate takes or gives back: that is no news of the account.
  if (then.health === 0 && now.health === 0) return [];
  const reweighed = earnedBy(now.weights, then.scores) - earnedBy(then.weights, then.scores);
  const parts: Raw[] = [
    ...KEYS.map((key): Raw => [key, (now.weights[key] * (now.scores[key] - then.scores[key])) / 100]),
    ...(['gate', 'fade', 'quiet', 'decline'] as const).map((key): Raw => [key, then.removed[key] - now.removed[key]]),
    [then.model === now.model ? 'peers' : 'weights', reweighed],
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
