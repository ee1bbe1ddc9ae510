import { fixed } from '../../../../../ui/format.ts';
import type { Moved } from './span.ts';

/** The change as a heading: "What moved it: −12.3 points". */
export const movedTitle = ({ from, to }: Pick<Moved, 'from' | 'to'>): string => {
  const change = Number(to.health.toFixed(1)) - Number(from.health.toFixed(1));
  return `What moved it: ${change === 0 ? 'nothing' : `${fixed(change, 1, { signed: true })} points`}`;
};
