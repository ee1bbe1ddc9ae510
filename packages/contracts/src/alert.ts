import { alertKinds, alertMoves, type AlertKind, type AlertMove, type AlertState } from '@tideline/domain/alert';
import { segments, type Segment } from '@tideline/domain/segment';
import { snoozeReasons, type SnoozeReason } from '@tideline/domain/snooze';
import * as z from 'zod';
import { op } from './operation.ts';
import { PageQuery, pageOf } from './page.ts';
import { DayOut, DayText, DecimalText, Id, TimeOut } from './value.ts';

const ALERT_STATES = ['open', 'acknowledged', 'snoozed', 'resolved'] as const satisfies readonly AlertState[];
const ALERT_KINDS = Object.keys(alertKinds) as [AlertKind, ...AlertKind[]];
const REASONS = Object.keys(snoozeReasons) as [SnoozeReason, ...SnoozeReason[]];
const SEGMENTS = Object.keys(segments) as [Segment, ...Segment[]];

export const Person = z.object({ id: Id, name: z.string() }).meta({ id: 'Person' });
const Judged = z.object({ health: z.number().nullable(), segment: z.enum(SEGMENTS) });

/** What an alert or task is about, as it stands now. `stake` is money at stake; null before a first score. */
export const WorkAccount = z
  .object({
    id: Id,
    externalId: z.string(),
    name: z.string(),
    owner: Person.nullable(),
    health: z.number().nullable(),
    segment: z.enum(SEGMENTS).nullable(),
    stake: DecimalText.nullable(),
  })
  .meta({ id: 'WorkAccount' });

export const Alert = z
  .object({
    id: Id,
    state: z.enum(ALERT_STATES),
    openedOn: DayOut.meta({ description: 'the day that was judged' }),
    openedAt: TimeOut,
    sentence: z.string(),
    evidence: z
      .object({ rule: z.record(z.string(), z.unknown()), day: DayOut, before: Judged.nullable(), after: Judged, reason: z.string().nullable() })
      .meta({ description: 'the facts as they were' }),
    digest: z.boolean().meta({ description: 'fired while days were closed late; told together with others' }),
    rule: z.object({ id: Id, name: z.string(), kind: z.enum(ALERT_KINDS) }),
    account: WorkAccount,
    assignee: Person.nullable(),
    acknowledgedAt: TimeOut.nullable(),
    acknowledgedBy: Person.nullable(),
    snoozedUntil: DayOut.nullable(),
    snoozeReason: z.string().nullable(),
    resolvedOn: DayOut.nullable(),
    resolvedAt: TimeOut.nullable(),
    resolvedBy: Person.nullable().meta({ description: 'null on a resolved alert: it cleared by itself' }),
    resolution: z.string().nullable(),
    tasks: z
      .array(z.object({ id: Id, title: z.string(), state: z.enum(['open', 'done', 'dismissed']), outcome: z.string().nullable() }))
      .meta({ description: 'what was done, and what came of it' }),
  })
  .meta({ id: 'Alert' });

/** `active` is every state but resolved. Owners: `me`, `unassigned` or a member's id. */
export const AlertFilter = z.object({
  state: z.enum([...ALERT_STATES, 'active']).default('active'),
  owner: z.union([z.literal('me'), z.literal('unassigned'), Id]).optional(),
  rule: Id.optional(),
  account: Id.optional(),
});
export const AlertQuery = AlertFilter.extend({ sort: z.enum(['newest', 'stake']).default('newest') }).extend(PageQuery.shape);

const Note = z.string().trim().max(2_000);
const Ids = z.array(Id).min(1, { error: 'Choose at least one' }).max(500);
/** One move for one or many. */
export const AlertMoveBody = z.discriminatedUnion('move', [
  z.object({ move: z.literal('acknowledge' satisfies AlertMove), ids: Ids }),
  z.object({ move: z.literal('snooze' satisfies AlertMove), ids: Ids, until: DayText, reason: z.enum(REASONS).default('other'), note: Note.default('') }),
  z.object({ move: z.literal('wake' satisfies AlertMove), ids: Ids }),
  z.object({ move: z.literal('resolve' satisfies AlertMove), ids: Ids, resolution: Note.default('') }),
  z.object({ move: z.literal('assign'), ids: Ids, assignee: Id.nullable() }),
]);

/** What a bulk move did: the rows it changed, and why it left the others. */
export const Moved = z.object({ changed: z.array(Id), refused: z.array(z.object({ id: Id, why: z.string() })) }).meta({ id: 'Moved' });
export const alertMoveLabels = { ...alertMoves, assign: { label: 'Assign' } } as const;

export const alertOperations = {
  listAlerts: op({
    method: 'GET',
    path: '/alerts',
    summary: 'Alerts, the newest or the dearest first',
    tag: 'Alerts',
    key: 'read',
    permission: 'account.read',
    query: AlertQuery,
    reply: pageOf(Alert),
  }),
  countAlerts: op({
    method: 'GET',
    path: '/alerts/counts',
    summary: 'How many alerts are in each state',
    tag: 'Alerts',
    key: 'read',
    permission: 'account.read',
    query: AlertFilter.omit({ state: true }),
    reply: z.object({ open: z.int(), acknowledged: z.int(), snoozed: z.int(), resolved: z.int() }),
  }),
  moveAlerts: op({
    method: 'POST',
    path: '/alerts/move',
    summary: 'Acknowledge, assign, snooze, wake or resolve alerts',
    tag: 'Alerts',
    key: 'manage',
    permission: 'alert.write',
    body: AlertMoveBody,
    reply: Moved,
  }),
};
