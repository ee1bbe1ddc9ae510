import { SENTIMENTS } from '@tideline/domain/sentiment';
import * as z from 'zod';
import { op } from './operation.ts';
import { DayOut, IdParams } from './value.ts';

/** How somebody who looks after an account sees it. */
export const Sentiment = z.object({ sentiment: z.enum(SENTIMENTS), note: z.string(), day: DayOut, by: z.string().nullable() }).meta({ id: 'Sentiment' });

export const sentimentOperations = {
  setSentiment: op({
    method: 'PUT',
    path: '/account-pages/{id}/sentiment',
    summary: 'Say how an account is doing as you see it; where the health model weighs sentiment it counts, fading by half every 45 days',
    tag: 'Accounts',
    permission: 'account.act',
    params: IdParams,
    body: z.object({ sentiment: z.enum(SENTIMENTS), note: z.string().trim().max(500).default('') }),
    reply: Sentiment,
  }),
};
