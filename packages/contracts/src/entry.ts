import * as z from 'zod';
import type { Operation } from './operation.ts';
import { Email, PersonName, Nothing } from './value.ts';
import { NewWorkspace } from './workspace.ts';

/**
 * What happens before a workspace is known: below `/api/v1/entry`, by cookie or by nobody, never by key.
 * `who`: 'person' needs a session, 'anyone' carries its right in the body (a one-time token) or needs none.
 */
export type EntryOperation = Omit<Operation, 'key' | 'permission' | 'upload' | 'download' | 'params' | 'query'> & { who: 'anyone' | 'person' };
const entry = <const O extends EntryOperation>(operation: O): O => operation;

export const PASSWORD_MIN = 10;
/** Length alone: rules about digits and signs make passwords worse. The bound keeps hashing cheap. */
export const Password = z
  .string()
  .min(PASSWORD_MIN, { error: `Use at least ${PASSWORD_MIN} characters` })
  .max(200, { error: 'Use at most 200 characters' });
const Token = z.string().min(1).max(200);
const Door = z.object({ workspace: z.string().meta({ description: 'address of the workspace: /w/{workspace}' }) });

export const AskResetBody = z.object({ email: Email });
export const SetPasswordBody = z.object({ token: Token, password: Password });
export const ChangePasswordBody = z.object({ current: z.string().min(1, { error: 'Enter your current password' }).max(200), password: Password });
export const AcceptBody = z.object({ token: Token, name: PersonName, password: Password });
export const SetupBody = z.object({ token: Token, name: PersonName, email: Email, password: Password, workspace: NewWorkspace });

const open = { method: 'POST', tag: 'Entry', who: 'anyone' } as const;
const own = { method: 'POST', tag: 'Entry', who: 'person' } as const;

export const entryOperations = {
  askReset: entry({
    ...open,
    path: '/reset-request',
    summary: 'Ask for a link to set a new password; answers alike whether the person exists',
    body: AskResetBody,
    reply: Nothing,
  }),
  setPassword: entry({
    ...open,
    path: '/reset',
    summary: 'Set a new password with a one-time link; ends every session',
    body: SetPasswordBody,
    reply: z.object({ email: z.string() }),
  }),
  acceptInvitation: entry({
    ...open,
    path: '/invitation',
    summary: 'Accept an invitation as a new person',
    body: AcceptBody,
    reply: Door.extend({ email: z.string() }),
  }),
  joinByInvitation: entry({
    ...own,
    path: '/join',
    summary: 'Accept an invitation as the person who is signed in',
    body: z.object({ token: Token }),
    reply: Door,
  }),
  setUpInstallation: entry({
    ...open,
    path: '/setup',
    summary: 'Make the first workspace and its admin',
    body: SetupBody,
    reply: Door.extend({ email: z.string() }),
  }),
  createWorkspace: entry({
    ...own,
    path: '/workspaces',
    summary: 'Make a further workspace and become its admin',
    body: NewWorkspace,
    reply: Door,
    status: 201,
  }),
  changePassword: entry({
    ...own,
    path: '/password',
    summary: 'Set a new password with the current one; ends every session, this one too',
    body: ChangePasswordBody,
    reply: z.object({ email: z.string() }),
  }),
  endSessions: entry({ ...own, path: '/end-sessions', summary: 'Sign out everywhere', reply: Nothing }),
};
export type EntryOperations = typeof entryOperations;
export type EntryName = keyof EntryOperations;
