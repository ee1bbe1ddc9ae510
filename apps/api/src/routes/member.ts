import type { memberOperations } from '@tideline/contracts/member';
import * as invitation from '@tideline/engine/invitation';
import * as member from '@tideline/engine/member';
import * as passwordReset from '@tideline/engine/password-reset';
import type { Routes } from '../serve.ts';

export const memberRoutes = {
  listMembers: async ({ deps, who }) => ({ items: (await member.list(deps, who)).map((row) => ({ ...row, since: row.since.toISOString() })) }),
  changeRole: async ({ deps, who, params, body }) => {
    await member.changeRole(deps, who, params.userId, body.role);
    return {};
  },
  removeMember: ({ deps, who, params }) => member.remove(deps, who, params.userId),
  linkToReset: async ({ deps, who, params }) => {
    const made = await passwordReset.linkFor(deps, who, params.userId);
    return { ...made, expiresAt: made.expiresAt.toISOString() };
  },
  listInvitations: async ({ deps, who }) => ({ items: (await invitation.list(deps, who)).map(inText) }),
  invite: async ({ deps, who, body }) => inText(await invitation.invite(deps, who, body)),
  withdrawInvitation: async ({ deps, who, params }) => {
    await invitation.withdraw(deps, who, params.id);
    return {};
  },
} satisfies Routes<typeof memberOperations>;

const inText = <T extends { expiresAt: Date; createdAt: Date }>(row: T) => ({
  ...row,
  expiresAt: row.expiresAt.toISOString(),
  createdAt: row.createdAt.toISOString(),
});
