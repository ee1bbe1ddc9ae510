import { Problem } from '@tideline/contracts/problem';
import { memberOf } from '@tideline/db/read/member';
import { personByEmail, workspacesOf } from '@tideline/db/read/person';
import { asSystem } from '@tideline/db/system';
import { withWorkspace } from '@tideline/db/workspace';
import { audit } from '@tideline/db/write/audit';
import { claimPasswordReset, insertPasswordReset, openPasswordReset } from '@tideline/db/write/one-time-link';
import { setPassword } from '@tideline/db/write/person';
import type { Deps, Who } from './deps.ts';
import { hashPassword } from './password.ts';
import { countOrRefuse, forgive } from './throttle.ts';
import { hashOf, newToken } from './token.ts';

const MAILED_MS = 60 * 60_000;
const HANDED_MS = 24 * 60 * 60_000;

const linkOf = (deps: Deps, token: string): string => `${deps.baseUrl}/reset/${token}`;
const gone = () => new Problem('not-found', 'This link was used, has expired or never existed. Ask for a new one.');

/** Mails a link to set a password. Answers alike, and as fast, whether the person exists. */
export const ask = async (deps: Deps, given: { email: string; address: string }): Promise<void> => {
  await countOrRefuse(deps, { purpose: 'reset', ...given });
  const token = newToken();
  const expiresAt = new Date(deps.now().getTime() + MAILED_MS);
  const person = await asSystem(deps.system, 'password reset', async (tx) => {
    const found = await personByEmail(tx, given.email);
    if (found) await insertPasswordReset(tx, found.id, { tokenHash: token.hash, expiresAt });
    return found;
  });
  if (!person) return;
  const text = `Hello ${person.name},\n\nopen this link within an hour to set a new password for Tideline:\n${linkOf(deps, token.text)}\n\nIf you did not ask for it, nothing has changed and you need do nothing.\n`;
  // Not awaited: a mail server's pace would tell who has an account.
  deps.mail({ to: person.email, subject: 'Set a new password for Tideline', text }).catch((error: unknown) => {
    deps.log.error({ err: error }, 'the mail with a reset link could not be sent');
  });
};

/**
 * Makes a link for a member, for an admin to hand over. Only where the admin administers every workspace the
 * person belongs to: the link opens them all.
 */
export const linkFor = async (deps: Deps, who: Who, userId: string): Promise<{ link: string | null; sent: boolean; expiresAt: Date }> => {
  const member = await withWorkspace(deps.db, who.workspaceId, (tx) => memberOf(tx, userId));
  if (!member) throw new Problem('not-found', 'There is no such member');
  const token = newToken();
  const expiresAt = new Date(deps.now().getTime() + HANDED_MS);
  const { theirs, mine } = await asSystem(deps.system, 'password reset', async (tx) => ({
    theirs: await workspacesOf(tx, userId),
    mine: who.userId ? await workspacesOf(tx, who.userId) : [],
  }));
  const administered = new Set(mine.filter((workspace) => workspace.role === 'ADMIN').map((workspace) => workspace.id));
  const mayHand = theirs.every((workspace) => administered.has(workspace.id));
  if (!mayHand) {
    throw new Problem(
      'rule-violated',
      `${member.user.name} also belongs to a workspace you do not administer: they ask for a new password on the sign-in page`,
    );
  }
  await asSystem(deps.system, 'password reset', (tx) => insertPasswordReset(tx, userId, { tokenHash: token.hash, expiresAt }));
  await withWorkspace(deps.db, who.workspaceId, (tx) => audit(tx, who, 'member.reset-link', 'member', userId, null, { email: member.user.email }));
  const link = linkOf(deps, token.text);
  const text = `Hello ${member.user.name},\n\n${who.actor} made you a link to set a new password for Tideline. It works once, for a day:\n${link}\n`;
  const { sent } = await deps.mail({ to: member.user.email, subject: 'Set a new password for Tideline', text });
  return { sent, link: sent ? null : link, expiresAt };
};

/** Whose password a link sets; null when it opens nothing. */
export const look = async (deps: Deps, token: string): Promise<{ email: string; name: string } | null> => {
  const found = await asSystem(deps.system, 'password reset', (tx) => openPasswordReset(tx, hashOf(token), deps.now()));
  return found && found.user;
};

/** Sets the password and ends every session of the person. The link works once. */
export const reset = async (deps: Deps, given: { token: string; password: string; address: string }): Promise<{ email: string }> => {
  const person = await look(deps, given.token);
  if (!person) throw gone(); // before hashing, which is costly by design
  const passwordHash = await hashPassword(given.password);
  await asSystem(deps.system, 'password reset', async (tx) => {
    const userId = await claimPasswordReset(tx, hashOf(given.token), deps.now());
    if (!userId) throw gone();
    await setPassword(tx, userId, passwordHash);
  });
  await forgive(deps, { purpose: 'sign-in', email: person.email, address: given.address });
  return { email: person.email };
};
