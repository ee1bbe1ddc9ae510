import type { AccountPages } from '@tideline/contracts/account-page';
import { closeOn, closesOf, type ClosedJudgement, type Measured } from '@tideline/db/read/account-moved';
import { hasFirstValue, relativeOn, standingsOn } from '@tideline/db/read/model';
import { scoringOf } from '@tideline/db/read/scoring';
import type { WorkspaceTx } from '@tideline/db/workspace';
import { addDays, type Day, dayNumber, daysBetween, minDay } from '@tideline/domain/calendar';
import { componentsOf } from '@tideline/domain/component';
import { prepareModel } from '@tideline/domain/health';
import type { Measures, Relative } from '@tideline/domain/measure';
import { unpackMeasures } from '@tideline/domain/measure-pack';
import type { ModelConfig } from '@tideline/domain/model-config';
import { openClosed, type Opened, openNow } from '@tideline/domain/moved';
import { type Climate, inClimate, openMeasures, splitMoved } from '@tideline/domain/moved-split';
import type { UsageHistory } from '@tideline/domain/usage-history';
import type { OtherReadings } from '@tideline/domain/other-signal';
import { type KnownAccount, knownAccount } from './known-account.ts';
import { othersOn } from './other-signal.ts';

/** The measures of a stored judgement, with what was read beside usage. */
export const measuresOf = ({ measures, others }: Pick<Measured, 'measures' | 'others'>): Measures => ({
  ...unpackMeasures(measures),
  ...(others && { others }),
});

/** What is relative to the workspace, as the close of a day left it. */
export const relativeAt = async (tx: WorkspaceTx, closed: Day | null): Promise<Relative> => ({
  ...((closed && (await relativeOn(tx, closed))) ?? { k: 1, vbar: 0, medianTtfvDays: null }),
  milestoneSet: await hasFirstValue(tx),
});

/** The later day of a comparison: how it was judged, by which model, and the closed day whose habits it was judged in. */
type End = {
  readonly day: Day;
  readonly closed: Day;
  readonly opened: Opened;
  readonly model: { readonly version: number; readonly config: ModelConfig };
  /** null: the present, with everything known now. */
  readonly knownOn: Day | null;
  readonly standing: number | null;
  readonly others: OtherReadings | null;
};

/** What moved health over each of these spans (days) to the present judgement, whatever made either end. */
export const movedOver = async (
  tx: WorkspaceTx,
  id: string,
  closed: Day | null,
  judged: Measured,
  spans: readonly number[],
): Promise<AccountPages['Moved'][]> => {
  if (closed === null) return [];
  const end = await presentEnd(tx, closed, judged);
  const days = (await closesOf(tx, id, closed, Math.max(...spans) + 1)).filter(({ day, health }) => health !== null && day < judged.asOf);
  const starts = [...new Set(spans.flatMap((span) => days.find(({ day }) => day >= addDays(judged.asOf, -span))?.day ?? []))];
  return end ? movedFrom(tx, id, starts, end) : [];
};

/** The present judgement as an end; null while there is no score. */
export const presentEnd = async (tx: WorkspaceTx, closed: Day, judged: Measured): Promise<End | null> => {
  const measures = measuresOf(judged);
  const c = componentsOf(measures, await relativeAt(tx, closed));
  const opened = openNow(c, prepareModel(judged.config, c.k), judged.modelVersion);
  const model = { version: judged.modelVersion, config: judged.config };
  return opened && { day: judged.asOf, closed, opened, model, knownOn: null, standing: measures.standing, others: judged.others };
};

/** A closed day as an end; null where it had no score. */
export const closedEnd = async (tx: WorkspaceTx, close: ClosedJudgement): Promise<End | null> => {
  const { day, version, config, standing, others = null } = close;
  const opened = openClosed(close, prepareModel(config, (await relativeAt(tx, day)).k), version);
  return opened && { day, closed: day, opened, model: { version, config }, knownOn: day, standing, others };
};

