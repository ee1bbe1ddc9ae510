import { componentsOf } from './component.ts';
import { type PreparedModel } from './health.ts';
import type { Measures, Relative } from './measure.ts';
import { type MovedCause, movedCauses, type Opened, openNow, unscored } from './moved.ts';
import { roundParts } from './rounding.ts';

/** What everything relative on a day is made of: the workspace's habits, its clock, and where a year's revenue stands among the peers. */
export type Climate = {
  readonly day: number;
  readonly relative: Relative;
  /** K by day number. */
  readonly ticks: (day: number) => number;
  readonly standing: (revenue364: number) => number;
};

/** The same habits of one account, had its days ended on the other day: its silences are as long, measured on the clock of then. */
export const inClimate = (m: Measures, { day, ticks, standing }: Climate): Measures => {
  const back = (then: number): number => day - (m.asOf - then);
  const last = m.lastDay === null ? 0 : ticks(back(m.lastDay));
  return {
    ...m,
    clockSilent: m.lastDay === null ? 0 : ticks(day) - last,
    clockSpan: m.lastDay === null || m.yearFirstDay === null ? 0 : last - ticks(back(m.yearFirstDay)),
    standing: standing(m.revenue364),
  };
};

/** A judgement of measures opened; without a score it stands at 0. */
export const openMeasures = (m: Measures | null, relative: Relative, prepared: PreparedModel, version: number): Opened =>
  (m && openNow(componentsOf(m, relative), prepared, version)) ?? unscored(prepared, version);

/** The four causes, in the order in which they are taken (score.md 5.3). */
export const splitCauses = {
  data: { label: 'Late or corrected data', hint: 'What became known later of the days up to then' },
  model: { label: 'Version of the model', hint: 'The same usage under the later weights' },
  climate: { label: 'Calendar and peers', hint: 'What the season and the other accounts did to it' },
  usage: { label: 'What the customer did', hint: 'Its own usage between the two days' },
} as const satisfies Record<string, { label: string; hint: string }>;
export type SplitKey = keyof typeof splitCauses;
export type SplitCause = {
  readonly key: SplitKey;
  readonly label: string;
  readonly hint: string;
  /** The cause to the last decimal: all four add up to the change. */
  readonly exact: number;
  /** To one decimal: the four add up to the change as printed, and the parts to this. */
  readonly points: number;
  readonly parts: readonly MovedCause[];
};

/**
 * One account judged seven times. `kept`: as the close of the earlier day kept it; `recalled`: the same again from its usage as known
 * then; `corrected`: from its usage known on the later day; `reweighed`: by the later model; `elsewhere`: in the climate of the later
 * day; `met`: the later day, judged again; `now`: as it stands.
 */
export type MovedSteps = { readonly [key in 'kept' | 'recalled' | 'corrected' | 'reweighed' | 'elsewhere' | 'met' | 'now']: Opened };

/** Beyond this (points of a component) two judgements of a day are not from the same usage. */
const SAME = 1e-6;

/** Whether two judgements of one day rest on the same usage of the account: then only the clock, which all accounts make, can part them. */
export const sameUsage = (a: Opened, b: Opened): boolean =>
  (['cadence', 'standing', 'momentum'] as const).every((key) => Math.abs((a.scores[key] ?? 0) - (b.scores[key] ?? 0)) < SAME);

type Step = readonly [from: Opened, to: Opened];

/** Four causes that add up. A day judged again is corrected data where its usage became another, calendar where only the clock did. */
export const splitMoved = ({ kept, recalled, corrected, reweighed, elsewhere, met, now }: MovedSteps): SplitCause[] => {
  const again: Step[] = [
    [kept, recalled],
    [met, now],
  ];
  const steps: Readonly<Record<SplitKey, readonly Step[]>> = {
    data: [[recalled, corrected], ...again.filter(([from, to]) => !sameUsage(from, to))],
    model: [[corrected, reweighed]],
    climate: [[reweighed, elsewhere], ...again.filter(([from, to]) => sameUsage(from, to))],
    usage: [[elsewhere, met]],
  };
  const keys = Object.keys(splitCauses) as SplitKey[];
  const exact = keys.map((key) => steps[key].reduce((sum, [from, to]) => sum + to.health - from.health, 0));
  const points = roundParts(exact, 1, Number(now.health.toFixed(1)) - Number(kept.health.toFixed(1)));
  return keys.map((key, i) => {
    const own = points[i] ?? 0;
    return { key, ...splitCauses[key], exact: exact[i] ?? 0, points: own, parts: movedCauses(steps[key], own) };
  });
};

type Line = Pick<MovedCause, 'label' | 'points'> & { readonly key: string };

/** The same in one flat list for where there is little room: what the customer did by component, every other cause in one line; what counts most first. */
export const movedLines = (causes: readonly (Line & { readonly parts: readonly Line[] })[], hasFallen: boolean): Line[] => {
  const lines = causes.flatMap(({ key, label, points, parts }) => (key === 'usage' ? parts : [{ key, label, points }]));
  return lines.filter(({ points }) => points !== 0).toSorted((a, b) => (hasFallen ? a.points - b.points : b.points - a.points));
};
