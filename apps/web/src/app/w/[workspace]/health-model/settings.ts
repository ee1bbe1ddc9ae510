import { isCustom } from '@tideline/domain/other-signal';
import { signals } from '@tideline/domain/signal';
import { profileWords } from '@tideline/domain/profile';
import { type Edit, pointsOf } from './edit.ts';
import { viewOf } from './profiles.ts';

/** One thing of the model that can differ between two versions. */
export type Setting = {
  readonly key: string;
  readonly part: 'Weights' | 'Bands' | 'Rules' | 'Segments' | 'Profiles';
  readonly label: string;
  readonly read: (edit: Edit) => string;
};
export type Difference = { readonly key: string; readonly part: Setting['part']; readonly label: string; readonly from: string; readonly to: string };

const number = (value: number): string => String(Math.round(value * 1_000) / 1_000);
const onOff = (on: boolean): string => (on ? 'on' : 'off');

/** Words and steps of the thresholds, in the order of the screen. `scale` is what the screen multiplies with: a share is written in percent. */
export const thresholdWords = {
  riskHealth: { segment: 'Churn risk', label: 'Health below', help: 'stagnating', unit: '', scale: 1, step: 1 },
  riskSilence: { segment: 'Churn risk', label: 'Silence score below', help: '33.4 is a gap of about 1 in 100', unit: '', scale: 1, step: 0.1 },
  riskMomentum: { segment: 'Churn risk', label: 'Momentum below', help: 'with 12 usage days in 84', unit: '', scale: 1, step: 1 },
  expansionHealth: { segment: 'Expansion', label: 'Health from', help: 'for both doors', unit: '', scale: 1, step: 1 },
  expansionGrowth: { segment: 'Expansion', label: 'Room from', help: 'what its own year suggests over what it uses', unit: '×', scale: 1, step: 0.01 },
  expansionMomentum: { segment: 'Expansion', label: 'Momentum from', help: 'keeps out what is falling now', unit: '', scale: 1, step: 1 },
  weeklySlope: { segment: 'Expansion', label: 'Growth a week from', help: 'over 12 weeks', unit: '%', scale: 100, step: 0.1 },
  weeksAbove: { segment: 'Expansion', label: 'Weeks above its earlier level from', help: 'of the last 12', unit: '', scale: 1, step: 1 },
  laggardPercentile: { segment: 'Onboarding late', label: 'Usage days below', help: 'percentile among accounts at that age', unit: '', scale: 1, step: 1 },
} as const satisfies Record<keyof Edit['segments']['thresholds'], { segment: string; label: string; help: string; unit: string; scale: number; step: number }>;
type ThresholdKey = keyof typeof thresholdWords;

export const doorWords = {
  room: { segment: 'Expansion', label: 'By room', help: 'uses less than its own year suggests' },
  growth: { segment: 'Expansion', label: 'By growth', help: 'grows week after week, and came to first value no later than usual' },
  milestone: {
    segment: 'Onboarding late',
    label: 'By milestone',
    help: 'has not reached first value when half of all accounts have; where no milestone is set, pace decides',
  },
} as const satisfies Record<keyof Edit['segments']['doors'], { segment: string; label: string; help: string }>;

export const ruleWords = {
  shift: { label: 'Shift weight to silence where rhythms are regular' },
  quiet: { label: 'Cap at 49 while silence is below 1%' },
  decline: { label: 'Cap while usage falls fast' },
} as const;

const threshold = (key: ThresholdKey): Setting[] => {
  const { segment, label, unit, scale } = thresholdWords[key];
  const read = (side: 'enter' | 'stay') => (edit: Edit) => `${number(edit.segments.thresholds[key][side] * scale)}${unit}`;
  return [
    { key: `${key}.enter`, part: 'Segments', label: `${segment}: ${label.toLowerCase()}`, read: read('enter') },
    { key: `${key}.stay`, part: 'Segments', label: `${segment}: ${label.toLowerCase()}, to stay`, read: read('stay') },
  ];
};

