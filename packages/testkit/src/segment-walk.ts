import { type Day, dayFromNumber } from '@tideline/domain/calendar';
import { componentsOf } from '@tideline/domain/component';
import { defaultHealthModel, type HealthModel, prepareModel, scoreHealth } from '@tideline/domain/health';
import { defaultSegmentRules, rawSegment, type Segment, type SegmentRules, type SegmentState, walkSegment } from '@tideline/domain/segment';
import type { ScoreOracle } from './score-oracle.ts';

export type SegmentChange = { readonly account: string; readonly day: Day; readonly segment: Segment };

/**
 * Every change of segment from `from` to the last day known, first sights included, walked day by day. Accounts are
 * evaluated from their first usage day, as the reference files are; `sinceFirstFact` also walks them while never used.
 */
export const walkSegments = (
  oracle: ScoreOracle,
  from: number,
  {
    rules = defaultSegmentRules,
    model = defaultHealthModel,
    sinceFirstFact = false,
  }: { rules?: SegmentRules; model?: HealthModel; sinceFirstFact?: boolean } = {},
): SegmentChange[] => {
  const states = new Map<string, SegmentState>();
  const changes: SegmentChange[] = [];
  for (let asOf = from; asOf <= oracle.lastDay; asOf++) {
    const { relative, measures } = oracle.at(asOf);
    const prepared = prepareModel(model, relative.k);
    for (const [account, m] of measures) {
      if (m.firstDay === null && !sinceFirstFact) continue;
      const before = states.get(account) ?? null;
      const components = componentsOf(m, relative);
      const { shown } = scoreHealth(components, prepared);
      const after = walkSegment(before, rawSegment({ measures: m, components, shown, relative }, before, rules), asOf);
      states.set(account, after);
      if (after.segment !== before?.segment) changes.push({ account, day: dayFromNumber(asOf), segment: after.segment });
    }
  }
  return changes;
};
