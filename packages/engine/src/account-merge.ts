import type { accountMergeOperations } from '@tideline/contracts/account-merge';
import type { BodyOf } from '@tideline/contracts/operation';
import { Problem } from '@tideline/contracts/problem';
import { announce } from '@tideline/db/live';
import { holdingsOf, isBeingMerged, merges, type MergeRow, monthsOfTwo, type Named, namedAccounts, usageOf } from '@tideline/db/read/account-merge';
import { meteringOf } from '@tideline/db/read/metering';
import { workspaceSettings } from '@tideline/db/read/workspace';
import { withWorkspace, type WorkspaceTx } from '@tideline/db/workspace';
import { makeApart, openMerge } from '@tideline/db/write/account-merge';
import { audit } from '@tideline/db/write/audit';
import { openRun } from '@tideline/db/write/background-run';
import { lockUsage } from '@tideline/db/write/usage-lock';
import type { Day } from '@tideline/domain/calendar';
import { decimal, toText } from '@tideline/domain/money';
import { checkWhole } from './correction.ts';
import type { Deps, Who } from './deps.ts';
import { familyAfter, mergeFamilies, partFamilies } from './family-merge.ts';

type Pair = BodyOf<(typeof accountMergeOperations)['mergeAccounts']>;
const MONTHS = 12;
const TIMEOUT_MS = 120_000;

const told = ({ id, externalId, name }: Named) => ({ id, externalId, name });

/** Two accounts that can be merged; throws, with the reason in words, where they cannot. */
const pairOf = async (tx: WorkspaceTx, { from, into }: Pair): Promise<{ from: Named; into: Named; firstDay: Day | null }> => {
  const found = new Map((await namedAccounts(tx, [from, into])).map((account) => [account.id, account]));
  const [one, other] = [found.get(from), found.get(into)];
  if (!one || !other) throw new Problem('not-found', 'There is no such account');
  for (const account of [one, other])
    if (account.mergedInto) throw new Problem('rule-violated', `${account.name} was merged into another account already: undo that first, or choose the other`);
  if (await isBeingMerged(tx, [from, into])) throw new Problem('conflict', 'One of them is being merged at this moment: wait for its end');
  return { from: one, into: other, firstDay: (await holdingsOf(tx, from)).firstDay };
};

/** What merging `from` into `into` moves. Nothing of it is lost, and nothing is changed yet. */
export const preview = (deps: Deps, who: Who, pair: Pair) =>
  withWorkspace(
    deps.db,
    who.workspaceId,
    async (tx) => {
      const { from, into, firstDay } = await pairOf(tx, pair);
      checkWhole(await meteringOf(tx), firstDay ? [firstDay] : []);
      const { events, days, tasks, openTasks, alerts, openAlerts, touches, contacts, tickets, contracts } = await holdingsOf(tx, from.id);
      const months = await monthsOfTwo(tx, from.id, into.id, MONTHS);
      return {
        from: told(from),
        into: told(into),
        events,
        days,
        usage: await usageOf(tx, from.id),
        tasks: { all: tasks, open: openTasks },
        alerts: { all: alerts, open: openAlerts },
        touches,
        contacts,
        tickets,
        contracts,
        family: await familyAfter(tx, from, into),
        currency: (await workspaceSettings(tx)).currency,
        revenue: months.map((one) => ({ ...one, together: toText(decimal(one.from).plus(one.into)) })),
      };
    },
    { timeoutMs: TIMEOUT_MS },
  );

/** Has an account merged into another in the background. */
export const merge = async (deps: Deps, who: Who, pair: Pair) => {
  const now = deps.now();
  const begun = await withWorkspace(deps.db, who.workspaceId, async (tx) => {
    await lockUsage(tx, 'alone'); // one that is asked for twice at once is begun once
    const { from, into, firstDay } = await pairOf(tx, pair);
    checkWhole(await meteringOf(tx), firstDay ? [firstDay] : []);
    const mergeId = await openMerge(tx, { from: from.id, into: into.id }, { actor: who.actor, actorId: who.userId, at: now });
    await mergeFamilies(tx, mergeId, from, into, now);
    await audit(tx, who, 'account.merge', 'account', from.id, told(from), { mergeId, into: told(into) });
    return { mergeId, runId: await run(tx, `Merging ${from.name} into ${into.name}`, mergeId, now) };
  });
  await announce(deps.db, { workspaceId: who.workspaceId, kind: 'account' });
  return start(deps, who, begun);
};

/**
 * Has two merged accounts taken apart again. What was on `from` goes back to it, and so do events that came for its key
 * meanwhile; what was done on the surviving account since stays there.
 */
export const undo = async (deps: Deps, who: Who, id: string) => {
  const now = deps.now();
  const begun = await withWorkspace(
    deps.db,
    who.workspaceId,
    async (tx) => {
      await lockUsage(tx, 'alone');
      const [merged] = await merges(tx, { id });
      if (!merged) throw new Problem('not-found', 'There is no such merge');
      await checkUndoable(tx, merged);
      await makeApart(tx, id, { from: merged.from.id, into: merged.into.id }, now);
      await partFamilies(tx, id, now);
      await audit(tx, who, 'account.unmerge', 'account', merged.from.id, { mergeId: id, into: merged.into }, merged.from);
      return { mergeId: id, runId: await run(tx, `Taking ${merged.from.name} out of ${merged.into.name} again`, id, now) };
    },
    { timeoutMs: TIMEOUT_MS },
  );
  await announce(deps.db, { workspaceId: who.workspaceId, kind: 'account' });
  return start(deps, who, begun);
};

const checkUndoable = async (tx: WorkspaceTx, { state, from, into, firstDay }: MergeRow): Promise<void> => {
  if (state === 'undone' || state === 'undoing') throw new Problem('conflict', 'It was undone already');
  if (state === 'merging' || (await isBeingMerged(tx, [from.id, into.id]))) throw new Problem('conflict', 'It is still on the way: wait for its end');
  const [survivor] = await namedAccounts(tx, [into.id]);
  if (survivor?.mergedInto) throw new Problem('rule-violated', `${into.name} was itself merged into another account since: undo that first`);
  checkWhole(await meteringOf(tx), firstDay ? [firstDay] : []);
};

const run = (tx: WorkspaceTx, label: string, mergeId: string, startedAt: Date): Promise<string> =>
  openRun(tx, { kind: 'account.merge', label, detail: { mergeId }, startedAt });

const start = async (deps: Deps, { workspaceId }: Who, begun: { mergeId: string; runId: string }) => {
  await deps.jobs.enqueue('account.merge', { workspaceId, ...begun });
  return begun;
};

/** A merge as it is told. */
export const mergeShown = ({ firstDay: _firstDay, madeAt, undoneAt, ...row }: MergeRow) => ({
  ...row,
  madeAt: madeAt.toISOString(),
  undoneAt: undoneAt?.toISOString() ?? null,
});

/** Merges of accounts, the latest first. */
export const list = async (deps: Deps, who: Who) => (await withWorkspace(deps.db, who.workspaceId, (tx) => merges(tx, {}))).map(mergeShown);