/** Everything a version holds, in the order of the screen. */
export const settings: readonly Setting[] = [
  ...(Object.keys(signals) as (keyof typeof signals)[]).map((key): Setting => ({
    key,
    part: 'Weights',
    label: signals[key].label,
    read: (edit) => number(pointsOf(edit, key)),
  })),
  { key: 'atRiskBelow', part: 'Bands', label: 'At risk below', read: (edit) => number(edit.bands.atRiskBelow) },
  { key: 'atRiskLeaves', part: 'Bands', label: 'At risk leaves at', read: (edit) => number(edit.bands.atRiskLeaves) },
  { key: 'healthyFrom', part: 'Bands', label: 'Healthy from', read: (edit) => number(edit.bands.healthyFrom) },
  { key: 'healthyLeaves', part: 'Bands', label: 'Healthy leaves below', read: (edit) => number(edit.bands.healthyLeaves) },
  { key: 'shift', part: 'Rules', label: ruleWords.shift.label, read: (edit) => onOff(edit.shiftByRegularity) },
  { key: 'quiet', part: 'Rules', label: ruleWords.quiet.label, read: (edit) => onOff(edit.caps.quiet) },
  { key: 'decline', part: 'Rules', label: ruleWords.decline.label, read: (edit) => onOff(edit.caps.decline) },
  ...(Object.keys(doorWords) as (keyof typeof doorWords)[]).map((door): Setting => ({
    key: door,
    part: 'Segments',
    label: `${doorWords[door].segment}: ${doorWords[door].label.toLowerCase()}`,
    read: (edit) => onOff(edit.segments.doors[door]),
  })),
  ...(Object.keys(thresholdWords) as ThresholdKey[]).flatMap(threshold),
];

/** Weights of signals of the workspace's own that either model names; `names` by key. */
const ownSettings = (from: Edit, to: Edit, names: ReadonlyMap<string, string>): Setting[] =>
  [...new Set([...Object.keys(from.weights), ...Object.keys(to.weights)])].filter(isCustom).map((key): Setting => ({
    key,
    part: 'Weights',
    label: names.get(key) ?? 'A signal of your own',
    read: (edit) => number(pointsOf(edit, key)),
  }));

/** What two models do not agree on, in the order of the screen. */
export const differences = (from: Edit, to: Edit, names: ReadonlyMap<string, string> = new Map()): Difference[] => [
  ...settingDifferences(from, to, names),
  ...profileDifferences(from, to, names),
];

const settingDifferences = (from: Edit, to: Edit, names: ReadonlyMap<string, string>): Difference[] =>
  [...ownSettings(from, to, names), ...settings].flatMap(({ key, part, label, read }) => {
    const [was, is] = [read(from), read(to)];
    return was === is ? [] : [{ key, part, label, from: was, to: is }];
  });

/** Profiles that came, went or changed place, whom they are for, and their own weights and bands. */
const profileDifferences = (from: Edit, to: Edit, names: ReadonlyMap<string, string>): Difference[] => {
  const keys = [...new Set([...from.profiles, ...to.profiles].map(({ key }) => key))];
  const orderIn = (edit: Edit) => edit.profiles.map(({ name }) => name).join(', ') || 'none';
  const own = keys.flatMap((key): Difference[] => {
    const [was, is] = [from.profiles.find((one) => one.key === key), to.profiles.find((one) => one.key === key)];
    if (!was || !is) return [];
    const [before, after] = [`${was.name}: ${profileWords(was.rule)}`, `${is.name}: ${profileWords(is.rule)}`];
    const rule: Difference[] = before === after ? [] : [{ key: `${key}.rule`, part: 'Profiles', label: `Profile ${is.name}`, from: before, to: after }];
    const inside = settingDifferences(viewOf(from, key), viewOf(to, key), names).filter(({ part }) => part === 'Weights' || part === 'Bands');
    return [
      ...rule,
      ...inside.map((one): Difference => ({ ...one, key: `${key}.${one.key}`, part: 'Profiles', label: `${is.name}: ${one.label.toLowerCase()}` })),
    ];
  });
  const [was, is] = [orderIn(from), orderIn(to)];
  return was === is ? own : [{ key: 'profiles', part: 'Profiles', label: 'Profiles in their order', from: was, to: is }, ...own];
};

/** `2 weights and 1 rule changed`; null when nothing did. */
export const changeWords = (changed: readonly Difference[]): string | null => {
  const parts = [...Map.groupBy(changed, ({ part }) => part)].map(([part, { length }]) => `${length} ${nouns[part][length === 1 ? 0 : 1]}`);
  if (parts.length === 0) return null;
  return `${[parts.slice(0, -1).join(', '), parts.at(-1)].filter(Boolean).join(' and ')} changed`;
};
const nouns = {
  Weights: ['weight', 'weights'],
  Bands: ['band edge', 'band edges'],
  Rules: ['rule', 'rules'],
  Segments: ['segment setting', 'segment settings'],
  Profiles: ['profile setting', 'profile settings'],
} as const satisfies Record<Setting['part'], readonly [string, string]>;
