import type { RuleCondition } from './rule-words.ts';

/** A rule as the list and the form share it. */
export type RuleRow = {
  id: string;
  name: string;
  enabled: boolean;
  condition: RuleCondition;
  open: number;
  fired: number;
  fired28: number;
  lastFiredAt: string | null;
};

/** The contract wants a list it may keep. */
export const sent = (condition: RuleCondition) => ('segments' in condition ? { ...condition, segments: [...condition.segments] } : condition);
