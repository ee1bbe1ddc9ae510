import { Problem } from '@tideline/contracts/problem';
import { workspaceIdBySlug, workspaceSlugs } from '@tideline/db/read/workspace';
import { asSystem } from '@tideline/db/system';
import type { Deps, Who } from './deps.ts';

/** Who acts at the command line: whoever may read the installation's secrets, so an admin. Without a name, in the one workspace there is. Throws `not-found` for an unknown address. */
export const atCommandLine = async (deps: Deps, named: string | undefined): Promise<Who> => {
  const slug = named ?? (await onlyWorkspace(deps));
  const workspaceId = await asSystem(deps.system, 'command line', (tx) => workspaceIdBySlug(tx, slug));
  if (!workspaceId) throw new Problem('not-found', `There is no workspace "${slug}": its name is the last part of its address, /w/${slug}`);
  return { workspaceId, userId: null, role: 'ADMIN', actor: 'command line', ownAccountsOf: null };
};

const onlyWorkspace = async (deps: Deps): Promise<string> => {
  const slugs = await asSystem(deps.system, 'command line', workspaceSlugs);
  const [only] = slugs;
  if (slugs.length === 1 && only !== undefined) return only;
  const which = slugs.length === 0 ? 'there is none yet' : `there are ${slugs.join(', ')}`;
  throw new Problem('invalid-request', `Say which workspace with --workspace: ${which}`);
};
