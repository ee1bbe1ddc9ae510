import { decode, type Item } from './encode.ts';
import type { IngestReply, UsageEvent } from './wire.ts';

/** What can become of an event that is not simply stored. */
export const reasons = {
  options: 'The client was made with options it cannot work with: nothing is sent',
  invalid: 'The event cannot be sent as it is',
  'queue-full': 'Too much waits to be sent: new events are dropped until there is room',
  closed: 'The client was closed before the events were acknowledged; those of an attempt without answer may have arrived',
  'gave-up': 'No attempt succeeded for too long; those of an attempt without answer may have arrived',
  refused: 'The server refuses the request, and would again',
  rejected: 'The server does not take this event',
  conflict: 'The id was sent before with other content: what was stored first stands',
  retrying: 'The server cannot be reached or is overloaded: events wait and are tried again',
} as const;

/** Told to `onError`. All but `conflict` and `retrying` say that events were dropped. */
export type Report = {
  readonly code: keyof typeof reasons;
  readonly message: string;
  /** How many events it concerns. */
  readonly count: number;
  /** Those events; for `queue-full` the first of a burst. */
  readonly events: readonly UsageEvent[];
  /** The server's own code, for `rejected`. */
  readonly fault?: IngestReply['rejected'][number]['code'];
  readonly status?: number;
};

/** Told to `onResult`: a batch was answered. */
export type Result = IngestReply & {
  /** Ids that are stored now, durably: accepted, sent before, or in conflict with what was sent before. */
  readonly acknowledged: readonly string[];
  readonly attempts: number;
};

export type Told = { onError?: ((report: Report) => void) | undefined; onResult?: ((result: Result) => void) | undefined };

const aloud = ({ code, message, count }: Report): void => console.warn(`[tideline] ${code}, ${count} events: ${message}`);

/** Calls the host's function; what it throws, or a promise of it fails with, stays there. */
const safely = <T>(tell: (what: T) => unknown, what: T): void => {
  try {
    const told = tell(what);
    if (told instanceof Promise) told.catch(() => undefined);
  } catch {
    // a host that cannot listen must not lose its events for that
  }
};

/** How the client tells its host. Without `onError` it writes to the console, so that nothing is lost in silence. */
export const reporter = ({ onError = aloud, onResult = () => undefined }: Told) => ({
  error: (code: Report['code'], why: string, more: Partial<Report> = {}): void =>
    safely(onError, { code, message: why ? `${reasons[code]}. ${why}` : `${reasons[code]}.`, count: more.events?.length ?? 0, events: [], ...more }),
  result: (result: Result): void => safely(onResult, result),
});
export type Reporter = ReturnType<typeof reporter>;

type Refused = IngestReply['rejected'][number];

/** Tells of the events that were not stored, and of those whose id was taken by other content. */
export const tellRefused = (report: Reporter, items: readonly Item[], reply: IngestReply): void => {
  const tell = (code: 'rejected' | 'conflict', { index, message, code: fault }: Refused): void => {
    const item = items[index];
    if (item) report.error(code, message, { events: [decode(item)], fault });
  };
  for (const refused of reply.rejected) tell('rejected', refused);
  for (const conflict of reply.conflicting) tell('conflict', conflict);
};
