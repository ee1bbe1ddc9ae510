import * as z from 'zod';

const workspace = z.object({ workspaceId: z.uuid() });

/** Every job's payload: ids and days only, because a job is a wake-up and the tables are the truth. */
export const jobPayloads = {
  /** Rate and score the accounts whose usage changed. */
  'score.changed': workspace,
  /** Close every day that is complete and not yet closed, in order. */
  'day.close': workspace,
  /** Score the last 400 days day by day as backfilled history. */
  'score.backfill': workspace.extend({ runId: z.uuid() }),
  /** Judge every account again, after a model was published. */
  'score.all': workspace.extend({ runId: z.uuid() }),
  /** Judge the past by a health model, and hold it against what happened. */
  'score.backtest': workspace.extend({ runId: z.uuid() }),
  /** Fit the weights of the health model to the own past, and test them on later days. */
  'score.fit': workspace.extend({ runId: z.uuid() }),
  /** Read a file that was uploaded. */
  'import.run': workspace.extend({ importId: z.uuid() }),
  /** Read what is new in a source. */
  'source.pull': workspace.extend({ sourceId: z.uuid() }),
  /** Fill a new meter version from the raw events, then swap it in. */
  'meter.refill': workspace.extend({ meterId: z.uuid(), runId: z.uuid() }),
  /** Take a range of events back, or undo a correction. */
  'correction.run': workspace.extend({ runId: z.uuid(), correctionId: z.uuid(), undo: z.uuid().nullable() }),
  /** Let raw events go that are past their retention. */
  'retention.keep': workspace,
  /** Merge two accounts, or take them apart again. */
  'account.merge': workspace.extend({ runId: z.uuid(), mergeId: z.uuid() }),
  /** Send what is owed to webhook endpoints. */
  'notify.send': workspace,
  /** Write the older part of the demo behind the part that is already there. */
  'demo.history': workspace.extend({ runId: z.uuid() }),
  /** The sweep: look into every workspace for work whose wake-up was lost. */
  'sweep.all': z.object({}),
} as const satisfies Record<string, z.ZodObject>;

export type JobName = keyof typeof jobPayloads;
export type JobPayload<N extends JobName> = z.output<(typeof jobPayloads)[N]>;
