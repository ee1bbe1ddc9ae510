import type { JobName, JobPayload } from '@tideline/contracts/jobs';

/** Asks for work. Payloads are parsed before they are queued; equal wake-ups coalesce while one waits. */
export type Jobs = {
  enqueue<N extends JobName>(name: N, payload: JobPayload<N>, options?: { delayMs?: number }): Promise<void>;
  close(): Promise<void>;
};
