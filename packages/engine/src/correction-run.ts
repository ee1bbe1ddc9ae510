import type { correctionOperations, FactFilter } from '@tideline/contracts/correction';
import type { JobPayload } from '@tideline/contracts/jobs';
import type { BodyOf } from '@tideline/contracts/operation';
import { Problem } from '@tideline/contracts/problem';
import { announce } from '@tideline/db/live';
import { correctionById, type FactPlace, type FactRange, factsInRange, type RangedFact } from '@tideline/db/read/correction';
import { accountRecord } from '@tideline/db/read/account-record';
import { meteringOf } from '@tideline/db/read/metering';
import { meters } from '@tideline/db/read/meter';
import { withWorkspace, type WorkspaceTx } from '@tideline/db/workspace';
import { advanceRun, closeRun, openRun } from '@tideline/db/write/background-run';
import { markUndone, nextToPutBack, putBack, takeOut } from '@tideline/db/write/correction';
import { lockUsage } from '@tideline/db/write/usage-lock';
import { allHold, type Condition } from '@tideline/domain/condition';
import { dayOf } from '@tideline/domain/calendar';
import { decimal, toText } from '@tideline/domain/money';
import { tallyFacts } from '@tideline/domain/usage';
import { checkWhole, open, settle } from './correction.ts';
import type { Deps, Who } from './deps.ts';
import { wakeScoring } from './wake.ts';

/** Facts of one transaction: ingest of the workspace waits for it. */
const PAGE = 2_000;
const MAX_PREVIEW = 100_000;
const SAMPLE = 8;

type Range = FactRange & { conditions: readonly Condition[] };

const rangeOf = async (tx: WorkspaceTx, filter: FactFilter): Promise<Range> => {
  const account = filter.account === null ? null : await accountRecord(tx, filter.account);
  if (filter.account !== null && !account) throw new Problem('not-found', `There is no account with the key "${filter.account}"`);
  const { rawFrom, timezone } = await meteringOf(tx);
  checkWhole({ rawFrom }, [dayOf(new Date(filter.from), timezone)]);
  return { from: new Date(filter.from), until: new Date(filter.until), accountId: account?.id ?? null, event: filter.event, conditions: filter.conditions };
};

/** What taking back a range would change. */
export const preview = (deps: Deps, who: Who, filter: BodyOf<(typeof correctionOperations)['previewVoid']>) =>
  withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const range = await rangeOf(tx, filter);
    const names = new Map((await meters(tx)).map(({ id, name, unit }) => [id, { name, unit }]));
    const { versions } = await meteringOf(tx);
    const current = versions.filter(({ state }) => state === 'current');
    const sums = new Map(current.map(({ id }) => [id, decimal(0)]));
    const [accounts, days, sample] = [new Set<string>(), new Set<string>(), [] as RangedFact[]];
    let [events, seen] = [0, 0];
    let after: FactPlace | null = null;
    let more = true;
    while (more && seen < MAX_PREVIEW) {
      const page: RangedFact[] = await factsInRange(tx, range, after, PAGE);
      const meant = page.filter(({ fact }) => allHold(fact, range.conditions));
      for (const { accountId, day } of meant) {
        accounts.add(accountId);
        days.add(`${accountId}${day}`);
      }
      sample.push(...meant.slice(0, SAMPLE - sample.length));
      const dated = meant.map(({ key, accountId, day, time, fact }) => ({ key, accountId, day, atMs: time.getTime(), knownOn: day, event: fact }));
      for (const tally of tallyFacts(dated, current)) sums.set(tally.versionId, (sums.get(tally.versionId) ?? decimal(0)).plus(tally.quantity.total()));
      events += meant.length;
      seen += page.length;
      after = page.at(-1) ?? null;
      more = page.length === PAGE;
    }
    const told = current.flatMap(({ id, meterId }) => {
      const meter = names.get(meterId);
      const lost = sums.get(id);
      return meter && lost && !lost.isZero() ? [{ id: meterId, ...meter, quantity: toText(lost) }] : [];
    });
    return {
      events,
      accounts: accounts.size,
      days: days.size,
      whole: !more,
      meters: told,
      sample: sample.map(({ time, accountName, fact }) => ({ time: time.toISOString(), accountName, event: fact.event, value: fact.value })),
    };
  });

