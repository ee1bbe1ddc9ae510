import type { JobName } from '@tideline/contracts/jobs';
import type { QueueHandle } from './backend.ts';
import { declarationOf, type Lane } from './catalog.ts';

/** What runs by the clock. Everything else is woken by what happened. */
export const schedules = { 'sweep.all': { everyMs: 30_000 } } as const satisfies Partial<Record<JobName, { everyMs: number }>>;

/** Writes the schedules of a lane; repeating it changes nothing, so every worker does it when it starts. */
export const upsertSchedules = async (lane: Lane, queue: QueueHandle): Promise<void> => {
  for (const [name, { everyMs }] of Object.entries(schedules) as [keyof typeof schedules, { everyMs: number }][]) {
    const { lane: own, priority, attempts } = declarationOf(name);
    if (own !== lane) continue;
    await queue.upsertJobScheduler(
      name,
      { every: everyMs },
      { name, data: {}, opts: { priority, attempts, removeOnComplete: true, removeOnFail: { count: 50 } } },
    );
  }
};
