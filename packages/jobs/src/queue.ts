import { jobPayloads, type JobName, type JobPayload } from '@tideline/contracts/jobs';
import { openBackend, type QueueAddress, type QueueHandle } from './backend.ts';
import { declarationOf, lanes, type Lane } from './catalog.ts';

/** Asks for work. Payloads are parsed before they are queued; equal wake-ups coalesce while one waits. */
export type Jobs = {
  enqueue<N extends JobName>(name: N, payload: JobPayload<N>, options?: { delayMs?: number }): Promise<void>;
  close(): Promise<void>;
};

/** The queues of one process. `ping` fails when the backend does not answer. */
export type JobQueue = Jobs & { ping(): Promise<void> };

/** How many finally failed jobs a lane remembers, to be looked at; the log names each when it happens. */
const DEAD_LETTERS = 500;

export const jobOptions = <N extends JobName>(name: N, payload: JobPayload<N>, delayMs = 0) => {
  const { priority, attempts, backoffMs, repeat, key } = declarationOf(name);
  return {
    priority,
    attempts,
    backoff: { type: 'exponential', delay: backoffMs },
    delay: delayMs,
    deduplication: { id: `${name}-${key(payload)}`, keepLastIfActive: repeat === 'again' },
    removeOnComplete: true,
    removeOnFail: { count: DEAD_LETTERS },
  };
};

/**
 * Opens the queues. The schema must have been made (migrate-queue.ts) when the URL is PostgreSQL's. `onError` hears
 * of lost connections, which mend themselves.
 */
export const createJobs = (address: QueueAddress, onError: (error: Error) => void): JobQueue => {
  const backend = openBackend(address, onError);
  const open = (lane: Lane): QueueHandle => {
    const queue = backend.queue(lane);
    queue.on('error', onError);
    return queue;
  };
  const queues = new Map<Lane, QueueHandle>(lanes.map((lane) => [lane, open(lane)]));
  return {
    enqueue: async (name, payload, options) => {
      const parsed = jobPayloads[name].parse(payload) as typeof payload;
      const { lane } = declarationOf(name);
      const queue = queues.get(lane) ?? open(lane);
      try {
        await queue.add(name, parsed, jobOptions(name, parsed, options?.delayMs));
      } catch (error) {
        // one that could not connect when it was opened refuses for ever: the next wake-up gets another
        if (queues.get(lane) === queue) queues.set(lane, open(lane));
        await queue.close().catch(() => undefined);
        throw error;
      }
    },
    ping: () => backend.ping(),
    close: async () => {
      await Promise.all([...queues.values()].map((queue) => queue.close()));
      await backend.close();
    },
  };
};
