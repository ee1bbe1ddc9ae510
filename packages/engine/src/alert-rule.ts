import type { alertRuleOperations } from '@tideline/contracts/alert-rule';
import type { BodyOf } from '@tideline/contracts/operation';
import { Problem } from '@tideline/contracts/problem';
import { alertRules, judgedAccounts, type AlertRuleRow } from '@tideline/db/read/alert-rule';
import { withWorkspace, type WorkspaceTx } from '@tideline/db/workspace';
import { deleteAlertRule, insertAlertRule, updateAlertRule } from '@tideline/db/write/alert-rule';
import { audit } from '@tideline/db/write/audit';
import { alertKinds, type AlertRule, type Judged } from '@tideline/domain/alert';
import { addDays } from '@tideline/domain/calendar';
import { sum, toText, type DecimalText } from '@tideline/domain/money';
import type { Deps, Who } from './deps.ts';
import { todayIn } from './today.ts';

type Ops = typeof alertRuleOperations;

const stored = ({ name, condition, enabled }: BodyOf<Ops['createAlertRule']>) => {
  const { kind, ...config } = condition;
  return { name, kind, config, enabled };
};
const shown = ({ kind, config, firedSince, ...rule }: AlertRuleRow) => ({ ...rule, fired28: firedSince, condition: { ...config, kind } });
const rulesIn = async (tx: WorkspaceTx, now: Date, id: string | null = null) => (await alertRules(tx, addDays(await todayIn(tx, now), -28), id)).map(shown);

const one = async (tx: WorkspaceTx, now: Date, id: string) => {
  const [rule] = await rulesIn(tx, now, id);
  if (!rule) throw new Problem('not-found', 'There is no such rule');
  return rule;
};

export const list = (deps: Deps, who: Who) => withWorkspace(deps.db, who.workspaceId, (tx) => rulesIn(tx, deps.now()));

export const create = (deps: Deps, who: Who, rule: BodyOf<Ops['createAlertRule']>) =>
  withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const id = await insertAlertRule(tx, stored(rule), who.userId, deps.now());
    await audit(tx, who, 'rule.create', 'rule', id, null, rule);
    return one(tx, deps.now(), id);
  });

/** Changes a rule. Alerts keep the rule as it was in their evidence; open ones resolve by the new one. */
export const change = (deps: Deps, who: Who, id: string, rule: BodyOf<Ops['changeAlertRule']>) =>
  withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const { name, condition, enabled } = await one(tx, deps.now(), id);
    await updateAlertRule(tx, id, stored(rule), deps.now());
    await audit(tx, who, 'rule.change', 'rule', id, { name, condition, enabled }, rule);
    return one(tx, deps.now(), id);
  });

/** Deletes a rule that never fired; one that did stays, switched off, because its alerts are history. */
export const remove = (deps: Deps, who: Who, id: string): Promise<void> =>
  withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const { fired, name } = await one(tx, deps.now(), id);
    if (fired > 0 || (await deleteAlertRule(tx, id)) === 0) {
      throw new Problem('rule-violated', `This rule fired ${fired === 1 ? 'once' : `${fired} times`}, and what fired is history: switch it off instead`);
    }
    await audit(tx, who, 'rule.delete', 'rule', id, { name }, null);
  });

/** For which accounts a condition holds as they stand now; nothing is saved. */
export const preview = async (deps: Deps, who: Who, rule: AlertRule) => {
  const accounts = await withWorkspace(deps.db, who.workspaceId, judgedAccounts);
  // The kind's table entry and the rule are halves of one union; only the lookup cannot see it.
  const holds = alertKinds[rule.kind].holds as (one: AlertRule, judged: Judged) => boolean;
  const holding = accounts.filter(({ health, segment }) => holds(rule, { health, segment: segment as Judged['segment'] }));
  return {
    accounts: accounts.length,
    holding: holding.length,
    stake: toText(sum(holding.map(({ stake }) => stake as DecimalText))),
    examples: holding.slice(0, 5).map(({ id, name, health, segment }) => ({ id, name, health, segment })),
  };
};
