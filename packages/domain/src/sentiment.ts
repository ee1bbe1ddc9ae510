import { days } from './sentence.ts';

/** How a CSM sees an account. */
export const sentiments = {
  good: { label: 'Good', score: 100, sentence: 'sees it going well' },
  mixed: { label: 'Mixed', score: 50, sentence: 'is not sure of it' },
  bad: { label: 'Bad', score: 0, sentence: 'sees it going badly' },
} as const satisfies Record<string, { label: string; score: number; sentence: string }>;
export type Sentiment = keyof typeof sentiments;
export const SENTIMENTS = Object.keys(sentiments) as [Sentiment, ...Sentiment[]];

/** What was last said of an account, and how long ago. */
export type SentimentSums = { readonly sentiment: Sentiment; readonly days: number };

/** Days in which what was said loses half its weight. */
const HALVING_DAYS = 45;

/** 0, 50 or 100 (score.md 4.7). */
export const sentimentScore = ({ sentiment }: SentimentSums): number => sentiments[sentiment].score;
/** Share of its weight that is left. */
export const sentimentStrength = ({ days: ago }: SentimentSums): number => 2 ** (-Math.max(0, ago) / HALVING_DAYS);

export const sentimentSentence = ({ sentiment, days: ago }: SentimentSums): string =>
  `Its CSM ${sentiments[sentiment].sentence}, said ${ago <= 0 ? 'today' : `${days(ago)} ago`}`;
