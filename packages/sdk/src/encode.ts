import type { UsageEvent } from './wire.ts';

/** An event as a host hands it over. */
export type TrackedEvent = Omit<UsageEvent, 'id' | 'timestamp'> & {
  /** Your own id of the fact, when there is one; the same id with other content is a conflict. Without it one is made. */
  id?: string | undefined;
  /** When it happened; without it: now, as it is tracked. */
  timestamp?: UsageEvent['timestamp'] | Date;
};

/** An event made ready once, so that every attempt sends the same bytes. */
export type Item = { readonly id: string; readonly text: string; readonly bytes: number };

const encoder = new TextEncoder();

const timeOf = (given: TrackedEvent['timestamp'], nowMs: number): string | number => {
  if (given === undefined || given === null) return new Date(nowMs).toISOString();
  return given instanceof Date ? given.toISOString() : given;
};

/** The event as text, its time fixed. Throws on what JSON cannot say: it would arrive as something else, or not at all. */
export const encode = (event: TrackedEvent, id: string, nowMs: number): Item => {
  const { account, event: name, value, properties } = event;
  if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError(`value ${value} is not a finite number`);
  const text = JSON.stringify({ id, account, event: name, timestamp: timeOf(event.timestamp, nowMs), value, properties });
  return { id, text, bytes: encoder.encode(text).length };
};

/** The event as it was or would have been sent. */
export const decode = (item: Item): UsageEvent => JSON.parse(item.text) as UsageEvent;
