import * as z from 'zod';
import { op } from './operation.ts';
import { PageQuery, pageOf } from './page.ts';
import { DayText, Id, TimeOut } from './value.ts';

export const AuditEntry = z
  .object({
    id: Id,
    at: TimeOut,
    actorId: Id.nullable(),
    actor: z.string(),
    action: z.string().meta({ examples: ['meter.create'] }),
    target: z.string(),
    targetId: z.string().nullable(),
    before: z.record(z.string(), z.unknown()).nullable(),
    after: z.record(z.string(), z.unknown()).nullable(),
  })
  .meta({ id: 'AuditEntry' });

/** `from` and `to` are days in the workspace's zone, both included. */
export const AuditQuery = PageQuery.extend({ actor: Id.optional(), target: z.string().max(60).optional(), from: DayText.optional(), to: DayText.optional() });

export const auditOperations = {
  listAudit: op({
    method: 'GET',
    path: '/audit',
    summary: 'Who changed what, the newest first',
    tag: 'Audit log',
    permission: 'audit.read',
    key: 'manage',
    query: AuditQuery,
    reply: pageOf(AuditEntry),
  }),
};
