import * as z from 'zod';
import { op } from './operation.ts';
import { Id, IdParams, Nothing, TimeOut } from './value.ts';

/** Long work behind the screens, told by where it comes from; which of it a person may stop. */
export const runKinds = {
  'meter.refill': { stoppable: true, stopped: 'The definition in force goes on measuring' },
  'correction.run': { stoppable: true, stopped: 'What it did so far stands, and can be undone' },
  'account.merge': { stoppable: false, stopped: '' },
  'score.backfill': { stoppable: true, stopped: 'The days judged so far stay' },
  'score.backtest': { stoppable: true, stopped: 'What it found so far is thrown away' },
  'score.fit': { stoppable: true, stopped: 'What it found so far is thrown away' },
  'score.all': { stoppable: false, stopped: '' },
  'demo.history': { stoppable: true, stopped: 'The history written so far stays; the next start goes on' },
} as const satisfies Record<string, { stoppable: boolean; stopped: string }>;
export type RunKind = keyof typeof runKinds;

export const RUN_STATES = ['running', 'done', 'failed', 'cancelled'] as const;
export const Run = z
  .object({
    id: Id,
    kind: z.enum(Object.keys(runKinds) as [RunKind, ...RunKind[]]),
    label: z.string().meta({ description: 'what it does, in words' }),
    meterId: Id.nullable().meta({ description: 'the meter it counts, for meter.refill' }),
    state: z.enum(RUN_STATES),
    stopping: z.boolean().meta({ description: 'somebody asked it to stop; it ends after its present step' }),
    done: z.int(),
    total: z.int().meta({ description: '0 while that is not known' }),
    error: z.string().nullable(),
    startedAt: TimeOut,
    finishedAt: TimeOut.nullable(),
  })
  .meta({ id: 'Run' });

export const runOperations = {
  listRuns: op({
    tag: 'Background work',
    method: 'GET',
    path: '/runs',
    summary: 'Long work: what runs, and the last 20 that ended',
    permission: 'account.read',
    key: 'read',
    reply: z.object({ items: z.array(Run) }),
  }),
  stopRun: op({
    tag: 'Background work',
    method: 'POST',
    path: '/runs/{id}/stop',
    summary: 'Ask long work to stop after its present step',
    permission: 'workspace.manage',
    key: 'manage',
    params: IdParams,
    reply: Nothing,
    status: 202,
  }),
};
