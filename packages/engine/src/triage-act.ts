import { Problem } from '@tideline/contracts/problem';
import type { BodyOf } from '@tideline/contracts/operation';
import type { triageOperations } from '@tideline/contracts/triage';
import { announce } from '@tideline/db/live';
import { withWorkspace, type WorkspaceTx } from '@tideline/db/workspace';
import { deleteDone, deleteSnoozes, insertDone, insertSnoozes, type TriageTarget } from '@tideline/db/write/triage';
import type { Day } from '@tideline/domain/calendar';
import { snoozeProblem, snoozeReasons } from '@tideline/domain/snooze';
import type { Deps, Who } from './deps.ts';
import { settingOf } from './triage-query.ts';

type Ops = typeof triageOperations;
export type Changed = { accounts: string[] };

export const targetOf = (who: Who, ids: readonly string[]): TriageTarget => ({ ids, onlyOwner: who.ownAccountsOf });

/** Runs a change and tells open pages which rows to look at again. */
const change = async (deps: Deps, who: Who, run: (tx: WorkspaceTx) => Promise<string[]>): Promise<Changed> => {
  const accounts = await withWorkspace(deps.db, who.workspaceId, run);
  if (accounts.length > 0) await announce(deps.db, { workspaceId: who.workspaceId, kind: 'account', ids: accounts });
  return { accounts };
};

const todayIn = async (tx: WorkspaceTx, deps: Deps, who: Who): Promise<Day> => (await settingOf(tx, deps, who)).view.today;

/** Handled: the rows leave triage until something new happens (`domain/triage`). */
export const markDone = (deps: Deps, who: Who, ids: readonly string[]): Promise<Changed> =>
  change(deps, who, async (tx) => insertDone(tx, targetOf(who, ids), { day: await todayIn(tx, deps, who), at: deps.now(), userId: who.userId }));

export const undoDone = (deps: Deps, who: Who, ids: readonly string[]): Promise<Changed> => change(deps, who, (tx) => deleteDone(tx, targetOf(who, ids)));

/** Puts accounts aside until the morning of a day. The reason is kept in words, as the list shows it. */
export const snooze = (deps: Deps, who: Who, { accounts, until, reason, note }: BodyOf<Ops['snoozeAccounts']>): Promise<Changed> =>
  change(deps, who, async (tx) => {
    const refused = snoozeProblem(until, reason, note, await todayIn(tx, deps, who));
    if (refused) throw new Problem('rule-violated', refused);
    const words = reason === 'other' ? note : [snoozeReasons[reason].label, note].filter(Boolean).join(': ');
    return insertSnoozes(tx, targetOf(who, accounts), { until, reason: words, at: deps.now(), userId: who.userId });
  });

export const unsnooze = (deps: Deps, who: Who, ids: readonly string[]): Promise<Changed> => change(deps, who, (tx) => deleteSnoozes(tx, targetOf(who, ids)));
