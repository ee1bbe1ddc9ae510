import { Name } from '@tideline/contracts/value';
import { alertKinds, alertRuleProblem, type AlertKind, type AlertRule, type Severity } from '@tideline/domain/alert';
import { segments, type Segment } from '@tideline/domain/segment';
import { severities } from '@tideline/domain/task';
import * as z from 'zod';

const number = z
  .string()
  .trim()
  .regex(/^\d{1,3}(\.\d)?$/, { error: 'Write a number from 0 to 100' });

const Fields = z.object({
  name: Name,
  kind: z.enum(Object.keys(alertKinds) as [AlertKind, ...AlertKind[]]),
  threshold: number,
  clear: number,
  segments: z.array(z.enum(Object.keys(segments) as [Segment, ...Segment[]])),
  severity: z.enum(Object.keys(severities) as [Severity, ...Severity[]]),
  coolDownDays: z
    .string()
    .trim()
    .regex(/^\d{1,3}$/, { error: 'Write a number of days, 0 to 365' }),
});
type Form = z.output<typeof Fields>;

const parts: { readonly [K in AlertKind]: (form: Form) => Omit<Extract<AlertRule, { kind: K }>, 'severity' | 'coolDownDays'> } = {
  health_below: ({ threshold, clear }) => ({ kind: 'health_below', threshold: Number(threshold), clear: Number(clear) }),
  segment_entered: ({ segments: chosen }) => ({ kind: 'segment_entered', segments: chosen }),
};
/** Which field a kind's own rules speak about. */
const spokenOf = { health_below: 'clear', segment_entered: 'segments' } as const satisfies Record<AlertKind, keyof Form>;

/** The rule the form describes. */
export const ruleOf = (form: Form): AlertRule => ({ ...parts[form.kind](form), severity: form.severity, coolDownDays: Number(form.coolDownDays) }) as AlertRule;

export const RuleShape = Fields.check((ctx) => {
  if (ctx.issues.length > 0) return; // a field that is no number yet has nothing to be judged by
  const problem = alertRuleProblem(ruleOf(ctx.value));
  if (problem) ctx.issues.push({ code: 'custom', message: problem, path: [spokenOf[ctx.value.kind]], input: ctx.value });
});
export type RuleForm = z.input<typeof RuleShape>;

const { health_below: below, segment_entered: entered } = alertKinds;

/** The form of a rule, with the defaults of the kind it is not, so that switching kinds starts somewhere sensible. */
export const ruleForm = (name: string, rule: AlertRule): RuleForm => ({
  name,
  kind: rule.kind,
  threshold: String(rule.kind === 'health_below' ? rule.threshold : below.defaults.threshold),
  clear: String(rule.kind === 'health_below' ? rule.clear : below.defaults.clear),
  segments: [...(rule.kind === 'segment_entered' ? rule.segments : entered.defaults.segments)],
  severity: rule.severity,
  coolDownDays: String(rule.coolDownDays),
});

export const emptyRule: RuleForm = ruleForm('', below.defaults);
