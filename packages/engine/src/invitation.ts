import { Problem } from '@tideline/contracts/problem';
import { announce } from '@tideline/db/live';
import { invitationByHash, openInvitations } from '@tideline/db/read/invitation';
import { members } from '@tideline/db/read/member';
import { personByEmail, personById } from '@tideline/db/read/person';
import { workspaceSettings } from '@tideline/db/read/workspace';
import { asSystem } from '@tideline/db/system';
import { isUuid, withWorkspace, type WorkspaceTx } from '@tideline/db/workspace';
import { audit } from '@tideline/db/write/audit';
import { claimInvitation, deleteInvitation, replaceInvitation } from '@tideline/db/write/invitation';
import { insertMember } from '@tideline/db/write/member';
import { insertPerson } from '@tideline/db/write/person';
import type { Role } from '@tideline/domain/role';
import type { Deps, Who } from './deps.ts';
import { hashPassword } from './password.ts';
import { hashOf, newToken, workspaceIn, workspacePrefix } from './token.ts';

const LINK_MS = 7 * 24 * 60 * 60_000;
const gone = () => new Problem('not-found', 'This invitation was accepted or withdrawn, has expired or never existed. Ask for a new one.');

/** Invitations nobody has accepted yet, expired ones included. */
export const list = (deps: Deps, who: Who) => withWorkspace(deps.db, who.workspaceId, openInvitations);

/** Invites an address with a role. `link` is null when the mail went out, else it is for the admin to hand over. */
export const invite = async (deps: Deps, who: Who, wanted: { email: string; role: Role }) => {
  const token = newToken(workspacePrefix(who.workspaceId));
  const now = deps.now();
  const { invitation, workspace } = await withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const taken = (await members(tx)).some((member) => member.email === wanted.email);
    if (taken) throw new Problem('conflict', `${wanted.email} is a member already`, { errors: [{ path: 'body.email', message: 'A member already' }] });
    const made = await replaceInvitation(tx, {
      ...wanted,
      tokenHash: token.hash,
      expiresAt: new Date(now.getTime() + LINK_MS),
      createdBy: who.userId,
      createdAt: now,
    });
    await audit(tx, who, 'invitation.create', 'invitation', made.id, null, wanted);
    return { invitation: made, workspace: (await workspaceSettings(tx)).name };
  });
  const link = `${deps.baseUrl}/invite/${token.text}`;
  const text = `Hello,\n\n${who.actor} invites you to ${workspace} on Tideline. The link works for seven days:\n${link}\n`;
  const { sent } = await deps.mail({ to: wanted.email, subject: `${who.actor} invites you to ${workspace}`, text });
  return { ...invitation, sent, link: sent ? null : link };
};

/** Withdraws an invitation; its link stops working. */
export const withdraw = (deps: Deps, who: Who, id: string): Promise<void> =>
  withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const email = await deleteInvitation(tx, id);
    if (!email) throw new Problem('not-found', 'There is no such invitation');
    await audit(tx, who, 'invitation.withdraw', 'invitation', id, { email }, null);
  });

type Opened = { workspaceId: string; id: string; email: string; role: string; expiresAt: Date; workspace: { name: string; slug: string } };

const openedBy = async (deps: Deps, token: string): Promise<Opened | null> => {
  const workspaceId = workspaceIn(token);
  if (!workspaceId || !isUuid(workspaceId)) return null;
  const found = await withWorkspace(deps.db, workspaceId, (tx) => invitationByHash(tx, hashOf(token), deps.now()));
  return found && { workspaceId, ...found };
};

/** What an invitation link offers, and whether the invited person has an account to sign in with; null when it opens nothing. */
export const look = async (deps: Deps, token: string): Promise<(Opened & { known: boolean }) | null> => {
  const opened = await openedBy(deps, token);
  if (!opened) return null;
  const person = await asSystem(deps.system, 'invitation', (tx) => personByEmail(tx, opened.email));
  return { ...opened, known: person !== null };
};

/** A new person accepts: they get an account under the invited address, and the role. */
export const accept = async (deps: Deps, given: { token: string; name: string; password: string }): Promise<{ workspace: string; email: string }> => {
  const opened = await openedBy(deps, given.token);
  if (!opened) throw gone(); // before hashing, which is costly by design
  const passwordHash = await hashPassword(given.password);
  const userId = await asSystem(deps.system, 'invitation', (tx) => insertPerson(tx, { email: opened.email, name: given.name, passwordHash }));
  if (!userId) throw new Problem('conflict', `${opened.email} has an account already: sign in to accept the invitation`);
  await joinAs(deps, opened, { userId, actor: given.name });
  return { workspace: opened.workspace.slug, email: opened.email };
};

/** A person who is signed in accepts; the invitation must be addressed to them. */
export const join = async (deps: Deps, userId: string, token: string): Promise<{ workspace: string }> => {
  const opened = await openedBy(deps, token);
  if (!opened) throw gone();
  const person = await asSystem(deps.system, 'invitation', (tx) => personById(tx, userId));
  if (person?.email !== opened.email) {
    throw new Problem(
      'not-allowed',
      `This invitation is for ${opened.email}. You are signed in as ${person?.email ?? 'someone else'}: sign out and in as the person invited.`,
    );
  }
  await joinAs(deps, opened, { userId, actor: person.name });
  return { workspace: opened.workspace.slug };
};

const joinAs = async (deps: Deps, opened: Opened, person: { userId: string; actor: string }): Promise<void> => {
  await withWorkspace(deps.db, opened.workspaceId, (tx) => use(tx, opened, person, deps.now()));
  await announce(deps.db, { workspaceId: opened.workspaceId, kind: 'member', ids: [person.userId] });
};

const use = async (tx: WorkspaceTx, opened: Opened, person: { userId: string; actor: string }, now: Date): Promise<void> => {
  if (!(await claimInvitation(tx, opened.id, now))) throw gone();
  await insertMember(tx, person.userId, opened.role);
  await audit(tx, person, 'member.join', 'member', person.userId, null, { email: opened.email, role: opened.role });
};
