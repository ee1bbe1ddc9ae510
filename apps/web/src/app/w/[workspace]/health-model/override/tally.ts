import type { Overrides } from '@tideline/contracts/override';
import { counted } from '../../../../../ui/format.ts';

/** Who was right so far, in one sentence: where they differed, that is what counts. */
export const tallyWords = (items: readonly Overrides['Item'][]): string => {
  const judged = items.flatMap(({ verdict }) => verdict ?? []);
  if (judged.length === 0) return 'None is 90 days old yet: then each is held against what happened.';
  const people = judged.filter(({ person }) => person).length;
  const disputed = judged.filter(({ person, model }) => model !== null && person !== model);
  const won = disputed.filter(({ person }) => person).length;
  const parted =
    disputed.length === 0
      ? 'the model would have said the same of each'
      : `of ${counted(disputed.length, 'case')} in which they and the model parted, they were right in ${won}`;
  return `Of ${counted(judged.length, 'judgement')} whose 90 days are over, people were right in ${people}; ${parted}.`;
};
