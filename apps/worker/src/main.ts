import { runWorkers } from '@tideline/jobs/worker';
import { compose } from './compose.ts';
import { readEnv } from './env.ts';
import { handlersOf } from './handlers.ts';
import { openHealthPort } from './health-port.ts';

/** How long running jobs may take to end, less than whoever stops us waits; then they are left to the next worker, which starts them again. */
const DRAIN_MS = 8_000;

const env = readEnv();
const opened = compose(env);
const { log } = opened.deps;
const workers = await runWorkers({ url: opened.queueUrl }, { handlers: handlersOf(opened.deps), log });
const health = env.WORKER_PORT === undefined ? undefined : openHealthPort(opened, env.WORKER_HOST, env.WORKER_PORT);
await opened.deps.jobs.enqueue('sweep.all', {}); // what was owed when the last worker stopped
log.info({}, 'worker is ready');

let stopping = false;
const stop = async (signal: string): Promise<void> => {
  if (stopping) return;
  stopping = true;
  log.info({ signal }, 'worker stops when its jobs have ended');
  health?.close();
  await workers.drain(DRAIN_MS);
  await opened.close();
  process.exit(0);
};
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal));
