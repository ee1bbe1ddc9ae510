import type { Fault } from '@tideline/contracts/ingest';
import { contentId, type Fields, fieldsOf, figure, isFields, keyText, type Step } from './step.ts';

/**
 * CloudEvents 1.0 in our words: type is the event, subject the account, time the timestamp, data the properties and
 * `data.value` the value. An event is identified by its source and id together, as the specification says (and as
 * OpenMeter does): two sources may use the same id.
 */
export const cloudEventSteps = (events: readonly unknown[]): Step[] => events.map(stepOf);

const stepOf = (raw: unknown): Step => {
  if (!isFields(raw)) return { do: 'event', event: raw, user: null };
  const fault = faultOf(raw);
  const data = dataOf(raw);
  const event = {
    id: fault ? raw.id : identity(String(raw.source), String(raw.id)),
    account: raw.subject,
    event: raw.type,
    timestamp: raw.time,
    value: figure(isFields(data) ? data.value : data),
    properties: isFields(data) ? data : undefined,
  };
  return { do: 'event', event, user: null, ...(fault ? { fault } : {}) };
};

const faultOf = ({ specversion, source, id, subject }: Fields): Fault | null => {
  if (typeof specversion !== 'string' || !specversion.startsWith('1.')) return { code: 'not-an-event', message: 'specversion must be "1.0"' };
  if (keyText(id) === null) return { code: 'invalid-id', message: 'id must be a text of 1 to 200 characters' };
  if (typeof source !== 'string' || source === '') return { code: 'invalid-id', message: 'source is missing: an event is identified by its source and id' };
  return subject === undefined || subject === null ? { code: 'invalid-account', message: 'subject is missing: it names the account' } : null;
};

/** A source is a URI and holds no space, so the two parts cannot be mistaken; what is too long for an id is hashed. */
const identity = (source: string, id: string): string => {
  const text = `${source.replaceAll(' ', '%20')} ${id}`;
  return text.length <= 200 ? text : contentId('ce', [source, id]);
};

const dataOf = (event: Fields): unknown => {
  if (event.data !== undefined || typeof event.data_base64 !== 'string') return event.data;
  try {
    return JSON.parse(Buffer.from(event.data_base64, 'base64').toString('utf8')) as unknown;
  } catch {
    return undefined; // bytes that are no JSON say nothing a meter could read
  }
};

const HEADER = 'ce-';

/** An event in binary mode: its attributes travel as headers, percent-encoded, and the body is its data. */
export const binaryCloudEvent = (headers: Iterable<readonly [string, string]>, data: unknown): Fields => {
  const attributes = [...headers].flatMap(([name, value]) => (name.startsWith(HEADER) ? [[name.slice(HEADER.length), decoded(value)] as const] : []));
  return { ...fieldsOf(Object.fromEntries(attributes)), data };
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
