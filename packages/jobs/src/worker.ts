import { jobPayloads, type JobName, type JobPayload } from '@tideline/contracts/jobs';
import type { Job } from 'bullmq';
import { openBackend, type QueueAddress } from './backend.ts';
import { isJobName, lanes, type Lane } from './catalog.ts';
import { upsertSchedules } from './schedule.ts';

/** What runs each job. A missing or unknown name does not compile. */
export type Handlers = { readonly [N in JobName]: (payload: JobPayload<N>) => Promise<unknown> };

export type WorkerLog = {
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
};

export type WorkerOptions = {
  handlers: Handlers;
  log: WorkerLog;
  /** How many jobs of a lane run at once in this process. */
  concurrency?: Partial<Record<Lane, number>>;
  /** A worker silent for this long is taken for dead and its job runs again elsewhere. */
  lockMs?: number;
  /** How long connecting may take. */
  startMs?: number;
};

export type Workers = {
  /** Waits for running jobs up to `withinMs`, then leaves them to whoever comes next. */
  drain(withinMs: number): Promise<void>;
};

const CONCURRENCY: Record<Lane, number> = { live: 4, long: 2 };
const LOCK_MS = 15_000;
const START_MS = 30_000;
/** A job whose worker died this often is given up: it may be what kills it. */
const MAX_DEATHS = 3;

/** Rejects when `work` has not ended in time: a database that dies meanwhile would leave a worker that runs and does nothing. */
const within = async (ms: number, work: Promise<unknown>): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`The queue was not connected within ${ms} ms`)), ms);
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
};

/**
 * Starts working on every lane and writes the schedules. Resolves when the workers are connected; rejects when that
 * fails or takes too long, and the process is to be started again.
 */
export const runWorkers = async (address: QueueAddress, options: WorkerOptions): Promise<Workers> => {
  const { handlers, log, concurrency = {}, lockMs = LOCK_MS, startMs = START_MS } = options;
  const onError = (error: Error) => log.warn({ err: error }, 'the queue lost a connection and tries again');
  const backend = openBackend(address, onError);
  const run = async (job: Job): Promise<void> => {
    if (!isJobName(job.name)) throw new Error(`No handler for the job "${job.name}"`); // queued by another version
    // The record that parses is the one the handler's type comes from; only the union hides it.
    const handler = handlers[job.name] as (payload: unknown) => Promise<unknown>;
    await handler(jobPayloads[job.name].parse(job.data));
  };
  const workers = lanes.map((lane) => {
    const worker = backend.worker(lane, run, {
      concurrency: concurrency[lane] ?? CONCURRENCY[lane],
      lockDuration: lockMs,
      stalledInterval: Math.ceil(lockMs / 2),
      maxStalledCount: MAX_DEATHS,
    });
    worker.on('error', onError);
    worker.on('stalled', (jobId) => log.warn({ jobId, lane }, 'a worker died or froze; its job runs again'));
    worker.on('failed', (job, error) => {
      const last = !job || job.attemptsMade >= (job.opts.attempts ?? 1);
      const fields = { err: error, job: job?.name, payload: job?.data as unknown, attempt: job?.attemptsMade, lane };
      if (last) log.error(fields, 'job given up');
      else log.warn(fields, 'job failed, will be tried again');
    });
    return worker;
  });
  const queues = lanes.map((lane) => [lane, backend.queue(lane)] as const);
  for (const [, queue] of queues) queue.on('error', onError);
  const started = [...queues.map(([lane, queue]) => upsertSchedules(lane, queue)), ...workers.map((worker) => worker.waitUntilReady())];
  try {
    await within(startMs, Promise.all(started));
  } catch (error) {
    for (const worker of workers) worker.close(true).catch(() => undefined); // what does not connect may not close either: nobody waits
    for (const one of started) one.catch(() => undefined);
    backend.close().catch(() => undefined);
    throw error;
  }
  return {
    drain: async (withinMs) => {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<'late'>((resolve) => {
        timer = setTimeout(() => resolve('late'), withinMs);
      });
      const ended = await Promise.race([Promise.all(workers.map((worker) => worker.close())), late]);
      clearTimeout(timer);
      if (ended === 'late') {
        log.warn({ withinMs }, 'jobs still run: they are left to the next worker');
        await Promise.all(workers.map((worker) => worker.close(true)));
      }
      await Promise.all(queues.map(([, queue]) => queue.close()));
      await backend.close();
    },
  };
};
