import { usageKeys } from '@tideline/domain/weight-fit';
import * as z from 'zod';
import { ModelDraft } from './model.ts';
import { op } from './operation.ts';
import { RUN_STATES } from './run.ts';
import { DayOut, Id, IdParams, Nothing, TimeOut } from './value.ts';

/** Weights of the usage components fitted to the workspace's own past, offered beside the model's and never taken over by themselves. */

const Share = z.number().nullable();
const Key = z.enum(usageKeys);
const Shares = z
  .object({ cadence: z.number(), silence: z.number(), standing: z.number(), momentum: z.number() })
  .meta({ description: 'of the weight of the usage family; they add up to 1' });
const Measured = z.object({
  auc: Share,
  prAuc: Share,
  lift: z.number().nullable(),
  brier: Share,
  ece: Share.meta({ description: 'expected calibration error' }),
});
const Bins = z.array(z.object({ n: z.int(), foretold: z.number(), happened: z.number() }));

export const WeightFinding = z
  .object({
    advice: z.enum(['adopt', 'keep', 'wait']).meta({ description: 'wait: too little past to say' }),
    gain: z.number().nullable().meta({ description: 'mean gain of the area under the curve over the last three days' }),
    present: Shares.nullable().meta({ description: 'of the published model, at today’s regularity of rhythms' }),
    own: z.object({ shares: Shares, negative: z.array(Key).meta({ description: 'of which the past alone says that a better score is more risk' }) }).nullable(),
    lessons: z.object({ n: z.int(), silent: z.int(), from: DayOut.nullable(), to: DayOut.nullable() }).meta({ description: 'what they were fitted to' }),
    trials: z
      .array(
        z.object({
          cutoff: DayOut,
          accounts: z.int(),
          base: Share.meta({ description: 'share that went silent' }),
          lessons: z.int(),
          silent: z.int(),
          learnedTo: DayOut.meta({ description: 'the newest day its weights were fitted to' }),
          present: Measured,
          own: Measured.extend({ shares: Shares }).nullable(),
        }),
      )
      .meta({ description: 'both models on days later than those the weights were fitted to' }),
    mean: z.object({ present: Measured, own: Measured }).nullable(),
    calibration: z.object({ present: Bins, own: Bins }),
  })
  .meta({ id: 'WeightFinding' });

export const WeightFit = z
  .object({
    id: Id,
    runId: Id,
    model: z.string().meta({ description: 'the model it is held against, in words' }),
    cutoffs: z.array(DayOut),
    askedBy: z.string(),
    askedAt: TimeOut,
    state: z.enum(RUN_STATES),
    done: z.int(),
    total: z.int(),
    error: z.string().nullable(),
    finding: WeightFinding.nullable(),
  })
  .meta({ id: 'WeightFit' });

const tag = 'Backtest';
export const weightFitOperations = {
  listWeightFits: op({
    tag,
    method: 'GET',
    path: '/weight-fits',
    summary: 'Weights fitted to the own past, with what they found; the newest first',
    permission: 'model.draft',
    key: 'read',
    reply: z.object({ items: z.array(WeightFit) }),
  }),
  startWeightFit: op({
    tag,
    method: 'POST',
    path: '/weight-fits',
    summary: 'Fit the weights of the usage components to the own past, in the background, and test them on later days',
    permission: 'model.draft',
    key: 'manage',
    reply: WeightFit,
    status: 202,
  }),
  stopWeightFit: op({
    tag,
    method: 'POST',
    path: '/weight-fits/{id}/stop',
    summary: 'Stop a fit that runs',
    permission: 'model.draft',
    key: 'manage',
    params: IdParams,
    reply: Nothing,
    status: 202,
  }),
  draftWeightFit: op({
    tag,
    method: 'POST',
    path: '/weight-fits/{id}/draft',
    summary: 'Put the fitted weights into the draft of the health model; nothing is published',
    permission: 'model.draft',
    key: 'manage',
    params: IdParams,
    reply: ModelDraft,
  }),
};
