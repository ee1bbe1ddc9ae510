import { may, type Permission, type Role } from '@tideline/domain/role';
import type { ScreenKey } from '../shell/screens.ts';

/** What a role must be allowed for a screen to be of use to it; screens not named are for everyone. */
const needed = {
  healthModel: 'model.draft',
  webhooks: 'webhook.write',
  data: 'import.run',
  members: 'member.manage',
  keys: 'key.manage',
  workspace: 'workspace.manage',
  audit: 'audit.read',
} as const satisfies Partial<Record<ScreenKey, Permission>>;

/** The screens a role does not see. */
export const hiddenFrom = (role: Role): ScreenKey[] =>
  (Object.entries(needed) as [ScreenKey, Permission][]).filter(([, permission]) => !may(role, permission)).map(([key]) => key);

/** The screen a role starts the day with. */
export const homeOf = (role: Role): ScreenKey => (role === 'LEADER' ? 'revenue' : 'triage');
