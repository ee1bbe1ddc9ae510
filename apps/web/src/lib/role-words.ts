import type { Role } from '@tideline/domain/role';

/** Roles as people say them, and what each is for. */
export const roleWords = {
  ADMIN: { label: 'Admin', help: 'Everything, including people, keys, meters and models' },
  LEADER: { label: 'Leader', help: 'The whole book and revenue; assigns accounts, drafts models' },
  CSM: { label: 'CSM', help: 'Works accounts: alerts, tasks, touches, snoozes' },
  VIEWER: { label: 'Viewer', help: 'Sees everything about accounts, changes nothing' },
} as const satisfies Record<Role, { label: string; help: string }>;

export const roleNames = Object.entries(roleWords).map(([value, { label }]) => ({ value: value as Role, label }));
