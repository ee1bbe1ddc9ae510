import { isRetentionKey } from '@tideline/domain/retention';
import * as z from 'zod';
import { op } from './operation.ts';
import { Currency, DayOut, DayText, Id, Name, Slug, TimeZone } from './value.ts';

export const UNKNOWN_ACCOUNTS = ['create', 'refuse'] as const;
export const CSM_SCOPES = ['all', 'own'] as const;

export const WorkspaceSettings = z
  .object({
    id: Id,
    slug: z.string(),
    name: z.string(),
    timezone: z.string(),
    currency: z.string(),
    asOfPin: DayOut.nullable().meta({ description: 'the day everything is judged as on; null = the last complete day' }),
    closedThrough: DayOut.nullable().meta({ description: 'the last day that was closed' }),
    unknownAccounts: z.enum(UNKNOWN_ACCOUNTS).meta({ description: 'what an event for an account nobody named does' }),
    csmScope: z.enum(CSM_SCOPES).meta({ description: 'own = CSMs see only the accounts they own' }),
    nrrDefinition: z.string().nullable().meta({ description: 'null = the longest the history allows' }),
    nrrTarget: z.string().meta({ description: 'ratio as decimal text; 1.2 = 120%' }),
    newLogoMonths: z.int(),
    retentionDays: z.int().nullable().meta({ description: 'how long raw events are kept; null = for ever' }),
    rawFrom: DayOut.nullable().meta({ description: 'the first day of which raw events are whole; null = all are' }),
    eventsPerMinute: z.int().meta({ description: 'how many events may come in a minute' }),
  })
  .meta({ id: 'Workspace' });

export const WorkspaceChange = z
  .object({
    name: Name,
    timezone: TimeZone,
    currency: Currency,
    asOfPin: DayText.nullable(),
    unknownAccounts: z.enum(UNKNOWN_ACCOUNTS),
    csmScope: z.enum(CSM_SCOPES),
    nrrDefinition: z.string().refine(isRetentionKey, { error: 'There is no such definition of retention' }).nullable(),
    nrrTarget: z
      .string()
      .regex(/^\d(\.\d{1,4})?$/, { error: 'Write a ratio, for example 1.2 for 120%' })
      .refine((text) => Number(text) > 0, { error: 'The target must be above zero' }),
    newLogoMonths: z.int().min(1).max(36),
    retentionDays: z.int().min(30, { error: 'Keep events for 30 days at least' }).max(3_650).nullable(),
  })
  .partial()
  .refine((change) => Object.keys(change).length > 0, { error: 'Name at least one setting' });

/** A new workspace: its address is `/w/{slug}` and never changes. */
export const NewWorkspace = z.object({ name: Name, slug: Slug, timezone: TimeZone, currency: Currency });

export const workspaceOperations = {
  getWorkspace: op({
    method: 'GET',
    path: '/workspace',
    summary: 'The workspace and its settings',
    tag: 'Workspace',
    permission: 'account.read',
    key: 'read',
    reply: WorkspaceSettings,
  }),
  changeWorkspace: op({
    method: 'PATCH',
    path: '/workspace',
    summary: 'Change settings; moving the as-of day on closes the days between',
    tag: 'Workspace',
    permission: 'workspace.manage',
    key: 'manage',
    body: WorkspaceChange,
    reply: WorkspaceSettings,
  }),
};
