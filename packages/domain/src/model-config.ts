import { defaultHealthModel, type HealthModel } from './health.ts';
import type { Profile } from './profile.ts';
import { defaultSegmentRules, type SegmentRules } from './segment.ts';

/** What one published version holds: how health is judged and where segments begin. */
export type ModelConfig = HealthModel & {
  readonly segments: SegmentRules;
  /** In their order: the first whose rule holds judges an account; none, the model itself. */
  readonly profiles?: readonly Profile[];
};

export const defaultModelConfig: ModelConfig = { ...defaultHealthModel, segments: defaultSegmentRules };
