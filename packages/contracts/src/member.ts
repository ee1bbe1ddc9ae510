import { ROLES } from '@tideline/domain/role';
import * as z from 'zod';
import { op } from './operation.ts';
import { Email, Id, IdParams, Nothing, TimeOut } from './value.ts';

export const RoleName = z.enum(ROLES);

export const Member = z
  .object({ userId: Id, name: z.string(), email: z.string(), role: RoleName, since: TimeOut, accounts: z.int().meta({ description: 'accounts they own' }) })
  .meta({ id: 'Member' });

export const Invitation = z.object({ id: Id, email: z.string(), role: RoleName, expiresAt: TimeOut, createdAt: TimeOut }).meta({ id: 'Invitation' });

/** `link` is there only when no mail went out: whoever invited hands it over. It cannot be shown again. */
const HandedLink = z.object({ sent: z.boolean(), link: z.string().nullable(), expiresAt: TimeOut });

export const InviteBody = z.object({ email: Email, role: RoleName });

const members = { tag: 'Members', permission: 'member.manage' } as const;
const MemberParams = z.object({ userId: Id });

export const memberOperations = {
  listMembers: op({
    method: 'GET',
    path: '/members',
    summary: 'Members of the workspace and the accounts they own',
    tag: 'Members',
    permission: 'account.read',
    key: 'read',
    reply: z.object({ items: z.array(Member) }),
  }),
  changeRole: op({
    ...members,
    method: 'PATCH',
    path: '/members/{userId}',
    summary: 'Change a role; takes effect with the next request',
    params: MemberParams,
    body: z.object({ role: RoleName }),
    reply: Nothing,
  }),
  removeMember: op({
    ...members,
    method: 'DELETE',
    path: '/members/{userId}',
    summary: 'Remove a member; what they owned becomes unassigned',
    params: MemberParams,
    reply: z.object({ accounts: z.int(), tasks: z.int() }),
  }),
  linkToReset: op({
    ...members,
    method: 'POST',
    path: '/members/{userId}/reset-link',
    summary: 'Make a one-time link with which a member sets a new password',
    params: MemberParams,
    reply: HandedLink,
    status: 201,
  }),
  listInvitations: op({
    ...members,
    method: 'GET',
    path: '/invitations',
    summary: 'Invitations not yet accepted',
    reply: z.object({ items: z.array(Invitation) }),
  }),
  invite: op({
    ...members,
    method: 'POST',
    path: '/invitations',
    summary: 'Invite a person by a link that expires after seven days',
    body: InviteBody,
    reply: Invitation.extend({ sent: z.boolean(), link: z.string().nullable() }),
    status: 201,
  }),
  withdrawInvitation: op({
    ...members,
    method: 'DELETE',
    path: '/invitations/{id}',
    summary: 'Withdraw an invitation',
    params: IdParams,
    reply: Nothing,
  }),
};