/** Has a range of events taken back in the background. */
export const voidRange = async (deps: Deps, who: Who, { filter, reason }: BodyOf<(typeof correctionOperations)['voidRange']>) => {
  const begun = await withWorkspace(deps.db, who.workspaceId, async (tx) => {
    await rangeOf(tx, filter);
    const correctionId = await open(tx, who, 'void-range', reason, filter, deps.now());
    return {
      correctionId,
      runId: await openRun(tx, { kind: 'correction.run', label: 'Taking back a range of events', detail: { correctionId, undo: null }, startedAt: deps.now() }),
    };
  });
  await deps.jobs.enqueue('correction.run', { workspaceId: who.workspaceId, runId: begun.runId, correctionId: begun.correctionId, undo: null });
  return begun;
};

/** Has what a correction took out of force put back in the background. What stands in its place now goes out. */
export const undo = async (deps: Deps, who: Who, id: string) => {
  const begun = await withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const before = await correctionById(tx, id);
    if (!before || before.kind === 'undo') throw new Problem('not-found', 'There is no such correction to undo');
    if (!(await markUndone(tx, id, deps.now()))) throw new Problem('conflict', 'It was undone already');
    const correctionId = await open(tx, who, 'undo', `Undo: ${before.reason}`, { of: id }, deps.now());
    return {
      correctionId,
      runId: await openRun(tx, { kind: 'correction.run', label: 'Undoing a correction of events', detail: { correctionId, undo: id }, startedAt: deps.now() }),
    };
  });
  await deps.jobs.enqueue('correction.run', { workspaceId: who.workspaceId, runId: begun.runId, correctionId: begun.correctionId, undo: id });
  return begun;
};

type Step = { moved: number; next: FactPlace | null; ended: boolean };

/** Works through a correction, page by page, each in one transaction. Run again after a crash it finds only what is left. */
export const runCorrection = async (deps: Deps, { workspaceId, runId, correctionId, undo: undone }: JobPayload<'correction.run'>): Promise<void> => {
  let done = 0;
  let step: Step = { moved: 0, next: null, ended: false };
  let wanted = true;
  while (!step.ended && wanted) {
    const { next } = step;
    step = await withWorkspace(deps.db, workspaceId, async (tx) => {
      await lockUsage(tx, 'alone');
      const made: Step = undone === null ? await takeOutPage(tx, deps, correctionId, next) : await putBackPage(tx, deps, correctionId, undone);
      done += made.moved;
      wanted = await advanceRun(tx, runId, { done, total: 0 });
      return made;
    });
    await announce(deps.db, { workspaceId, kind: 'run', ids: [runId] });
    wakeScoring(deps, workspaceId);
  }
  await withWorkspace(deps.db, workspaceId, (tx) => closeRun(tx, runId, { state: step.ended ? 'done' : 'cancelled', at: deps.now() }));
  await announce(deps.db, { workspaceId, kind: 'run', ids: [runId] });
};

const takeOutPage = async (tx: WorkspaceTx, deps: Deps, correctionId: string, after: FactPlace | null): Promise<Step> => {
  const correction = await correctionById(tx, correctionId);
  const range = await rangeOf(tx, correction?.filter as FactFilter);
  const metering = await meteringOf(tx);
  const page = await factsInRange(tx, range, after, PAGE);
  const keys = page.filter(({ fact }) => allHold(fact, range.conditions)).map(({ key }) => key);
  const moved = await takeOut(tx, correctionId, keys, metering.timezone);
  await settle(tx, metering, moved, deps.now());
  return { moved: moved.length, next: page.at(-1) ?? null, ended: page.length < PAGE };
};

const putBackPage = async (tx: WorkspaceTx, deps: Deps, correctionId: string, undone: string): Promise<Step> => {
  const metering = await meteringOf(tx);
  const keys = await nextToPutBack(tx, undone, PAGE);
  const gone = await takeOut(tx, correctionId, keys, metering.timezone);
  const back = await putBack(tx, undone, PAGE);
  await settle(tx, metering, [...gone, ...back], deps.now());
  return { moved: back.length, next: null, ended: keys.length < PAGE };
};
