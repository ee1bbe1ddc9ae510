import type { BandThresholds, Weights } from './health.ts';
import type { ModelConfig } from './model-config.ts';
import { isCustom } from './other-signal.ts';
import { asksSomething, type Profile } from './profile.ts';
import type { SegmentRules, SegmentThresholds } from './segment.ts';
import { signals } from './signal.ts';

/** What a person changes of a health model; the fit of P(silent) is the product's own business. */
export type ModelEdit = Omit<ModelConfig, 'silent' | 'loss'>;
/** Where in the edit something is wrong, and how to put it right. */
export type EditProblem = { readonly path: string; readonly message: string };

/** The side a threshold is left on: `below` enters when a measure falls under it, `above` when it rises to it. */
export const thresholdSides = {
  riskHealth: 'below',
  riskSilence: 'below',
  riskMomentum: 'below',
  expansionHealth: 'above',
  expansionGrowth: 'above',
  expansionMomentum: 'above',
  laggardPercentile: 'below',
  weeklySlope: 'above',
  weeksAbove: 'above',
} as const satisfies Record<keyof SegmentThresholds, 'below' | 'above'>;

/** Everything that keeps an edit from being published, in the words of the screen; empty when it may be. */
export const modelProblems = (edit: ModelEdit): EditProblem[] => [
  ...weightProblems(edit.weights),
  ...bandProblems(edit.bands),
  ...segmentProblems(edit.segments),
  ...profileProblems(edit.profiles ?? []),
];

const profileProblems = (profiles: readonly Profile[]): EditProblem[] =>
  profiles.flatMap(({ key, name, rule, weights, bands }, i) => {
    const at = (path: string) => `profiles.${i}.${path}`;
    const own = [...weightProblems(weights), ...bandProblems(bands)].map(({ path, message }) => ({ path: at(path), message }));
    if (name.trim() === '') own.push({ path: at('name'), message: 'Give the profile a name' });
    if (profiles.some((one, j) => j < i && (one.key === key || one.name === name)))
      own.push({ path: at('name'), message: `There are two profiles named ${name}` });
    if (!asksSomething(rule)) own.push({ path: at('rule'), message: 'Say which accounts it is for, or it would take all of them' });
    return own;
  });

const weightProblems = (weights: Weights): EditProblem[] => {
  const strange = Object.keys(weights).find((key) => !(key in signals) && !isCustom(key));
  if (strange !== undefined) return [{ path: 'weights', message: `There is no signal ${strange}: it is ${Object.keys(signals).join(', ')} or custom:<id>` }];
  const points = Object.values(weights).filter((value) => value !== undefined);
  if (points.some((value) => !(value >= 0 && value <= 100))) return [{ path: 'weights', message: 'A weight is between 0 and 100 points' }];
  const total = points.reduce((sum, value) => sum + Math.round(value * 100), 0);
  return total === 10_000 ? [] : [{ path: 'weights', message: `Weights add up to ${total / 100} points: make it 100` }];
};

const bandProblems = (b: BandThresholds): EditProblem[] => {
  const problems: EditProblem[] = [];
  const say = (path: keyof BandThresholds, message: string) => problems.push({ path: `bands.${path}`, message });
  for (const [path, value] of Object.entries(b) as [keyof BandThresholds, number][]) if (!(value >= 0 && value <= 100)) say(path, 'Health runs from 0 to 100');
  if (b.atRiskBelow >= b.healthyFrom) say('healthyFrom', `Healthy must begin above ${b.atRiskBelow}, where at risk ends`);
  if (b.atRiskLeaves < b.atRiskBelow) say('atRiskLeaves', `Leaves at ${b.atRiskBelow} or above, or an account would leave before it enters`);
  if (b.healthyLeaves > b.healthyFrom) say('healthyLeaves', `Leaves at ${b.healthyFrom} or below, or an account would leave before it enters`);
  if (b.atRiskLeaves > b.healthyFrom) say('atRiskLeaves', `Leaves at ${b.healthyFrom} at the latest, where healthy begins`);
  if (b.healthyLeaves < b.atRiskBelow) say('healthyLeaves', `Leaves at ${b.atRiskBelow} at the earliest, where at risk begins`);
  return problems;
};

const segmentProblems = ({ thresholds }: SegmentRules): EditProblem[] =>
  (Object.keys(thresholdSides) as (keyof SegmentThresholds)[]).flatMap((key): EditProblem[] => {
    const { enter, stay } = thresholds[key];
    if (!(Number.isFinite(enter) && Number.isFinite(stay) && enter >= 0 && stay >= 0))
      return [{ path: `segments.${key}`, message: 'Write a number of 0 or above' }];
    const backward = thresholdSides[key] === 'below' ? stay < enter : stay > enter;
    return backward ? [{ path: `segments.${key}`, message: 'It would leave before it enters: swap the two' }] : [];
  });
