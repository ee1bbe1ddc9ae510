import type { Model } from '@tideline/contracts/model';
import { dayNumber } from '@tideline/domain/calendar';
import type { Day } from '@tideline/domain/calendar';
import { type Components, componentsOf } from '@tideline/domain/component';
import { type Band, bands, defaultHealthModel, prepareModel, scoreHealth } from '@tideline/domain/health';
import { benchOf, judgedBy } from '@tideline/domain/judgement';
import type { Measures, Relative } from '@tideline/domain/measure';
import { unpackMeasures } from '@tideline/domain/measure-pack';
import type { OtherReadings } from '@tideline/domain/other-signal';
import type { Traits } from '@tideline/domain/profile';
import { rawSegment, type RawSegment, segments, type Segment } from '@tideline/domain/segment';
import { bestDailyRate, moneyAtStake } from '@tideline/domain/stake';
import type { Edit } from './edit.ts';

/** One live account, ready to be judged under any model: all of it that depends on none is worked out once. */
export type PreviewAccount = {
  readonly id: string;
  readonly name: string;
  readonly owner: string | null;
  readonly runRate: string | null;
  readonly band: Band | null;
  readonly present: RawSegment;
  readonly measures: Measures;
  readonly components: Components;
  /** Revenue a day worth keeping; 0 for one never used. */
  readonly dailyRate: number;
};
export type Prepared = { readonly accounts: readonly PreviewAccount[]; readonly relative: Relative };

const othersOf = (read: Model['Preview']['accounts']['others'][number] | undefined): Pick<Measures, 'others'> =>
  read ? { others: read as OtherReadings } : {};

const traitsOf = ([plan, industry, region]: Model['Preview']['accounts']['traits'][number] = [null, null, null]): Traits => ({ plan, industry, region });

/** What the server sent, once per visit. */
export const prepareAccounts = ({ accounts: columns, owners, relative }: Model['Preview']): Prepared => ({
  relative,
  accounts: columns.id.map((id, i): PreviewAccount => {
    const measures = {
      ...unpackMeasures(columns.measures[i] ?? []),
      weeks: columns.weeks[i] ?? null,
      ...othersOf(columns.others[i]),
      traits: traitsOf(columns.traits[i]),
    };
    const components = componentsOf(measures, relative);
    const owner = columns.owner[i] ?? null;
    return {
      id,
      name: columns.name[i] ?? '',
      owner: owner === null ? null : (owners[owner]?.name ?? null),
      runRate: columns.runRate[i] ?? null,
      band: columns.band[i] ?? null,
      present: { segment: columns.segment[i] ?? 'unassigned', reason: columns.reason[i] as RawSegment['reason'] },
      measures,
      components,
      dailyRate: measures.firstDay === null ? 0 : bestDailyRate(measures, components.tenure),
    };
  }),
});

/** A model's judgement of all accounts: health as shown (NaN: none yet), its band, money at stake. */
export type Judged = { readonly shown: Float64Array; readonly band: readonly (Band | null)[]; readonly stake: Float64Array };

/** The worker's own function on every account; a band keeps its hysteresis against the band the account is in. */
export const judgeAll = ({ accounts, relative }: Prepared, edit: Edit): Judged => {
  const bench = benchOf({ ...edit, silent: defaultHealthModel.silent }, relative);
  const shown = new Float64Array(accounts.length);
  const stake = new Float64Array(accounts.length);
  const band = accounts.map((account, i) => {
    const score = scoreHealth(account.components, judgedBy(bench, account.measures).prepared, account.band);
    shown[i] = score.shown ?? Number.NaN;
    stake[i] = moneyAtStake(account.dailyRate, score.shown ?? 0);
    return score.band;
  });
  return { shown, band, stake };
};

export type BandChange = {
  readonly account: PreviewAccount;
  readonly from: Band | null;
  readonly to: Band | null;
  readonly was: number;
  readonly is: number;
  /** Money at stake, draft less live. */
  readonly stake: number;
};
export type Counted = { readonly before: number; readonly after: number };
export type Comparison = {
  /** Accounts per 5 points of health. */
  readonly bins: { readonly before: number[]; readonly after: number[] };
  readonly counts: Readonly<Record<Band, Counted>>;
  /** Who changes band, the most money first. */
  readonly changes: BandChange[];
  /** Of those: their run rate, and by how much their money at stake changes. */
  readonly runRate: number;
  readonly stake: number;
};

