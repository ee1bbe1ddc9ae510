import {
  createPostgresBackend,
  createRedisBackend,
  withBackend,
  type Job,
  type PgPool,
  type Processor,
  type Queue,
  type Worker,
  type WorkerOptions,
} from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import type { Lane } from './catalog.ts';

type Listens = { on(event: 'error', listener: (error: Error) => void): unknown };
export type QueueHandle = Pick<Queue, 'add' | 'upsertJobScheduler' | 'getJobSchedulers' | 'getJobCounts' | 'close'> & Listens;
export type WorkerHandle = Pick<Worker, 'close' | 'waitUntilReady'> &
  Listens & {
    on(event: 'stalled', listener: (jobId: string) => void): unknown;
    on(event: 'failed', listener: (job: Job | undefined, error: Error) => void): unknown;
  };

/** Where jobs wait: a `postgres://` URL (the role tideline_queue) or a `redis://` one. `prefix` separates users of one Redis. */
export type QueueAddress = { url: string; prefix?: string };

/** One set of connections to the queues, on whichever backend the URL names. */
export type Backend = {
  queue(lane: Lane): QueueHandle;
  worker(lane: Lane, run: Processor, options: Omit<WorkerOptions, 'connection' | 'prefix'>): WorkerHandle;
  /** Fails when the backend does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
};

export const QUEUE_SCHEMA = 'bullmq';
const queueName = (lane: Lane): string => `tideline-${lane}`;

/** A server that dies while it is being connected to may never answer. */
const CONNECT_MS = 10_000;

/** A pool in the queue's schema. Losing the last wake-ups in a crash is fine: the sweep finds what is owed. */
export const queuePool = (url: string, max: number): pg.Pool =>
  new pg.Pool({
    connectionString: url,
    max,
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_MS,
    options: `-c search_path=${QUEUE_SCHEMA} -c synchronous_commit=off`,
  });

export const isRedis = (url: string): boolean => /^rediss?:/.test(url);

export const openBackend = (address: QueueAddress, onError: (error: Error) => void): Backend =>
  isRedis(address.url) ? openRedis(address, onError) : openPostgres(address, onError);

const openPostgres = ({ url }: QueueAddress, onError: (error: Error) => void): Backend => {
  const bull = withBackend(createPostgresBackend);
  const open: pg.Pool[] = [];
  const connect = (max: number): PgPool => {
    const pool = queuePool(url, max);
    pool.on('error', onError); // an idle connection was ended; the pool makes another
    open.push(pool);
    return pool as PgPool; // the two descriptions of one class differ in readonly only
  };
  const shared = connect(3);
  return {
    queue: (lane) => new bull.Queue(queueName(lane), { connection: shared }),
    // One connection stays in LISTEN; fewer than two would make an idle worker poll.
    worker: (lane, run, options) => new bull.Worker(queueName(lane), run, { ...options, connection: connect(4) }),
    ping: async () => {
      await open[0]?.query('SELECT 1');
    },
    close: async () => {
      await Promise.all(open.map((pool) => pool.end()));
    },
  };
};

const openRedis = ({ url, prefix = 'tideline' }: QueueAddress, onError: (error: Error) => void): Backend => {
  const bull = withBackend(createRedisBackend);
  const open: Redis[] = [];
  const connect = (): Redis => {
    const redis = new Redis(url, { maxRetriesPerRequest: null });
    redis.on('error', onError);
    open.push(redis);
    return redis;
  };
  const shared = connect();
  return {
    queue: (lane) => new bull.Queue(queueName(lane), { connection: shared, prefix }),
    worker: (lane, run, options) => new bull.Worker(queueName(lane), run, { ...options, connection: connect(), prefix }),
    ping: async () => {
      await shared.ping();
    },
    close: async () => {
      for (const redis of open) redis.disconnect();
    },
  };
};
