import { Problem } from '@tideline/contracts/problem';
import { isUnclaimed } from '@tideline/db/read/person';
import { asSystem } from '@tideline/db/system';
import { withWorkspace } from '@tideline/db/workspace';
import { audit } from '@tideline/db/write/audit';
import { insertFirstAdmin } from '@tideline/db/write/member';
import { claimSetupLink, insertSetupLink, isOpenSetupLink } from '@tideline/db/write/one-time-link';
import { insertPerson } from '@tideline/db/write/person';
import { insertWorkspace, type NewWorkspace } from '@tideline/db/write/workspace';
import type { Deps } from './deps.ts';
import { hashPassword } from './password.ts';
import { setUpWorkspace } from './set-up-workspace.ts';
import { hashOf, newToken } from './token.ts';

const LINK_MS = 24 * 60 * 60_000;
type SystemTx = Parameters<Parameters<typeof asSystem>[2]>[0];

const gone = () => new Problem('not-found', 'This link was used, has expired or never existed. Make a new one on the server: pnpm tideline setup-link');

/** Makes the link with which the first workspace is created; null when the installation has one already. */
export const createLink = async (deps: Deps): Promise<{ link: string; expiresAt: Date } | null> => {
  const token = newToken();
  const expiresAt = new Date(deps.now().getTime() + LINK_MS);
  const made = await asSystem(deps.system, 'setup', async (tx) => {
    if (!(await isUnclaimed(tx))) return false;
    await insertSetupLink(tx, { tokenHash: token.hash, expiresAt });
    return true;
  });
  return made ? { link: `${deps.baseUrl}/setup/${token.text}`, expiresAt } : null;
};

/** Whether nobody has set up this installation yet. */
export const isEmpty = (deps: Deps): Promise<boolean> => asSystem(deps.system, 'setup', isUnclaimed);

/** Whether this token may set up the installation. */
export const mayClaim = (deps: Deps, token: string): Promise<boolean> =>
  asSystem(deps.system, 'setup', async (tx) => (await isOpenSetupLink(tx, hashOf(token), deps.now())) && (await isUnclaimed(tx)));

type Claim = { token: string; name: string; email: string; password: string; workspace: NewWorkspace };

/** Makes the first workspace and its admin: once, and only with the link. */
export const claim = async (deps: Deps, given: Claim): Promise<{ workspace: string; email: string }> => {
  if (!(await mayClaim(deps, given.token))) throw gone(); // before hashing, which is costly by design
  const passwordHash = await hashPassword(given.password);
  const made = await asSystem(deps.system, 'setup', async (tx) => {
    if (!(await claimSetupLink(tx, hashOf(given.token), deps.now()))) throw gone();
    const userId = await insertPerson(tx, { email: given.email, name: given.name, passwordHash });
    if (!userId) throw new Problem('conflict', `${given.email} already belongs to someone here`);
    return { userId, workspaceId: await makeWorkspace(tx, given.workspace, userId) };
  });
  const first = { userId: made.userId, actor: given.name };
  await withWorkspace(deps.db, made.workspaceId, async (tx) => {
    await setUpWorkspace(tx, deps.now());
    await audit(tx, first, 'workspace.create', 'workspace', made.workspaceId, null, given.workspace);
  });
  return { workspace: given.workspace.slug, email: given.email };
};

/** A workspace with its first admin; `conflict` when the address is taken. */
export const makeWorkspace = async (tx: SystemTx, workspace: NewWorkspace, userId: string): Promise<string> => {
  const id = await insertWorkspace(tx, workspace);
  if (!id) throw new Problem('conflict', `The address /w/${workspace.slug} is taken: choose another`, { errors: [{ path: 'body.slug', message: 'Taken' }] });
  await insertFirstAdmin(tx, id, userId);
  return id;
};
