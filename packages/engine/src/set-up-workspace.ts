import { alertKinds, type AlertRule } from '@tideline/domain/alert';
import { defaultModelConfig } from '@tideline/domain/model-config';
import type { WorkspaceTx } from '@tideline/db/workspace';
import { hasModel, insertFirstRules, publishModel } from '@tideline/db/write/health-model';

/** The rules a workspace starts with (score.md 6). */
const firstRules: readonly { name: string; rule: AlertRule }[] = [
  { name: 'Health below 50', rule: alertKinds.health_below.defaults },
  { name: 'Enters churn risk', rule: { ...alertKinds.segment_entered.defaults, segments: ['churn_risk'] } },
  { name: 'Onboarding late', rule: { ...alertKinds.segment_entered.defaults, segments: ['onboarding_laggard'], severity: 'normal' } },
  { name: 'Expansion candidate', rule: { ...alertKinds.segment_entered.defaults, segments: ['expansion_candidate'], severity: 'normal' } },
];

/** What every workspace has from its first day: the default health model as version 1, and the first alert rules. Safe to repeat. */
export const setUpWorkspace = async (tx: WorkspaceTx, now: Date): Promise<void> => {
  if (await hasModel(tx)) return;
  await publishModel(tx, { config: defaultModelConfig, note: 'The default', authorId: null, at: now });
  await insertFirstRules(
    tx,
    firstRules.map(({ name, rule: { kind, ...config } }) => ({ name, kind, config })),
    now,
  );
};
