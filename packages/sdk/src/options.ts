import type { Told } from './report.ts';
import { MAX_EVENTS } from './wire.ts';

export type Options = Told & {
  /** Where Tideline runs, for example https://tideline.example.com. */
  url: string;
  /** An API key of the workspace with the scope `ingest`. */
  key: string;
  /** Events of one request, at most and by default 1,000. */
  maxBatchEvents?: number;
  /** Bytes of one request: 1 MB. */
  maxBatchBytes?: number;
  /** How long an event waits for others: 500 ms. */
  intervalMs?: number;
  /** Requests at a time: 4. */
  maxInFlight?: number;
  /** Events kept until they are acknowledged: 100,000; and their bytes: 64 MB. Beyond it new ones are dropped. */
  maxQueuedEvents?: number;
  maxQueuedBytes?: number;
  /** How long a request may take: 30 s. */
  timeoutMs?: number;
  /** How long a batch is tried before its events are dropped: a day. */
  giveUpAfterMs?: number;
  /** Flush when Node has nothing left to do: true. It waits at most `exitMs`, 10 s. */
  flushOnExit?: boolean;
  exitMs?: number;
};

export type Limits = Required<Omit<Options, keyof Told | 'url' | 'key' | 'flushOnExit'>>;

const MB = 1024 * 1024;
const limits: { readonly [K in keyof Limits]: readonly [usual: number, least: number, most: number] } = {
  maxBatchEvents: [MAX_EVENTS, 1, MAX_EVENTS],
  maxBatchBytes: [MB, 1_024, 8 * MB],
  intervalMs: [500, 0, 60_000],
  maxInFlight: [4, 1, 64],
  maxQueuedEvents: [100_000, 1, 10_000_000],
  maxQueuedBytes: [64 * MB, 1_024, 4_096 * MB],
  timeoutMs: [30_000, 1, 600_000],
  giveUpAfterMs: [86_400_000, 0, 30 * 86_400_000],
  exitMs: [10_000, 0, 600_000],
};

/** The bounds a client works within: what was asked for, as far as it is possible, else the usual. */
export const limitsOf = (options: Options): Limits =>
  Object.fromEntries(
    Object.entries(limits).map(([name, [usual, least, most]]) => {
      const asked = options[name as keyof Limits];
      return [name, typeof asked === 'number' && !Number.isNaN(asked) ? Math.min(most, Math.max(least, asked)) : usual];
    }),
  ) as Limits;

/** What is wrong with the address or key; null when nothing is. */
export const optionsFault = ({ url, key }: Partial<Options>): string | null => {
  if (typeof url !== 'string' || !/^https?:\/\/./.test(url)) return 'url must be the address of Tideline, for example https://tideline.example.com';
  if (typeof key !== 'string' || !/^[\x21-\x7e]+$/.test(key)) return 'key must be an API key with the scope ingest';
  return null;
};
