import type { BodyOf } from '@tideline/contracts/operation';
import type { overrideOperations, Overrides } from '@tideline/contracts/override';
import { Problem } from '@tideline/contracts/problem';
import { announce } from '@tideline/db/live';
import { accountById } from '@tideline/db/read/account-page';
import { type OverrideRow, overrides } from '@tideline/db/read/override';
import { scoringOf } from '@tideline/db/read/scoring';
import { withWorkspace, type WorkspaceTx } from '@tideline/db/workspace';
import { audit } from '@tideline/db/write/audit';
import { endOverride, setOverride } from '@tideline/db/write/override';
import type { Day } from '@tideline/domain/calendar';
import { overrideProblem, verdictOf } from '@tideline/domain/override';
import type { Deps, Who } from './deps.ts';
import { todayIn } from './today.ts';

const SHOWN = 200;

const shown = ({ trouble, ...row }: OverrideRow): Overrides['Item'] => ({
  ...row,
  verdict: trouble === null ? null : verdictOf(row.band, row.modelBand, trouble),
});

const read = async (tx: WorkspaceTx, which: { account?: string; owner?: string | null; holdsOn?: Day; limit: number }): Promise<Overrides['Item'][]> => {
  const { closedThrough, priced } = await scoringOf(tx);
  return (await overrides(tx, { ...which, closed: closedThrough, priced })).map(shown);
};

/** What people said against the model, the newest first. A CSM who sees only the own book is told of those accounts. */
export const list = (deps: Deps, who: Who) =>
  withWorkspace(deps.db, who.workspaceId, async (tx) => ({ items: await read(tx, { owner: who.ownAccountsOf, limit: SHOWN }) }));

/** What somebody says of the account, while it holds. */
export const standing = async (tx: WorkspaceTx, account: string, today: Day): Promise<Overrides['Item'] | null> =>
  (await read(tx, { account, holdsOn: today, limit: 1 }))[0] ?? null;

const change = async <T>(deps: Deps, who: Who, id: string, run: (tx: WorkspaceTx, today: Day) => Promise<T>): Promise<T> => {
  const result = await withWorkspace(deps.db, who.workspaceId, async (tx) => {
    if (!(await accountById(tx, id, who.ownAccountsOf))) throw new Problem('not-found', 'There is no such account');
    return run(tx, await todayIn(tx, deps.now()));
  });
  await announce(deps.db, { workspaceId: who.workspaceId, kind: 'account', ids: [id] });
  return result;
};

/** Says what health the account has until a day; what was said before ends. */
export const set = (deps: Deps, who: Who, id: string, { band, reason, until }: BodyOf<(typeof overrideOperations)['setOverride']>) =>
  change(deps, who, id, async (tx, today) => {
    const refused = overrideProblem(until, reason, today);
    if (refused) throw new Problem('rule-violated', refused);
    const before = await standing(tx, id, today);
    await endOverride(tx, id, today);
    await setOverride(tx, id, { band, reason, from: today, until, userId: who.userId, at: deps.now() });
    const after = await standing(tx, id, today);
    if (!after) throw new Error('What was set does not stand');
    await audit(tx, who, 'override.set', 'account', id, before && toldOf(before), toldOf(after));
    return after;
  });

/** Takes back what was said. */
export const end = (deps: Deps, who: Who, id: string) =>
  change(deps, who, id, async (tx, today) => {
    const before = await standing(tx, id, today);
    if (!before || !(await endOverride(tx, id, today))) throw new Problem('not-found', 'Nothing is said of its health');
    await audit(tx, who, 'override.end', 'account', id, toldOf(before), null);
    return {};
  });

const toldOf = ({ band, reason, until }: Overrides['Item']) => ({ band, reason, until });
