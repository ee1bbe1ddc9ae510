import type { Role } from '@tideline/domain/role';
import { aMember, aWorkspace, type World } from '@tideline/testkit/build';
import type { Who } from './deps.ts';
import { hashPassword } from './password.ts';

export type Person = Who & { userId: string; email: string; slug: string };

export const PASSWORD = 'correct horse battery';

/** A workspace of its own; answers its id and address. */
export const aSlug = async (world: World): Promise<{ workspaceId: string; slug: string }> => {
  const workspaceId = await aWorkspace(world.arrange);
  const [row] = await world.arrange('SELECT slug FROM workspace WHERE id = $1', [workspaceId]);
  return { workspaceId, slug: String(row?.slug) };
};

/** A member with a role, a password and an address to sign in with. */
export const aPerson = async (world: World, at: { workspaceId: string; slug: string }, role: Role, name = 'Ada'): Promise<Person> => {
  const userId = await aMember(world.arrange, at.workspaceId, { name, role });
  const [row] = await world.arrange('UPDATE app_user SET password_hash = $2 WHERE id = $1 RETURNING email', [userId, await hashPassword(PASSWORD)]);
  return { ...at, userId, role, actor: name, ownAccountsOf: null, email: String(row?.email) };
};

/** The one-time text at the end of a link. */
export const tokenIn = (text: string): string => /\/(?:reset|invite|setup)\/([\w-]+)/.exec(text)?.[1] ?? '';
