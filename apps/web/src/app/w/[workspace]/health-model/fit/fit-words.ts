import { MIN_EACH, MIN_LESSONS } from '@tideline/domain/calibrate';
import type { Day } from '@tideline/domain/calendar';
import { signals } from '@tideline/domain/signal';
import { ADOPT_DAYS, ADOPT_FROM } from '@tideline/domain/weight-trial';
import { counted, fixed, shortDay, type Reader } from '../../../../../ui/format.ts';
import type { Finding } from './fit-types.ts';

type Told = Pick<Finding, 'advice' | 'gain' | 'own'>;

const worse = ({ own }: Told): string => (own?.negative ?? []).map((key) => signals[key].label.toLowerCase()).join(' and ');

/** The verdict in words: what to do, and how many more of 100 pairs. */
export const verdict = (told: Told): string => {
  const { advice, gain } = told;
  if (advice === 'wait' || gain === null) return 'Keep the present model: there is too little past to say whether other weights would do better.';
  const points = `${fixed(Math.abs(gain * 100), 1)} points`;
  if (Math.abs(gain) < 0.0005) return 'Keep the present model: fitted weights find no more than those in force.';
  if (advice === 'adopt') return `Worth adopting: fitted weights find ${points} more.`;
  if (gain > ADOPT_FROM) return `Keep the present model: fitted weights find ${points} more, but by your history alone a better ${worse(told)} is more risk.`;
  return gain > 0
    ? `Keep the present model: fitted weights find ${points} more, not enough to change.`
    : `Keep the present model: fitted weights find ${points} less.`;
};

/** What the verdict rests on, in small. */
export const verdictNote = ({ advice, gain, own, trials }: Pick<Finding, 'advice' | 'gain' | 'own' | 'trials'>, reader: Reader): string => {
  if (advice === 'wait') return 'Nothing is lost by waiting: the weights in force were tested on six other businesses.';
  const last = trials.flatMap((trial) => (trial.own === null ? [] : [shortDay(trial.cutoff as Day, reader)])).slice(-ADOPT_DAYS);
  return [
    `Points: pairs out of 100, of an account that left and one that stayed, that health ranks the right way round. Mean over the last ${ADOPT_DAYS} days tested (${last.join(', ')}).`,
    `On each day the weights were fitted to what was known 90 days before it, never to the months they are tested on. Up to ${fixed(ADOPT_FROM * 100, 1)} points are chance.`,
    ...(own && own.negative.length > 0 && (gain ?? 0) > ADOPT_FROM
      ? ['Such a sign is a habit of these months more often than of customers, and turns against you when they pass.']
      : []),
  ].join(' ');
};

/** What is missing before weights can be fitted and tested, one sentence each; empty where nothing is. */
export const missing = ({ own, lessons: { n, silent }, trials }: Pick<Finding, 'own' | 'lessons' | 'trials'>): string[] => {
  const tested = trials.filter((trial) => trial.own !== null && trial.own.auc !== null && trial.present.auc !== null).length;
  const lacks: string[] = [];
  const ask = (have: number, need: number, what: string) => {
    if (have < need) lacks.push(`${need.toLocaleString('en-US')} ${what} are needed: there are ${have.toLocaleString('en-US')}.`);
  };
  if (own === null) {
    ask(n, MIN_LESSONS, 'past judgements of accounts in use');
    ask(silent, MIN_EACH, 'of them followed by 90 silent days');
    ask(n - silent, MIN_EACH, 'of them followed by usage');
  }
  if (tested < ADOPT_DAYS)
    lacks.push(
      `${ADOPT_DAYS} month-ends must be testable, each with ${MIN_LESSONS} judgements by then, ${MIN_EACH} of accounts that left: ${tested} of ${counted(trials.length, 'month-end')} could be. Each month that passes adds one.`,
    );
  return lacks;
};
