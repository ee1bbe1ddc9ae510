import type { Day } from '@tideline/domain/calendar';
import { counted, fixed, shortDay, type Reader } from '../../../../../ui/format.ts';
import type { BacktestFindings, BacktestHead } from './backtest-types.ts';

/** `31 Oct 2025 to 31 Aug`; one day stands alone. */
export const spanWords = (cutoffs: readonly string[], reader: Reader): string => {
  const [first, last] = [cutoffs[0], cutoffs.at(-1)];
  if (first === undefined || last === undefined) return '–';
  return first === last ? shortDay(first as Day, reader) : `${shortDay(first as Day, reader)} to ${shortDay(last as Day, reader)}`;
};

export const daysWords = ({ cutoffs }: Pick<BacktestHead, 'cutoffs'>): string => counted(cutoffs.length, 'past day');

/** `76`: of 100 pairs, how many were ranked the right way round. */
export const ofHundred = (auc: number | null): string => fixed(auc === null ? null : auc * 100, 0);

/** How health did, beside the yardstick every spreadsheet has; in words a CSM can repeat. */
export const headline = ({ mean, cutoffs }: Pick<BacktestFindings, 'mean' | 'cutoffs'>, horizon: number): string => {
  const { health, recency } = mean.p90.rankings;
  if (!cutoffs.some(({ finished }) => finished)) return `The ${horizon} days after these days are not over yet: there is nothing to hold the scores against.`;
  if (health.auc === null) return `Nothing to rank: after these days no account went silent for ${horizon} days, or all of them did.`;
  return `Of 100 pairs of an account that left and one that stayed, health ranked ${ofHundred(health.auc)} the right way round; days since last usage: ${ofHundred(recency.auc)}.`;
};

/** What the figures of the headline are about, in small. */
export const headlineNote = ({ mean, cutoffs }: Pick<BacktestFindings, 'mean' | 'cutoffs'>, horizon: number): string => {
  const finished = cutoffs.filter((one) => one.finished).length;
  const open = cutoffs.length - finished;
  if (finished === 0) return 'What every account scored on them is in the CSV. Come back when the time is over, or test earlier days.';
  return [
    `“Left” means no usage in the ${horizon} days after the day of the score; tossing a coin gets 50 right.`,
    `Only data that had arrived by each day was used. Mean of ${counted(finished, 'day')}, about ${counted(Math.round(mean.p90.accounts), 'account')} a day that had been used in the 90 days before.`,
    ...(open > 0 ? [`${counted(open, 'day')} left out: no account could be judged, or the ${horizon} days after are not over.`] : []),
  ].join(' ');
};