/** From each of these days, the longest span first, to the end; those that had no score are left out. The answer has the shortest first. */
export const movedFrom = async (tx: WorkspaceTx, id: string, from: readonly Day[], end: End): Promise<AccountPages['Moved'][]> => {
  const account = await knownAccount(tx, id, end.day, await scoringOf(tx));
  if (!account) return [];
  const starts = from.toSorted().map((day) => ({ day, recalled: account.on(day) }));
  const known = account.on(end.knownOn);
  const split: AccountPages['Moved'][] = [];
  for (const { day, recalled } of starts.toReversed()) {
    const start = await closeOn(tx, id, day);
    const again = start && { ...start, others: await readAgain(tx, id, start, end.model.config) };
    const moved = start && again && (await movedBetween(tx, { account, start, again, recalled, known, end }));
    if (moved) split.push(moved);
  }
  return split;
};

/** What is known now of a past day beside usage, of all that either model weighs. */
const readAgain = async (tx: WorkspaceTx, id: string, { day, config }: ClosedJudgement, later: ModelConfig): Promise<OtherReadings | null> => {
  const scoring = await scoringOf(tx);
  const weights = { ...config.weights, ...later.weights };
  return (await othersOn(tx, { ...scoring, model: { ...scoring.model, config: { ...later, weights } } }, day, { accountIds: [id] }))?.(id) ?? null;
};

type Between = { account: KnownAccount; start: ClosedJudgement; again: ClosedJudgement; recalled: UsageHistory; known: UsageHistory; end: End };

/** What stands between a closed day and a later one by score.md 5.3. */
const movedBetween = async (tx: WorkspaceTx, { account, start, again, recalled, known, end }: Between): Promise<AccountPages['Moved'] | null> => {
  const [before, after] = [await relativeAt(tx, start.day), await relativeAt(tx, end.closed)];
  const prepared = prepareModel(start.config, before.k);
  const kept = openClosed(start, prepared, start.version);
  if (!kept) return null;
  const corrected = await measuresKnown(tx, account, again, recalled, known);
  const standing = await standingMoved(tx, end.closed, end.standing ?? MIDDLE, yearly(account, known, end.closed), corrected?.revenue364 ?? 0);
  const climate: Climate = { day: dayNumber(minDay(end.day, end.closed)), relative: after, ticks: account.ticks, standing: () => standing };
  const { version, config } = end.model;
  const causes = splitMoved({
    kept,
    recalled: openMeasures(await measuresKnown(tx, account, start, recalled, recalled), before, prepared, start.version),
    corrected: openMeasures(corrected, before, prepared, start.version),
    reweighed: openMeasures(corrected, before, prepareModel(config, before.k), version),
    elsewhere: openMeasures(corrected && inClimate(corrected, climate), after, prepareModel(config, after.k), version),
    met: end.knownOn === null ? end.opened : openMeasures(await measuresKnown(tx, account, end, known, known), after, prepareModel(config, after.k), version),
    now: end.opened,
  });
  return {
    days: daysBetween(start.day, end.day),
    from: { day: start.day, health: kept.health },
    to: { day: end.day, health: end.opened.health },
    causes: causes.map((cause) => ({ ...cause, parts: [...cause.parts] })),
  };
};

const MIDDLE = 50;
const yearly = (account: KnownAccount, history: UsageHistory, day: Day): number =>
  account.measures(history, day, { standing: MIDDLE, onboarding: MIDDLE })?.revenue364 ?? 0;

/** A closed day's measures with what is known later, ranked among the peers of the day; null where it had not started by then. */
export const measuresKnown = async (
  tx: WorkspaceTx,
  account: KnownAccount,
  { day, standing, others }: Pick<ClosedJudgement, 'day' | 'standing' | 'others'>,
  recalled: UsageHistory,
  known: UsageHistory,
): Promise<Measures | null> => {
  const own = account.measures(known, day, { standing: standing ?? MIDDLE, onboarding: MIDDLE });
  const ranked = own && { ...own, standing: await standingMoved(tx, day, own.standing, yearly(account, recalled, day), own.revenue364) };
  return ranked && { ...ranked, ...(others && { others }) };
};

/** Where another year's revenue would have stood on a day, from where the day had put the account. */
const standingMoved = async (tx: WorkspaceTx, day: Day, standing: number, was: number, is: number): Promise<number> => {
  if (was === is) return standing;
  const [from, to] = await standingsOn(tx, day, [was, is]);
  return Math.min(100, Math.max(0, standing + (to ?? 0) - (from ?? 0)));
};
