import { addDays, type Day, dayFromNumber, dayNumber, daysFromTo, maxDay } from '@tideline/domain/calendar';
import { type JudgedDaySilence, referenceDays, type DayActivity, silences, waitsFrom } from '@tideline/domain/pipeline-silence';
import { firstUsageDay } from '@tideline/db/read/alert-case';
import { activeCounts, dataFaults, type FaultRow, type Watched, type WatchedCount } from '@tideline/db/read/data-fault';
import { scoringOf } from '@tideline/db/read/scoring';
import { withWorkspace, type WorkspaceTx } from '@tideline/db/workspace';
import { endFault, holdAccounts, noteRealThrough, openFault } from '@tideline/db/write/data-fault';
import { lockScoring } from '@tideline/db/write/day-close';
import { tellFaults } from './data-fault-tell.ts';
import type { Deps } from './deps.ts';
import { flushFeeds } from './feed.ts';

const TIMEOUT_MS = 120_000;

/** A fault of a meter or a sender that is over; `through`: the last day that stayed silent. */
export type Over = { readonly fault: FaultRow; readonly as: 'returned' | 'resumed'; readonly through: Day | null };
export type Watch = {
  /** The last day that may be closed now. */
  readonly through: Day;
  /** A silence of the whole workspace is over, or was called real: what waited is closed late. */
  readonly thawed: boolean;
  /** Their accounts are to be judged for the days they were held. */
  readonly over: readonly Over[];
};

/**
 * Tests the cause of silence before anybody is called silent (docs/decisions/0010). Where the whole workspace fell silent together,
 * days are closed only up to the one before: scores stand as they were, and go on by themselves when usage came or flows again.
 * Where a meter or a sender did, its accounts are held and the others judged. Admins are told.
 */
export const watchSilence = async (deps: Deps, workspaceId: string, next: Day, asOf: Day): Promise<Watch> => {
  await flushFeeds(deps);
  const watch = await withWorkspace(deps.db, workspaceId, (tx) => judged(tx, deps, next, asOf), { timeoutMs: TIMEOUT_MS });
  await tellFaults(deps, workspaceId);
  return watch;
};

type Judged = JudgedDaySilence & DayActivity;
type Place = { next: Day; asOf: Day; first: Day; faults: readonly FaultRow[]; at: Date };

const judged = async (tx: WorkspaceTx, deps: Deps, next: Day, asOf: Day): Promise<Watch> => {
  await lockScoring(tx);
  const first = await firstUsageDay(tx);
  if (first === null) return { through: asOf, thawed: false, over: [] };
  const faults = await dataFaults(tx, { limit: 500 });
  const place: Place = { next, asOf, first, faults, at: deps.now() };
  const from = faults.filter(isOpen).reduce((least, { since }) => (since < least ? since : least), next);
  const days = daysFromTo(from, asOf).map(dayNumber);
  const asked = [...new Set(days.flatMap((on) => [on, ...referenceDays(on)]))].map(dayFromNumber);
  const counts = await activeCounts(tx, asked, (await scoringOf(tx)).manyMeters, deps.now());
  const [whole = [], ...parts] = grouped(counts);
  const stop = await judgeWhole(tx, place, whole);
  const through = stop.waits === null ? asOf : addDays(stop.waits, -1);
  const over: Over[] = [];
  for (const part of parts) over.push(...(await judgePart(tx, { ...place, asOf: through }, part)));
  return { through, thawed: stop.thawed, over };
};

/** Stands, or was called real and may still go on. */
const isOpen = ({ endedAs, through }: FaultRow): boolean => endedAs === null || (endedAs === 'dismissed' && through === null);
const isOf =
  ({ scope, refId }: Watched) =>
  (fault: FaultRow): boolean =>
    fault.scope === scope && fault.refId === refId;

/** The counts of the workspace first, then of each part of it. */
const grouped = (counts: readonly WatchedCount[]): WatchedCount[][] => {
  const groups = [...Map.groupBy(counts, ({ scope, refId }) => `${scope} ${refId}`)];
  return [groups.find(([name]) => name.startsWith('workspace'))?.[1] ?? [], ...groups.flatMap(([name, rows]) => (name.startsWith('workspace') ? [] : [rows]))];
};

