import type { AccountFamily } from '@tideline/contracts/account-family';
import { counted } from '../../../../../ui/format.ts';

/** The answer to how those below are: in counts, because scores are not averaged. */
export const familyTitle = ({ accounts, judged, atRisk }: AccountFamily['below']): string => {
  if (judged === 0) return `${counted(accounts, 'account')} below it, none judged yet`;
  if (atRisk === 0) return judged === 1 ? 'The one account below it is not at churn risk' : `None of ${judged} below it is at churn risk`;
  if (judged === 1) return 'The one account below it is at churn risk';
  return `${atRisk} of ${judged} below it ${atRisk === 1 ? 'is' : 'are'} at churn risk`;
};
