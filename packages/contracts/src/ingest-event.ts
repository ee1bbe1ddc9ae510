import { Decimal, toText } from '@tideline/domain/money';
import type { EventFault, Fault } from './ingest.ts';
import { canonicalProperties, isStorable, type Properties } from './ingest-properties.ts';

/** An event that may be stored. Text is exact: `value` is a plain decimal, `canonical` the properties in one order. */
export type CheckedEvent = {
  readonly id: string;
  readonly account: string;
  readonly event: string;
  /** Milliseconds since 1970; null: the workspace's now. */
  readonly timeMs: number | null;
  readonly value: string | null;
  readonly properties: Properties | null;
  readonly canonical: string | null;
};

const FIELDS = new Set(['id', 'account', 'event', 'timestamp', 'value', 'properties']);
const MAX_TEXT = 200;
export const EARLIEST_MS = Date.UTC(2000, 0, 1);
/** A clock may run ahead by this much, zones included; further ahead is a mistake. What is stored ahead waits for its day. */
const MAX_AHEAD_MS = 86_400_000;

const isFault = (value: unknown): value is Fault => typeof value === 'object' && value !== null && 'code' in value;
const fault = (code: EventFault, message: string): Fault => ({ code, message });

/**
 * Checks one event by hand, because it runs for every event that arrives. `nowMs` bounds the timestamp.
 * Answers the event, or the first fault with a message that says what to send instead.
 */
export const checkEvent = (raw: unknown, nowMs: number): CheckedEvent | Fault => {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
    return fault('not-an-event', 'Send an object with id, account and event, for example {"id":"e-1","account":"acme","event":"api.call"}');
  const given = raw as Record<string, unknown>;
  for (const name in given)
    if (!FIELDS.has(name)) return fault('unknown-field', `"${shown(name)}" is not a field of an event: put your own data under properties`);
  const id = text(given.id);
  if (id === null) return fault('invalid-id', textMessage('id', given.id));
  const account = text(given.account);
  if (account === null) return fault('invalid-account', textMessage('account', given.account));
  const event = text(given.event);
  if (event === null) return fault('invalid-event', textMessage('event', given.event));
  const timeMs = given.timestamp === undefined || given.timestamp === null ? null : checkTime(given.timestamp, nowMs);
  if (isFault(timeMs)) return timeMs;
  const value = given.value === undefined || given.value === null ? null : checkValue(given.value);
  if (isFault(value)) return value;
  if (given.properties === undefined || given.properties === null) return { id, account, event, timeMs, value, properties: null, canonical: null };
  const checked = canonicalProperties(given.properties);
  if ('code' in checked) return checked;
  return { id, account, event, timeMs, value, properties: checked.properties, canonical: checked.text };
};

export const isEventFault = (checked: CheckedEvent | Fault): checked is Fault => 'code' in checked;

const shown = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text).replaceAll(/[^\x20-\x7e\u00a0-\uffff]/g, '?');

const text = (raw: unknown): string | null => (typeof raw === 'string' && raw.length > 0 && raw.length <= MAX_TEXT && isStorable(raw) ? raw : null);

const textMessage = (field: string, raw: unknown): string => {
  if (raw === undefined || raw === null) return `${field} is missing`;
  if (typeof raw !== 'string') return `${field} must be a text: write ${typeof raw === 'number' ? `"${raw}"` : 'it'} in quotes`;
  if (raw.length === 0) return `${field} is empty`;
  if (raw.length > MAX_TEXT) return `${field} has ${raw.length} characters: at most ${MAX_TEXT} are kept`;
  return `${field} holds a NUL or half a character, which cannot be stored`;
};

const ISO = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?:[Zz]|([+-])(\d\d):?(\d\d))$/;
const HOW = 'write ISO 8601 with an offset, for example 2026-11-22T09:30:00Z, or milliseconds since 1970';

const checkTime = (raw: unknown, nowMs: number): number | Fault => {
  const ms = typeof raw === 'number' && Number.isInteger(raw) ? raw : typeof raw === 'string' ? isoMs(raw) : null;
  if (ms === null) return fault('invalid-timestamp', `timestamp ${shown(JSON.stringify(raw))} is not a time: ${HOW}`);
  if (typeof raw === 'number' && ms > 0 && ms * 1000 >= EARLIEST_MS && ms < EARLIEST_MS && ms * 1000 <= nowMs + MAX_AHEAD_MS)
    return fault('timestamp-out-of-range', `timestamp ${ms} looks like seconds: send milliseconds, ${ms * 1000}`);
  if (ms < EARLIEST_MS) return fault('timestamp-out-of-range', 'timestamp lies before 2000-01-01');
  if (ms > nowMs + MAX_AHEAD_MS)
    return fault('clock-ahead', `timestamp lies ${Math.ceil((ms - nowMs) / 86_400_000)} days ahead of our clock: check the clock of the sender`);
  return ms;
};

/** ISO 8601 with an offset as milliseconds; null for anything else, and for days and hours that do not exist. */
export const isoMs = (iso: string): number | null => {
  const parts = ISO.exec(iso);
  if (!parts) return null;
  const [year, month, day, hour, minute, second] = [parts[1], parts[2], parts[3], parts[4], parts[5], parts[6] ?? '0'].map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const [offsetHour, offsetMinute] = [Number(parts[9] ?? 0), Number(parts[10] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59 || offsetHour > 15 || offsetMinute > 59) return null;
  const at = Date.UTC(year, month - 1, day, hour, minute, second, Number((parts[7] ?? '0').padEnd(3, '0').slice(0, 3)));
  if (month < 1 || month > 12 || day < 1 || new Date(at).getUTCDate() !== day) return null;
  return at - (parts[8] === '-' ? -1 : 1) * (offsetHour * 60 + offsetMinute) * 60_000;
};

const DECIMAL = /^[+-]?(\d+)(?:\.(\d*))?$/;
const MAX_WHOLE = 20;
const MAX_PLACES = 18;

const checkValue = (raw: unknown): string | Fault => {
  if (typeof raw === 'number') {
    if (!Number.isFinite(raw)) return fault('invalid-value', 'value is not a finite number');
    if (Math.abs(raw) >= 1e20) return fault('value-out-of-range', 'value has more than 20 digits before the point');
    const short = String(raw === 0 ? 0 : raw);
    // A double that small was never exact: what is finer than 18 places is rounded.
    return short.includes('e') || short.length > MAX_PLACES + 2 ? toText(new Decimal(raw).toDecimalPlaces(MAX_PLACES)) : short;
  }
  const parts = typeof raw === 'string' && raw.length <= 60 ? DECIMAL.exec(raw) : null;
  if (!parts) return fault('invalid-value', `value ${shown(JSON.stringify(raw))} is not a number: write digits with an optional point, for example "12.50"`);
  const whole = (parts[1] ?? '').replace(/^0+(?=\d)/, '');
  const places = (parts[2] ?? '').replace(/0+$/, '');
  if (whole.length > MAX_WHOLE || places.length > MAX_PLACES)
    return fault('value-out-of-range', `value has more than ${MAX_WHOLE} digits before the point or ${MAX_PLACES} after it`);
  const size = places ? `${whole}.${places}` : whole;
  return raw?.toString().startsWith('-') && size !== '0' ? `-${size}` : size;
};
