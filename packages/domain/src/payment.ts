import { days } from './sentence.ts';

/** Days the oldest unpaid invoice is past its due day; 0: none is. */
export type PaymentSums = { readonly overdueDays: number };

/** Days overdue at which nothing is left of the score. */
const NOTHING_AT = 60;

/** 100 without an overdue invoice, linear to 0 at 60 days (score.md 4.7). */
export const paymentScore = ({ overdueDays }: PaymentSums): number => 100 * Math.min(1, Math.max(0, 1 - overdueDays / NOTHING_AT));

export const paymentSentence = ({ overdueDays }: PaymentSums): string =>
  overdueDays <= 0 ? 'No invoice is overdue' : `The oldest unpaid invoice is ${days(overdueDays)} overdue`;
