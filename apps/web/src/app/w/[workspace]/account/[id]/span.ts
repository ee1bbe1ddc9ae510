import type { AccountPages } from '@tideline/contracts/account-page';
import { movedLines } from '@tideline/domain/moved-split';

export type Moved = AccountPages['Moved'];

/** The span asked for: the longest that is no longer, else the shortest there is. Spans come shortest first. */
export const spanOf = (moved: readonly Moved[], days: number): Moved | undefined => moved.findLast((one) => one.days <= days) ?? moved[0];

/** Points below which health stood still for all a CSM cares. */
const WORTH_NAMING = 2;

/** What did most of it, in the direction of the change: "Silence far outside its rhythm took 65.1 of the 86.6". */
export const mostOf = ({ from, to, causes }: Moved): string | null => {
  const change = to.health - from.health;
  const [first] = movedLines(causes, change < 0);
  if (!first || Math.abs(change) < WORTH_NAMING || Math.sign(first.points) !== Math.sign(change)) return null;
  const [part, whole] = [Math.abs(first.points).toFixed(1), Math.abs(change).toFixed(1)];
  return `${first.label}: ${part} of the ${whole} ${change < 0 ? 'lost' : 'gained'}`;
};
