import { Problem } from '@tideline/contracts/problem';
import { workspaceIdBySlug } from '@tideline/db/read/workspace';
import { asSystem } from '@tideline/db/system';
import type { Deps, Who } from './deps.ts';

/** Who acts at the command line: whoever may read the installation's secrets, so an admin. Throws `not-found` for an unknown address. */
export const atCommandLine = async (deps: Deps, slug: string): Promise<Who> => {
  const workspaceId = await asSystem(deps.system, 'command line', (tx) => workspaceIdBySlug(tx, slug));
  if (!workspaceId) throw new Problem('not-found', `There is no workspace "${slug}": its name is the last part of its address, /w/${slug}`);
  return { workspaceId, userId: null, role: 'ADMIN', actor: 'command line', ownAccountsOf: null };
};
