import { Problem } from '@tideline/contracts/problem';
import { announce } from '@tideline/db/live';
import { lockAdmins, memberOf, members } from '@tideline/db/read/member';
import { withWorkspace, type WorkspaceTx } from '@tideline/db/workspace';
import { audit } from '@tideline/db/write/audit';
import { deleteMember, updateMemberRole } from '@tideline/db/write/member';
import type { Role } from '@tideline/domain/role';
import type { Deps, Who } from './deps.ts';

/** Everyone in the workspace, with the accounts they own. */
export const list = (deps: Deps, who: Who) => withWorkspace(deps.db, who.workspaceId, members);

const existing = async (tx: WorkspaceTx, userId: string) => {
  const member = await memberOf(tx, userId);
  if (!member) throw new Problem('not-found', 'There is no such member');
  return member;
};

/** A workspace without an admin could never be managed again. */
const keepAnAdmin = async (tx: WorkspaceTx, userId: string, verb: string): Promise<void> => {
  const admins = await lockAdmins(tx);
  if (admins.length === 1 && admins[0] === userId) {
    throw new Problem('rule-violated', `This is the last admin: make someone else an admin before you ${verb} them`);
  }
};

/** Changes a role; the member's next request is judged by it. */
export const changeRole = async (deps: Deps, who: Who, userId: string, role: Role): Promise<void> => {
  await withWorkspace(deps.db, who.workspaceId, async (tx) => {
    if (role !== 'ADMIN') await keepAnAdmin(tx, userId, 'demote');
    const member = await existing(tx, userId);
    if (member.role === role) return;
    await updateMemberRole(tx, userId, role);
    await audit(tx, who, 'member.role', 'member', userId, { email: member.user.email, role: member.role }, { email: member.user.email, role });
  });
  await announce(deps.db, { workspaceId: who.workspaceId, kind: 'member', ids: [userId] });
};

/** Removes a member; answers how many accounts and open tasks are unassigned now. */
export const remove = async (deps: Deps, who: Who, userId: string): Promise<{ accounts: number; tasks: number }> => {
  const left = await withWorkspace(deps.db, who.workspaceId, async (tx) => {
    await keepAnAdmin(tx, userId, 'remove');
    const member = await existing(tx, userId);
    const unassigned = await deleteMember(tx, userId);
    await audit(tx, who, 'member.remove', 'member', userId, { email: member.user.email, role: member.role }, unassigned);
    return unassigned;
  });
  await announce(deps.db, { workspaceId: who.workspaceId, kind: 'member', ids: [userId] });
  // Without ids, because they may be thousands: every list reads again.
  if (left.accounts > 0) await announce(deps.db, { workspaceId: who.workspaceId, kind: 'account' });
  return left;
};
