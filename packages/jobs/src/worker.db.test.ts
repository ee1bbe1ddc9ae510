import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { cloneDatabase } from '@tideline/testkit/postgres';
import { redisForTest } from '@tideline/testkit/redis';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openBackend, type QueueAddress } from './backend.ts';
import { migrateQueue } from './migrate-queue.ts';
import { createJobs, type JobQueue } from './queue.ts';
import { runWorkers, type Handlers, type WorkerOptions, type Workers } from './worker.ts';

const nothing = async () => undefined;
const idle: Handlers = {
  'score.changed': nothing,
  'day.close': nothing,
  'score.backfill': nothing,
  'score.all': nothing,
  'score.backtest': nothing,
  'score.fit': nothing,
  'account.merge': nothing,
  'correction.run': nothing,
  'import.run': nothing,
  'meter.refill': nothing,
  'notify.send': nothing,
  'demo.history': nothing,
  'retention.keep': nothing,
  'source.pull': nothing,
  'sweep.all': nothing,
};
const fail = (error: Error): never => {
  throw error;
};

/** A promise that the test settles, to hold a job or to wait for one. */
const gate = () => {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
};
const until = async (isTrue: () => boolean, withinMs = 10_000): Promise<void> => {
  const end = Date.now() + withinMs;
  while (!isTrue()) {
    if (Date.now() > end) throw new Error(`still not true after ${withinMs} ms: ${isTrue.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

describe.each(['PostgreSQL', 'Redis'] as const)('jobs on %s', (backend) => {
  let address: QueueAddress;
  const open: (() => Promise<void>)[] = [];
  const logged: { level: string; message: string; fields: Record<string, unknown> }[] = [];

  beforeAll(async () => {
    address = backend === 'Redis' ? redisForTest() : { url: (await cloneDatabase()).queueUrl };
    await migrateQueue(address.url);
    await migrateQueue(address.url); // every start migrates: the second time changes nothing
  });
  afterEach(async () => {
    for (const close of open.splice(0).toReversed()) await close();
    logged.length = 0;
  });

  const jobsOf = (): JobQueue => {
    const jobs = createJobs(address, fail);
    open.push(() => jobs.close());
    return jobs;
  };
  const work = async (handlers: Partial<Handlers>, options: Partial<WorkerOptions> = {}): Promise<Workers> => {
    const note = (level: string) => (fields: Record<string, unknown>, message: string) => void logged.push({ level, message, fields });
    const workers = await runWorkers(address, { handlers: { ...idle, ...handlers }, log: { warn: note('warn'), error: note('error') }, ...options });
    let drained = false;
    const drain = async (withinMs: number) => {
      if (drained) return;
      drained = true;
      await workers.drain(withinMs);
    };
    open.push(() => drain(5_000));
    return { drain };
  };
  const payload = () => ({ workspaceId: randomUUID() });

  test('a job asked for is handled with its payload', async () => {
    const jobs = jobsOf();
    await jobs.ping();
    const seen: unknown[] = [];
    await work({ 'score.changed': async (got) => void seen.push(got) });
    const asked = payload();
    await jobs.enqueue('score.changed', asked);
    await until(() => seen.length === 1);
    expect(seen).toEqual([asked]);
  });

  test('a payload that is not what the job takes is refused before it is queued', async () => {
    await expect(jobsOf().enqueue('score.changed', { workspaceId: 'acme' })).rejects.toThrow(/uuid/i);
  });

  test('wake-ups that wait are one; one that comes while the job runs makes it run once more', async () => {
    const jobs = jobsOf();
    const asked = payload();
    const other = payload();
    for (let i = 0; i < 5; i++) await jobs.enqueue('score.changed', asked);
    const runs: string[] = [];
    const first = gate();
    const started = gate();
    let running = 0;
    let most = 0;
    await work({
      'score.changed': async ({ workspaceId }) => {
        runs.push(workspaceId);
        if (workspaceId !== asked.workspaceId) return;
        most = Math.max(most, ++running);
        started.open();
        await first.opened;
        running--;
      },
    });
    await started.opened;
    for (let i = 0; i < 5; i++) await jobs.enqueue('score.changed', asked);
    await jobs.enqueue('score.changed', other);
    await until(() => runs.includes(other.workspaceId)); // another workspace does not wait for this one
    first.open();
    await until(() => runs.length === 3);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(runs.filter((id) => id === asked.workspaceId)).toHaveLength(2);
    expect(most).toBe(1);
  });

  test('a run asked for again while it runs is not run twice', async () => {
    const jobs = jobsOf();
    const asked = { ...payload(), runId: randomUUID() };
    const held = gate();
    const started = gate();
    let runs = 0;
    await work({
      'score.backfill': async () => {
        runs++;
        started.open();
        await held.opened;
      },
    });
    await jobs.enqueue('score.backfill', asked);
    await started.opened;
    await jobs.enqueue('score.backfill', asked);
    held.open();
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(runs).toBe(1);
    await jobs.enqueue('score.backfill', asked); // finished: a resumed run may be asked for anew
    await until(() => runs === 2);
  });

  test('long work does not stand before live work, and live work goes by priority', async () => {
    const jobs = jobsOf();
    const held = gate();
    const order: string[] = [];
    for (let i = 0; i < 3; i++) await jobs.enqueue('score.backfill', { ...payload(), runId: randomUUID() });
    await jobs.enqueue('day.close', payload());
    await jobs.enqueue('notify.send', payload());
    await work(
      { 'score.backfill': () => held.opened, 'day.close': async () => void order.push('day.close'), 'notify.send': async () => void order.push('notify.send') },
      { concurrency: { live: 1, long: 2 } },
    );
    await until(() => order.length === 2);
    held.open();
    expect(order).toEqual(['notify.send', 'day.close']);
  });

  test('a job that fails is tried again after a pause', async () => {
    const jobs = jobsOf();
    const at: number[] = [];
    await work({
      'score.changed': async () => {
        at.push(Date.now());
        if (at.length === 1) throw new Error('the database went away');
      },
    });
    await jobs.enqueue('score.changed', payload());
    await until(() => at.length === 2);
    expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThanOrEqual(900);
    expect(logged).toMatchObject([{ level: 'warn', message: 'job failed, will be tried again', fields: { job: 'score.changed', attempt: 1 } }]);
  });

  test('a job that keeps failing is given up loudly and does not block the next wake-up', async () => {
    const jobs = jobsOf();
    let runs = 0;
    await work({
      'sweep.all': async () => {
        runs++;
        throw new Error('no');
      },
    });
    await jobs.enqueue('sweep.all', {});
    await until(() => runs >= 1 && logged.some((line) => line.level === 'error'));
    const before = runs;
    await jobs.enqueue('sweep.all', {});
    await until(() => runs > before);
    expect(logged.every((line) => line.message === 'job given up')).toBe(true);
  });

  test('the job of a killed worker runs again', async () => {
    const jobs = jobsOf();
    const child = fork(join(import.meta.dirname, 'worker.fixture.ts'), [address.url, address.prefix ?? ''], { stdio: 'inherit' });
    const messages: unknown[] = [];
    child.on('message', (message) => messages.push(message));
    await until(() => messages.includes('ready'), 15_000);
    const asked = payload();
    await jobs.enqueue('score.changed', asked);
    await until(() => messages.includes('started'));
    child.kill('SIGKILL');
    await once(child, 'exit');
    const seen: unknown[] = [];
    await work({ 'score.changed': async (got) => void seen.push(got) }, { lockMs: 1_500 });
    await until(() => seen.length === 1, 15_000);
    expect(seen).toEqual([asked]);
  });

  test('draining lets a running job end', async () => {
    const jobs = jobsOf();
    const started = gate();
    let ended = false;
    const workers = await work({
      'score.changed': async () => {
        started.open();
        await new Promise((resolve) => setTimeout(resolve, 300));
        ended = true;
      },
    });
    await jobs.enqueue('score.changed', payload());
    await started.opened;
    await workers.drain(5_000);
    expect(ended).toBe(true);
  });

  test('the sweep comes by the clock, once however many workers start', async () => {
    const own: QueueAddress = backend === 'Redis' ? redisForTest() : { url: (await cloneDatabase()).queueUrl };
    await migrateQueue(own.url);
    let sweeps = 0;
    const options = { handlers: { ...idle, 'sweep.all': async () => void sweeps++ }, log: { warn: () => undefined, error: () => undefined } };
    for (let i = 0; i < 2; i++) {
      const workers = await runWorkers(own, options);
      open.push(() => workers.drain(5_000));
    }
    await until(() => sweeps === 1);
    const looking = openBackend(own, fail);
    open.push(() => looking.close());
    const queue = looking.queue('live');
    open.push(() => queue.close());
    expect((await queue.getJobSchedulers()).map(({ name, every }) => ({ name, every: Number(every) }))).toEqual([{ name: 'sweep.all', every: 30_000 }]);
  });
});

test('a missing or unknown handler does not compile', () => {
  const { 'score.all': _, ...lacking } = idle;
  // @ts-expect-error: score.all has no handler
  const incomplete: Handlers = lacking;
  // @ts-expect-error: no such job
  const unknown: Handlers = { ...idle, 'score.everything': nothing };
  expect([incomplete, unknown]).toHaveLength(2);
});
