import { days } from './sentence.ts';

/** Who speaks for an account and the last touch with one of them, as of a day. */
export type EngagementSums = {
  /** Champions and executive sponsors who had not left. */
  readonly speakers: number;
  /** Days since the last touch with one of them; null: there was none. */
  readonly silentDays: number | null;
  /** Days since the first of them was known. */
  readonly knownDays: number;
};

/** Days within which somebody speaks with a sponsor or champion. */
export const ENGAGEMENT_TARGET_DAYS = 45;

/**
 * 100 up to the target, halved by every further target (score.md 4.7). Null (missing) where nobody holds such a role: that
 * is a task for whoever keeps the data, not a fault of the account. Without any touch the days count from when the first
 * of them was known.
 */
export const engagementScore = ({ speakers, silentDays, knownDays }: EngagementSums, target: number = ENGAGEMENT_TARGET_DAYS): number | null =>
  speakers === 0 ? null : 100 * 2 ** (-Math.max(0, (silentDays ?? knownDays) - target) / target);

export const engagementSentence = ({ speakers, silentDays, knownDays }: EngagementSums): string => {
  if (speakers === 0) return 'No sponsor or champion known: name one to have it counted';
  if (silentDays === null)
    return `No touch with its ${speakers === 1 ? 'sponsor or champion' : 'sponsors or champions'} in the ${days(knownDays)} they are known`;
  const last = `Last touch with a sponsor or champion ${silentDays === 0 ? 'on the last day' : `${days(silentDays)} ago`}`;
  return silentDays > ENGAGEMENT_TARGET_DAYS ? `${last}, ${days(ENGAGEMENT_TARGET_DAYS)} at most is the aim` : last;
};
