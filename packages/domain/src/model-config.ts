import { defaultHealthModel, type HealthModel } from './health.ts';
import { defaultSegmentRules, type SegmentRules } from './segment.ts';

/** What one published version holds: how health is judged and where segments begin. */
export type ModelConfig = HealthModel & { readonly segments: SegmentRules };

export const defaultModelConfig: ModelConfig = { ...defaultHealthModel, segments: defaultSegmentRules };
