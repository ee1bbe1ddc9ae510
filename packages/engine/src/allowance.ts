import { Problem } from '@tideline/contracts/problem';
import type { Deps, Who } from './deps.ts';

/** How many events may still come, per minute: of a key or of its workspace. */
export type Allowance = {
  readonly of: 'key' | 'workspace';
  readonly quota: number;
  readonly remaining: number;
  /** Seconds until it is whole again. */ readonly resetS: number;
};
type Bucket = { tokens: number; atMs: number };

const MINUTE_S = 60;
const MAX_BUCKETS = 20_000;
const buckets = new WeakMap<Deps['db'], Map<string, Bucket>>();

/** Raised when too many events came; carries what is left, for the answer's headers. */
export class Spent extends Problem {
  readonly allowances: readonly Allowance[];
  constructor(message: string, retryAfterS: number, allowances: readonly Allowance[]) {
    super('too-many-requests', message, { retryAfterS });
    this.allowances = allowances;
  }
}

/**
 * Takes `events` from what the key and its workspace may send in a minute; each fills up evenly. Where one of them does not
 * hold that many, nothing is taken and `Spent` is thrown. The limits are this process's own: several share nothing.
 */
export const spend = (deps: Deps, who: Who, events: number): Allowance[] => {
  if (!who.key) return [];
  const { id, eventsPerMinute, workspaceEventsPerMinute } = who.key;
  const own = buckets.get(deps.db) ?? new Map<string, Bucket>();
  buckets.set(deps.db, own);
  if (own.size > MAX_BUCKETS) own.clear();
  const nowMs = deps.now().getTime();
  const limits = [
    ...(eventsPerMinute === null ? [] : [{ of: 'key' as const, quota: eventsPerMinute, bucket: filled(own, id, eventsPerMinute, nowMs) }]),
    { of: 'workspace' as const, quota: workspaceEventsPerMinute, bucket: filled(own, who.workspaceId, workspaceEventsPerMinute, nowMs) },
  ];
  const short = limits.filter(({ bucket }) => bucket.tokens < events);
  if (short.length === 0) for (const { bucket } of limits) bucket.tokens -= events;
  const allowances = limits.map(({ of, quota, bucket }) => ({
    of,
    quota,
    remaining: Math.floor(bucket.tokens),
    resetS: Math.ceil(((quota - bucket.tokens) / quota) * MINUTE_S),
  }));
  const worst = short.toSorted((a, b) => waitOf(b, events) - waitOf(a, events))[0];
  if (!worst) return allowances;
  const whose = worst.of === 'key' ? 'This key' : 'This workspace';
  throw new Spent(
    `${whose} may send ${worst.quota.toLocaleString('en')} events a minute: send them again after the time given`,
    Math.ceil(waitOf(worst, events)),
    allowances,
  );
};

/** Seconds until the bucket holds that many; a request larger than the whole waits for a full one. */
const waitOf = ({ quota, bucket }: { quota: number; bucket: Bucket }, events: number): number =>
  Math.max(1, ((Math.min(events, quota) - bucket.tokens) / quota) * MINUTE_S);

const filled = (own: Map<string, Bucket>, name: string, quota: number, nowMs: number): Bucket => {
  const bucket = own.get(name) ?? { tokens: quota, atMs: nowMs };
  own.set(name, bucket);
  bucket.tokens = Math.min(quota, bucket.tokens + (Math.max(0, nowMs - bucket.atMs) / 1_000 / MINUTE_S) * quota);
  bucket.atMs = nowMs;
  return bucket;
};
