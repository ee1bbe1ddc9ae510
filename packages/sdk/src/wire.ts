// Generated from packages/contracts by `pnpm --filter @tideline/sdk generate`: change it there.

/** How many events one request may carry. */
export const MAX_EVENTS = 1000;

/** Any JSON value. */
export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

/** One usage event. */
export type UsageEvent = {
  /** Your own id of the fact: sent again, it counts once. Time-ordered ids (UUIDv7) are the fastest. */
  id: string;
  /** Your own key of the account */
  account: string;
  /** What happened, for example api.call */
  event: string;
  /** When it happened: ISO 8601 with an offset, or milliseconds since 1970. Without it: now. */
  timestamp?: string | number | undefined;
  /** A number, or decimal text where every digit counts */
  value?: number | string | null | undefined;
  /** What meters filter and count by; at most 16 KB, 5 deep */
  properties?: { [name: string]: Json } | null | undefined;
};

/** What became of the events of a request. */
export type IngestReply = {
  accepted: number;
  /** Stored before with the same content */
  duplicates: number;
  /** The id was stored before with other content; what was stored first stays */
  conflicts: number;
  /** Not stored, each with the reason. They are kept under Refused events, to be taken in once the cause is gone. */
  rejected: {
    /** Position in the request, from 0 */
    index: number;
    id: string | null;
    code: 'not-an-event' | 'unknown-field' | 'invalid-id' | 'invalid-account' | 'invalid-event' | 'invalid-timestamp' | 'timestamp-out-of-range' | 'clock-ahead' | 'invalid-value' | 'value-out-of-range' | 'invalid-properties' | 'properties-too-large' | 'properties-too-deep' | 'unknown-account' | 'out-of-retention' | 'conflict' | 'unknown-user' | 'unsupported-metric';
    message: string;
  }[];
  /** The conflicts, one by one. They are kept under Refused events, where the later content can take the place of the first. */
  conflicting: {
    /** Position in the request, from 0 */
    index: number;
    id: string | null;
    code: 'not-an-event' | 'unknown-field' | 'invalid-id' | 'invalid-account' | 'invalid-event' | 'invalid-timestamp' | 'timestamp-out-of-range' | 'clock-ahead' | 'invalid-value' | 'value-out-of-range' | 'invalid-properties' | 'properties-too-large' | 'properties-too-deep' | 'unknown-account' | 'out-of-retention' | 'conflict' | 'unknown-user' | 'unsupported-metric';
    message: string;
  }[];
};
