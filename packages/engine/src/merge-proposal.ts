import type { mergeProposalOperations } from '@tideline/contracts/merge-proposal';
import type { BodyOf } from '@tideline/contracts/operation';
import { Problem } from '@tideline/contracts/problem';
import { announce } from '@tideline/db/live';
import { openProposals, type ProposalRow, proposals, usageOfMany, type UsageOfTwo } from '@tideline/db/read/merge-proposal';
import { workspaceSettings } from '@tideline/db/read/workspace';
import { withWorkspace, type WorkspaceTx } from '@tideline/db/workspace';
import { audit } from '@tideline/db/write/audit';
import { setDismissed } from '@tideline/db/write/merge-proposal';
import { addDays } from '@tideline/domain/calendar';
import { merge } from './account-merge.ts';
import type { Deps, Who } from './deps.ts';
import { todayIn } from './today.ts';

const SHOWN = 100;
const USAGE_DAYS = 28;

/** Accounts that a client called one, with what tells whether they are; how many of them wait. */
export const list = (deps: Deps, who: Who) =>
  withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const rows = await proposals(tx, { limit: SHOWN });
    const ids = [...new Set(rows.flatMap(({ from, into }) => [from.id, into.id]))];
    const since = addDays(await todayIn(tx, deps.now()), -USAGE_DAYS);
    const used = new Map((await usageOfMany(tx, ids, since)).map((one) => [one.id, one]));
    return { open: await openProposals(tx), currency: (await workspaceSettings(tx)).currency, items: rows.map((row) => shown(row, used)) };
  });

const shown = ({ from, into, proposedAt, dismissedAt, dismissedBy, mergedAt, mergedBy, undoneAt, ...row }: ProposalRow, used: Map<string, UsageOfTwo>) => {
  const side = (one: ProposalRow['from']) => ({ createdDay: null, lastDay: null, runRate: null, usage: [], ...used.get(one.id), ...one });
  return {
    ...row,
    from: side(from),
    into: side(into),
    proposedAt: proposedAt.toISOString(),
    dismissed: dismissedAt && { at: dismissedAt.toISOString(), by: dismissedBy },
    merged: mergedAt && mergedBy !== null ? { at: mergedAt.toISOString(), by: mergedBy, undoneAt: undoneAt?.toISOString() ?? null } : null,
  };
};

const proposalOf = async (tx: WorkspaceTx, id: string): Promise<ProposalRow> => {
  const [found] = await proposals(tx, { id, limit: 1 });
  if (!found) throw new Problem('not-found', 'There is no such proposal');
  return found;
};

/** Merges the two. That they are one by then is read from the accounts, so undoing the merge asks again. */
export const accept = async (deps: Deps, who: Who, id: string, { into }: BodyOf<(typeof mergeProposalOperations)['acceptProposal']>) => {
  const found = await withWorkspace(deps.db, who.workspaceId, (tx) => proposalOf(tx, id));
  if (found.state === 'accepted') throw new Problem('conflict', 'They were merged already');
  const stays = into ?? found.into.id;
  if (stays !== found.into.id && stays !== found.from.id) throw new Problem('rule-violated', 'The account that stays is one of the two');
  return merge(deps, who, { from: stays === found.into.id ? found.from.id : found.into.id, into: stays });
};

/** Says that the two are not one; the client that calls them so again is not asked about again. */
export const dismiss = (deps: Deps, who: Who, id: string): Promise<void> =>
  decide(deps, who, id, { verb: 'dismiss', dismissed: { by: who.actor, at: deps.now() } });

/** Takes a dismissal back. */
export const reopen = (deps: Deps, who: Who, id: string): Promise<void> => decide(deps, who, id, { verb: 'reopen', dismissed: null });

const decide = async (deps: Deps, who: Who, id: string, { verb, dismissed }: { verb: string; dismissed: { by: string; at: Date } | null }): Promise<void> => {
  await withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const { from, into } = await proposalOf(tx, id);
    if (await setDismissed(tx, id, dismissed)) await audit(tx, who, `merge.${verb}`, 'account', from.id, null, { from, into });
  });
  await announce(deps.db, { workspaceId: who.workspaceId, kind: 'account' });
};
