/** Who may do what: one table, read by server and screen alike. */
export const ROLES = ['ADMIN', 'LEADER', 'CSM', 'VIEWER'] as const;
export type Role = (typeof ROLES)[number];
export const isRole = (text: string): text is Role => (ROLES as readonly string[]).includes(text);

const all: readonly Role[] = ROLES;
const workers: readonly Role[] = ['ADMIN', 'LEADER', 'CSM'];
const leads: readonly Role[] = ['ADMIN', 'LEADER'];
const admins: readonly Role[] = ['ADMIN'];

export const permissions = {
  'account.read': { roles: all, words: 'see accounts, scores and usage' },
  'account.act': { roles: workers, words: 'mark done, snooze, log notes and touches' },
  'account.edit': { roles: workers, words: 'change account fields' },
  'account.assign': { roles: leads, words: 'assign accounts to owners' },
  'alert.write': { roles: workers, words: 'acknowledge, assign, snooze and resolve alerts' },
  'task.write': { roles: workers, words: 'create, assign and close tasks' },
  'revenue.read': { roles: all, words: 'see revenue and retention' },
  'view.share': { roles: workers, words: 'share saved views with the workspace' },
  'model.draft': { roles: leads, words: 'draft and preview health models' },
  'model.publish': { roles: admins, words: 'publish health models' },
  'meter.write': { roles: admins, words: 'change meters, prices and milestones' },
  'rule.write': { roles: admins, words: 'change alert rules' },
  'webhook.write': { roles: admins, words: 'manage webhook endpoints' },
  'account.merge': { roles: admins, words: 'merge accounts' },
  'event.correct': { roles: admins, words: 'take back and replace events' },
  'import.run': { roles: admins, words: 'import files' },
  'member.manage': { roles: admins, words: 'invite, change and remove members' },
  'key.manage': { roles: admins, words: 'create and revoke API keys' },
  'workspace.manage': { roles: admins, words: 'change workspace settings and the as-of day' },
  'audit.read': { roles: admins, words: 'read the audit log' },
} as const satisfies Record<string, { roles: readonly Role[]; words: string }>;

export type Permission = keyof typeof permissions;

export const may = (role: Role, permission: Permission): boolean => permissions[permission].roles.includes(role);
