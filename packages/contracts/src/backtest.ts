import { type Contender, contenders, type Population, populations } from '@tideline/domain/backtest';
import { segments, type Segment } from '@tideline/domain/segment';
import * as z from 'zod';
import { op } from './operation.ts';
import { RUN_STATES } from './run.ts';
import { DayOut, DayText, Id, IdParams, Nothing, TimeOut } from './value.ts';

/** A test of a health model on the past: scores from what was known on a day, held against what happened after it. */

const keysOf = <K extends string>(table: Record<K, unknown>) => Object.keys(table) as [K, ...K[]];
const Share = z.number().nullable();
const Ranking = z.object({ auc: Share, prAuc: Share, lift: z.number().nullable() });
const Evaluation = z.object({
  accounts: z.number(),
  base: Share.meta({ description: 'share that went silent' }),
  brier: Share,
  ece: Share.meta({ description: 'expected calibration error' }),
  rankings: z.object(Object.fromEntries(keysOf(contenders).map((key) => [key, Ranking])) as Record<Contender, typeof Ranking>),
});
const ByPopulation = z.object(Object.fromEntries(keysOf(populations).map((key) => [key, Evaluation])) as Record<Population, typeof Evaluation>);
const Lapse = z.object({
  accountId: Id,
  name: z.string(),
  cutoff: DayOut,
  segment: z.enum(keysOf<Segment>(segments)),
  health: z.number(),
  prior: z.number().meta({ description: 'revenue of the horizon before the cut-off' }),
  next: z.number().meta({ description: 'and of the one after it' }),
});

export const BacktestSummary = z
  .object({
    cutoffs: z.array(ByPopulation.extend({ cutoff: DayOut, finished: z.boolean().meta({ description: 'its horizon is over' }) })),
    mean: ByPopulation.meta({ description: 'means over the finished cut-offs' }),
    calibrated: z.array(DayOut).meta({ description: 'cut-offs whose probabilities were fitted to own past' }),
    calibration: z.array(z.object({ n: z.int(), foretold: z.number(), happened: z.number() })),
    byHealth: z
      .object({ silent: z.array(z.int()), kept: z.array(z.int()), lost: z.array(z.number()) })
      .meta({ description: 'accounts by whole points of health, 0 to 100, and the revenue they lost' }),
    segments: z.array(
      z.object({
        segment: z.enum(keysOf<Segment>(segments)),
        accounts: z.int(),
        silent: z.int(),
        contraction: z.int(),
        expansion: z.int(),
        prior: z.number(),
        next: z.number(),
      }),
    ),
    misses: z.array(Lapse),
    falseAlarms: z.array(Lapse),
    lead: z.object({
      stops: z.int(),
      alarmed: z.int(),
      before: z.int(),
      within28: z.int(),
      within56: z.int(),
      medianDaysAfter: z.int().nullable(),
      alarms: z.int(),
      right: z.int(),
    }),
    arrivals: z.object({ events: z.int(), assumed: z.int(), rawFrom: DayOut.nullable() }),
  })
  .meta({ id: 'BacktestSummary' });

const Head = z.object({
  id: Id,
  runId: Id,
  model: z.string().meta({ description: 'which health model, in words' }),
  cutoffs: z.array(DayOut),
  horizon: z.int(),
  askedBy: z.string(),
  askedAt: TimeOut,
  state: z.enum(RUN_STATES),
  done: z.int(),
  total: z.int(),
  error: z.string().nullable(),
});
export const Backtest = Head.extend({
  atRiskBelow: z.number(),
  /** Money or, where nothing is priced, units. */
  currency: z.string(),
  unit: z.string().nullable(),
  summary: BacktestSummary.nullable(),
}).meta({ id: 'Backtest' });
export const BacktestListed = Head.extend({
  auc: z.number().nullable().meta({ description: 'mean area under the curve of health, accounts used in 90 days' }),
}).meta({ id: 'BacktestListed' });

export const HORIZONS = [30, 60, 90] as const;
export const BacktestAsk = z.object({
  version: z
    .int()
    .min(1)
    .nullable()
    .default(null)
    .meta({ description: 'version of the health model; null: the draft if there is one, else the published one' }),
  horizon: z.int().min(1).max(365).default(90),
  cutoffs: z.array(DayText).max(200).default([]).meta({ description: 'empty: the last twelve month-ends whose horizon is over' }),
});

const tag = 'Backtest';
export const backtestOperations = {
  listBacktests: op({
    tag,
    method: 'GET',
    path: '/backtests',
    summary: 'The last backtests, newest first',
    permission: 'model.draft',
    key: 'read',
    reply: z.object({ items: z.array(BacktestListed) }),
  }),
  startBacktest: op({
    tag,
    method: 'POST',
    path: '/backtests',
    summary: 'Judge the past by a health model, in the background',
    permission: 'model.draft',
    key: 'manage',
    body: BacktestAsk,
    reply: BacktestListed,
    status: 202,
  }),
  getBacktest: op({
    tag,
    method: 'GET',
    path: '/backtests/{id}',
    summary: 'A backtest with what it found',
    permission: 'model.draft',
    key: 'read',
    params: IdParams,
    reply: Backtest,
  }),
  stopBacktest: op({
    tag,
    method: 'POST',
    path: '/backtests/{id}/stop',
    summary: 'Stop a backtest that runs',
    permission: 'model.draft',
    key: 'manage',
    params: IdParams,
    reply: Nothing,
    status: 202,
  }),
  downloadBacktest: op({
    tag,
    method: 'GET',
    path: '/backtests/{id}/rows',
    summary: 'Every account at every cut-off as CSV: account_external_id, cutoff, score, score_raw, segment, p_churn',
    permission: 'model.draft',
    key: 'read',
    params: IdParams,
    reply: z.any(),
    download: 'text/csv',
  }),
};
