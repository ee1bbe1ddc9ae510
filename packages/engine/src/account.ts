import type { AccountBody } from '@tideline/contracts/account';
import { Problem } from '@tideline/contracts/problem';
import { accountRecord, type AccountRecord, isMember, memberByEmail } from '@tideline/db/read/account-record';
import { workspaceSettings } from '@tideline/db/read/workspace';
import { announce } from '@tideline/db/live';
import { withWorkspace, type WorkspaceTx } from '@tideline/db/workspace';
import { type AccountChange, assignAccounts, insertAccount, replaceContract, updateAccount } from '@tideline/db/write/account';
import { noteStated } from '@tideline/db/write/account-merge';
import { audit } from '@tideline/db/write/audit';
import { lockFamilies } from '@tideline/db/write/family';
import { markRescore } from '@tideline/db/write/rescore';
import { day, type Day, dayOf, nowAsOf } from '@tideline/domain/calendar';
import { may } from '@tideline/domain/role';
import type { Deps, Who } from './deps.ts';
import { putParent } from './family.ts';
import { wakeScoring } from './wake.ts';

/** An account that `who` may see; another workspace's, and a colleague's where CSMs see their own only, are as if missing. */
const seen = (who: Who, account: AccountRecord | null): AccountRecord => {
  if (!account || (who.ownAccountsOf && account.ownerId !== who.ownAccountsOf)) throw new Problem('not-found', 'There is no such account');
  return told(who, account);
};

/** Without a parent that `who` may not see. */
const told = (who: Who, account: AccountRecord): AccountRecord =>
  who.ownAccountsOf && account.parent?.ownerId !== who.ownAccountsOf ? { ...account, parent: null } : account;

/** By the key of a merged account: the one it was merged into. */
export const get = async (deps: Deps, who: Who, externalId: string): Promise<AccountRecord> =>
  withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const found = await accountRecord(tx, externalId);
    return seen(who, found?.mergedInto ? await accountRecord(tx, found.mergedInto.externalId) : found);
  });

/** The owner a change names: undefined when it names none. Only those who assign may move an account. */
const ownerOf = async (tx: WorkspaceTx, who: Who, email: string | null | undefined, before: string | null): Promise<string | null | undefined> => {
  if (email === undefined) return undefined;
  const ownerId = email === null ? null : await memberByEmail(tx, email);
  if (email !== null && ownerId === null) throw new Problem('rule-violated', `${email} is not a member of this workspace: invite them first`);
  if (ownerId !== before && !may(who.role, 'account.assign')) throw new Problem('not-allowed', `Your role (${who.role}) does not assign accounts`);
  return ownerId;
};

/** Given fields are set, null removes one, the others stay. */
const mergedFields = (before: Record<string, unknown>, given: AccountBody['fields']): Record<string, unknown> | undefined =>
  given && Object.fromEntries(Object.entries({ ...before, ...given }).filter(([, value]) => value !== null));

const today = async (tx: WorkspaceTx, now: Date): Promise<Day> => {
  const { timezone, asOfPin } = await workspaceSettings(tx);
  return dayOf(nowAsOf(now, asOfPin ? day(asOfPin) : null, timezone), timezone);
};

/** What the judgement of an account reads beside its usage. */
const JUDGED = ['status', 'contractStart', 'contract', 'fields'] as const satisfies (keyof AccountBody)[];

/**
 * Creates an account or changes what is named. One that is new, or judged by what changed, is judged anew. What is said of
 * an account that was merged is kept under its key, so that the surviving one is not renamed by it; a term counts there.
 */
export const put = async (deps: Deps, who: Who, externalId: string, body: AccountBody): Promise<AccountRecord> => {
  const now = deps.now();
  const { after, judge, beside } = await withWorkspace(deps.db, who.workspaceId, async (tx) => {
    if (body.parent !== undefined) await lockFamilies(tx);
    const existing = await accountRecord(tx, externalId);
    const before = existing && seen(who, existing);
    const { owner, contract, fields, parent, ...stated } = body;
    const { status: _status, ...named } = stated;
    const rest = before?.mergedInto ? named : stated;
    const change: AccountChange = {
      ...rest,
      ownerId: await ownerOf(tx, who, owner, before?.ownerId ?? null),
      fields: mergedFields(before?.fields ?? {}, fields),
    };
    if (before) await updateAccount(tx, before.id, change, now);
    const id = before?.id ?? (await create(tx, who, externalId, change, now));
    const judgedId = before?.mergedInto?.id ?? id;
    if (contract) await putContract(tx, judgedId, id, contract, now);
    const moved = parent === undefined ? [] : await putParent(tx, who, { id, externalId, name: body.name ?? before?.name ?? externalId }, parent, now);
    const stored = await accountRecord(tx, externalId);
    if (!stored) throw new Error(`account ${externalId} was not stored`);
    const dirty = !before || JUDGED.some((name) => body[name] !== undefined);
    if (dirty) await markRescore(tx, new Map([[judgedId, await today(tx, now)]]), now);
    await audit(tx, who, before ? 'account.change' : 'account.create', 'account', id, before && auditable(before), auditable(stored));
    return { after: told(who, stored), judge: dirty, beside: moved };
  });
  if (judge) wakeScoring(deps, who.workspaceId);
  await announce(deps.db, { workspaceId: who.workspaceId, kind: 'account', ids: [after.id, ...beside] });
  return after;
};

const putContract = async (tx: WorkspaceTx, accountId: string, statedFor: string, contract: NonNullable<AccountBody['contract']>, now: Date): Promise<void> => {
  const contractId = await replaceContract(tx, accountId, contract, now);
  if (statedFor !== accountId) await noteStated(tx, statedFor, 'contracts', [contractId]);
};

const create = async (tx: WorkspaceTx, who: Who, externalId: string, change: AccountChange, now: Date): Promise<string> => {
  const made = {
    ...change,
    externalId,
    name: change.name ?? externalId,
    createdVia: who.userId ? ('hand' as const) : ('api' as const),
    createdDay: await today(tx, now),
  };
  // A CSM who sees only their own accounts would lose sight of one that belongs to nobody.
  const id = await insertAccount(tx, who.ownAccountsOf ? { ...made, ownerId: who.ownAccountsOf } : made, now);
  if (!id) throw new Problem('conflict', 'This account was created at the same moment: send the change again');
  return id;
};

const auditable = ({ name, status, parent, owner, industry, plan, region, fields, contractStart, contracts }: AccountRecord) => ({
  name,
  status,
  parent: parent?.externalId ?? null,
  owner: owner?.email ?? null,
  industry,
  plan,
  region,
  fields,
  contractStart,
  contracts: contracts.map(({ startDay, endDay, commitment }) => ({ startDay, endDay, commitment })),
});

/** Gives accounts to a member, or to nobody; answers how many changed hands. */
export const assign = async (deps: Deps, who: Who, accountIds: readonly string[], ownerId: string | null): Promise<{ assigned: number }> => {
  const changed = await withWorkspace(deps.db, who.workspaceId, async (tx) => {
    if (ownerId && !(await isMember(tx, ownerId))) throw new Problem('rule-violated', 'The owner is not a member of this workspace');
    const moved = await assignAccounts(tx, accountIds, ownerId, deps.now());
    if (moved.length > 0) await audit(tx, who, 'account.assign', 'account', null, { accounts: moved }, { owner: ownerId });
    return moved;
  });
  if (changed.length > 0) await announce(deps.db, { workspaceId: who.workspaceId, kind: 'account', ids: changed.map(({ id }) => id) });
  return { assigned: changed.length };
};