/** The days from the oldest open fault of it on, judged. What a person called real counts as it is, until it flows. */
const silenceOf = async (tx: WorkspaceTx, { next, asOf, first, faults }: Place, watched: Watched, counts: readonly WatchedCount[]): Promise<Judged[]> => {
  const own = faults.filter(isOf(watched));
  const gaps = faults.filter((fault) => fault.endedAs === 'resumed' && (fault.scope === 'workspace' || isOf(watched)(fault)));
  const activeOn = new Map(counts.map(({ day, active }) => [dayNumber(day), active]));
  const isMeasure = (on: number): boolean => {
    const day = dayFromNumber(on);
    return day >= first && !gaps.some(({ since, through }) => day >= since && through !== null && day <= through);
  };
  const from = own.filter(isOpen).reduce((least, { since }) => (since < least ? since : least), next);
  const found = silences({ active: (on) => activeOn.get(on) ?? 0, isMeasure }, daysFromTo(from, asOf).map(dayNumber));
  const real = own.find((fault) => fault.endedAs === 'dismissed' && fault.through === null);
  if (!real) return found;
  const flows = found.find(({ day, silence }) => silence === 'flowing' && dayFromNumber(day) > real.since);
  if (flows) await noteRealThrough(tx, real.id, dayFromNumber(flows.day - 1));
  return found.map((one) =>
    one.silence === 'silent' && one.day >= dayNumber(real.since) && one.day < (flows?.day ?? Infinity) ? { ...one, silence: 'unknown' } : one,
  );
};

const judgeWhole = async (tx: WorkspaceTx, place: Place, counts: readonly WatchedCount[]): Promise<{ waits: Day | null; thawed: boolean }> => {
  const watched: Watched = { scope: 'workspace', refId: null, name: null };
  const days = (await silenceOf(tx, place, watched, counts)).filter(({ day }) => day >= dayNumber(place.next));
  const found = days.find(({ day }) => day === waitsFrom(days));
  const own = place.faults.filter(isOf(watched));
  const standing = own.find(({ endedAs }) => endedAs === null);
  const calledReal = own.some(({ endedAs, since }) => endedAs === 'dismissed' && since >= place.next); // its days still wait to be closed
  if (found) {
    const since = dayFromNumber(found.day);
    if (standing?.since !== since) await openFault(tx, { ...watched, since, active: found.active, usual: found.usual, at: place.at });
    return { waits: since, thawed: standing !== undefined };
  }
  if (!standing) return { waits: null, thawed: calledReal };
  const gap = gapOf(days, standing.since);
  await endFault(tx, standing.id, { as: gap === null ? 'returned' : 'resumed', by: null, through: gap, at: place.at });
  return { waits: null, thawed: true };
};

/** The last day that stayed silent; null: everything came after all. */
const gapOf = (days: readonly Judged[], since: Day): Day | null => {
  const last = days.findLast(({ day, silence }) => silence === 'silent' && day >= dayNumber(since));
  return last ? dayFromNumber(last.day) : null;
};

const judgePart = async (tx: WorkspaceTx, place: Place, counts: readonly WatchedCount[]): Promise<Over[]> => {
  const [watched] = counts;
  if (!watched) return [];
  const days = await silenceOf(tx, place, watched, counts);
  const waits = waitsFrom(days);
  const standing = place.faults.find((fault) => fault.endedAs === null && isOf(watched)(fault));
  if (standing) {
    if (waits !== null) return [];
    const gap = gapOf(days, standing.since);
    return [{ fault: standing, as: gap === null ? 'returned' : 'resumed', through: gap }];
  }
  const found = days.find(({ day }) => day === waits);
  if (!found) return [];
  const since = maxDay(dayFromNumber(found.day), place.next); // what is closed stays as it was judged
  const { scope, refId, name } = watched;
  const id = await openFault(tx, { scope, refId, name, since, active: found.active, usual: found.usual, at: place.at });
  await holdAccounts(tx, { id, scope, refId, since });
  return [];
};
