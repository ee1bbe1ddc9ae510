import { type BreadthSums, breadthScore } from './breadth.ts';
import type { CustomKey, OtherKey } from './component.ts';
import { type CustomSums, customScore } from './custom-signal.ts';
import { type EngagementSums, engagementScore } from './engagement.ts';
import { type PaceSums, paceScore } from './pace.ts';
import { type PaymentSums, paymentScore } from './payment.ts';
import { type SentimentSums, sentimentScore, sentimentStrength } from './sentiment.ts';
import { type SupportSums, supportScore } from './support.ts';

type Sums = { support: SupportSums; engagement: EngagementSums; pace: PaceSums; sentiment: SentimentSums; breadth: BreadthSums; payment: PaymentSums };

/**
 * What was read of an account beside its usage (score.md 4.7), as of the day it is judged on. Absent: the source is not connected, or
 * the model gives it no weight. Null: connected, but there is nothing of this account.
 */
export type OtherReadings = { readonly [K in OtherKey]?: Sums[K] | null } & { readonly [key: CustomKey]: CustomSums | null };

/** Scores, 0 to 100, of what was read; null stays null: missing data is missing, never bad. */
export const otherScores = (readings: OtherReadings): { [key in OtherKey | CustomKey]?: number | null } => {
  const scores: Record<string, number | null> = {};
  for (const key of Object.keys(readings) as (OtherKey | CustomKey)[]) scores[key] = scoreOf(key, readings);
  return scores;
};

const scorers: { readonly [K in OtherKey]: (sums: Sums[K]) => number | null } = {
  support: supportScore,
  engagement: engagementScore,
  pace: paceScore,
  sentiment: sentimentScore,
  breadth: breadthScore,
  payment: paymentScore,
};
export const OTHER_KEYS = Object.keys(scorers) as OtherKey[];
export const isOther = (key: string): key is OtherKey => key in scorers;
export const isCustom = (key: string): key is CustomKey => key.startsWith('custom:');

const scoreOf = (key: OtherKey | CustomKey, readings: OtherReadings): number | null => {
  const sums = readings[key];
  if (sums === null || sums === undefined) return null;
  return isOther(key) ? (scorers[key] as (of: unknown) => number | null)(sums) : customScore(sums as CustomSums);
};

/** Share of its weight that a signal still has: what a CSM said fades, everything else counts in full. */
export const strengthsOf = ({ sentiment }: OtherReadings): { readonly [key in OtherKey]?: number } =>
  sentiment ? { sentiment: sentimentStrength(sentiment) } : {};