const BIN = 5;
const BINS = 100 / BIN;

/** What a draft does to the book, against what is live. */
export const compare = ({ accounts }: Prepared, before: Judged, after: Judged): Comparison => {
  const counts = Object.fromEntries(Object.keys(bands).map((band) => [band, { before: 0, after: 0 }])) as Record<Band, { before: number; after: number }>;
  const changes: BandChange[] = [];
  accounts.forEach((account, i) => {
    const [from, to] = [before.band[i] ?? null, after.band[i] ?? null];
    if (from) counts[from].before += 1;
    if (to) counts[to].after += 1;
    if (from !== to)
      changes.push({ account, from, to, was: before.shown[i] ?? 0, is: after.shown[i] ?? 0, stake: (after.stake[i] ?? 0) - (before.stake[i] ?? 0) });
  });
  changes.sort((a, b) => Math.abs(b.stake) - Math.abs(a.stake) || (a.account.name < b.account.name ? -1 : 1));
  return {
    bins: { before: binned(before.shown), after: binned(after.shown) },
    counts,
    changes,
    runRate: changes.reduce((sum, { account }) => sum + Number(account.runRate ?? 0), 0),
    stake: changes.reduce((sum, { stake }) => sum + stake, 0),
  };
};

const binned = (shown: Float64Array): number[] => {
  const bins = Array.from({ length: BINS }, () => 0);
  for (const health of shown) {
    if (Number.isNaN(health)) continue;
    const bin = Math.min(BINS - 1, Math.floor(health / BIN));
    bins[bin] = (bins[bin] ?? 0) + 1;
  }
  return bins;
};

/** How many accounts change band between two judgements. */
export const changed = (before: Judged, after: Judged): number => before.band.filter((band, i) => band !== after.band[i]).length;

/** Accounts per segment as one day would read them; what an account is in now decides which thresholds apply. */
export const segmentsUnder = ({ accounts, relative }: Prepared, { shown }: Judged, edit: Edit): Record<Segment, number> => {
  const counts = Object.fromEntries(Object.keys(segments).map((segment) => [segment, 0])) as Record<Segment, number>;
  accounts.forEach(({ measures, components, present }, i) => {
    const health = shown[i] ?? Number.NaN;
    counts[rawSegment({ measures, components, shown: Number.isNaN(health) ? null : health, relative }, present, edit.segments).segment] += 1;
  });
  return counts;
};

/** `Five more accounts would be at risk`: what the draft does, in one line. */
export const comparisonTitle = ({ counts, changes }: Pick<Comparison, 'counts' | 'changes'>): string => {
  const more = counts.at_risk.after - counts.at_risk.before;
  if (more !== 0) return `${inWords(Math.abs(more))} ${more > 0 ? 'more' : 'fewer'} ${Math.abs(more) === 1 ? 'account' : 'accounts'} would be at risk`;
  if (changes.length === 0) return 'Nobody changes band';
  return `${inWords(changes.length)} ${changes.length === 1 ? 'account changes' : 'accounts change'} band, none more at risk`;
};

const SMALL = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten', 'Eleven', 'Twelve'];
const inWords = (n: number): string => SMALL[n] ?? n.toLocaleString('en-US');

/** Points the regularity of the workspace's rhythms moves to silence; 0 at k = 1. */
export const shiftedPoints = (edit: Edit, k: number): number => {
  const at = (shiftByRegularity: boolean) => {
    const { keys, weights } = prepareModel({ ...edit, shiftByRegularity, silent: defaultHealthModel.silent }, k);
    return weights[keys.indexOf('silence')] ?? 0;
  };
  return at(true) - at(false);
};

/** Days from the as-of day of the measures to today: old measures are said to be old. */
export const ageOf = (asOf: Day | null, today: Day): number | null => (asOf === null ? null : dayNumber(today) - dayNumber(asOf) - 1);
