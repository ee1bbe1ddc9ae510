import { alertRuleProblem, type AlertRule as Rule, type Severity } from '@tideline/domain/alert';
import { segments, type Segment } from '@tideline/domain/segment';
import * as z from 'zod';
import { op } from './operation.ts';
import { Id, IdParams, Name, Nothing, TimeOut } from './value.ts';

const SEGMENTS = Object.keys(segments) as [Segment, ...Segment[]];
const SEVERITIES = ['urgent', 'high', 'normal', 'low'] as const satisfies readonly Severity[];

const common = {
  severity: z.enum(SEVERITIES).default('high').meta({ description: 'how soon the task is due' }),
  coolDownDays: z.int().min(0).max(365).default(7).meta({ description: 'days it keeps quiet about an account after resolving' }),
};
/** What fires: the kinds of `domain/alert`, checked by it. */
export const Condition = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('health_below'), threshold: z.number().min(0).max(100).default(50), clear: z.number().min(0).max(100).default(54), ...common }),
    z.object({ kind: z.literal('segment_entered'), segments: z.array(z.enum(SEGMENTS)), ...common }),
  ])
  .superRefine((rule, context) => {
    const problem = alertRuleProblem(rule satisfies Rule);
    if (problem) context.addIssue({ code: 'custom', message: problem });
  });

export const AlertRule = z
  .object({
    id: Id,
    name: z.string(),
    enabled: z.boolean(),
    condition: z.record(z.string(), z.unknown()).meta({ description: 'kind and its settings, as they were sent' }),
    open: z.int().meta({ description: 'alerts not resolved' }),
    fired: z.int().meta({ description: 'alerts ever' }),
    fired28: z.int().meta({ description: 'alerts of the last 28 days' }),
    lastFiredAt: TimeOut.nullable(),
    updatedAt: TimeOut,
  })
  .meta({ id: 'AlertRule' });

const RuleBody = z.object({ name: Name, condition: Condition, enabled: z.boolean().default(true) });
const rules = { tag: 'Alert rules', key: 'manage' } as const;

export const alertRuleOperations = {
  listAlertRules: op({
    method: 'GET',
    path: '/alert-rules',
    summary: 'Alert rules',
    tag: 'Alert rules',
    key: 'read',
    permission: 'account.read',
    reply: z.object({ items: z.array(AlertRule) }),
  }),
  createAlertRule: op({
    ...rules,
    method: 'POST',
    path: '/alert-rules',
    summary: 'Create an alert rule',
    permission: 'rule.write',
    body: RuleBody,
    reply: AlertRule,
    status: 201,
  }),
  changeAlertRule: op({
    ...rules,
    method: 'PUT',
    path: '/alert-rules/{id}',
    summary: 'Change an alert rule, or switch it on or off',
    permission: 'rule.write',
    params: IdParams,
    body: RuleBody,
    reply: AlertRule,
  }),
  deleteAlertRule: op({
    ...rules,
    method: 'DELETE',
    path: '/alert-rules/{id}',
    summary: 'Delete an alert rule that never fired',
    permission: 'rule.write',
    params: IdParams,
    reply: Nothing,
  }),
  previewAlertRule: op({
    ...rules,
    method: 'POST',
    path: '/alert-rules/preview',
    summary: 'For how many accounts a condition holds now',
    permission: 'rule.write',
    body: z.object({ condition: Condition }),
    reply: z.object({
      accounts: z.int().meta({ description: 'live accounts with a score' }),
      holding: z.int().meta({ description: 'of them, those the condition holds for now; the rule itself fires when one crosses into it' }),
      stake: z.string().meta({ description: 'their money at stake' }),
      examples: z.array(z.object({ id: Id, name: z.string(), health: z.number().nullable(), segment: z.enum(SEGMENTS) })).max(5),
    }),
  }),
};
