import type { Fault } from './ingest.ts';

export type Properties = Readonly<Record<string, unknown>>;

const MAX_BYTES = 16 * 1024;
const MAX_DEPTH = 5;
/** Names with a meaning in JavaScript: kept out, so that no reader downstream can be fooled by them. */
const RESERVED = new Set(['__proto__', 'constructor', 'prototype']);

/** Whether PostgreSQL can store the text: no NUL, no half of a surrogate pair. */
export const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

class Refused extends Error {
  readonly fault: Fault;
  constructor(code: Fault['code'], message: string) {
    super(message);
    this.fault = { code, message };
  }
}

/**
 * Writes properties as JSON with sorted names, so that equal facts are equal texts, and checks them on the way:
 * size, depth, and what PostgreSQL or a later reader could not take.
 */
export const canonicalProperties = (raw: unknown): { readonly properties: Properties; readonly text: string } | Fault => {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
    return { code: 'invalid-properties', message: 'properties must be a JSON object, for example {"region":"eu"}' };
  try {
    const text = written(raw, 1);
    // A UTF-16 unit takes at most three bytes: most texts need no counting.
    if (text.length * 3 > MAX_BYTES && new TextEncoder().encode(text).length > MAX_BYTES)
      return { code: 'properties-too-large', message: `properties take more than ${MAX_BYTES / 1024} KB: send what meters read, not the whole record` };
    return { properties: raw as Properties, text };
  } catch (error) {
    if (error instanceof Refused) return error.fault;
    throw error;
  }
};

const quoted = (text: string): string => {
  if (!isStorable(text)) throw new Refused('invalid-properties', 'properties hold a text with a NUL or half a character, which cannot be stored');
  return JSON.stringify(text);
};

const written = (value: unknown, depth: number): string => {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'boolean' || value === null) return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new Refused('invalid-properties', 'properties hold a number that is not finite');
    return JSON.stringify(value);
  }
  if (typeof value !== 'object') throw new Refused('invalid-properties', 'properties hold something that is not JSON');
  if (depth > MAX_DEPTH) throw new Refused('properties-too-deep', `properties are nested more than ${MAX_DEPTH} deep`);
  if (Array.isArray(value)) return `[${value.map((item) => written(item, depth + 1)).join(',')}]`;
  const own = value as Record<string, unknown>;
  const pairs: string[] = [];
  for (const name of Object.keys(own).toSorted()) {
    if (RESERVED.has(name)) throw new Refused('invalid-properties', `properties may not have the name "${name}"`);
    if (own[name] !== undefined) pairs.push(`${quoted(name)}:${written(own[name], depth + 1)}`);
  }
  return `{${pairs.join(',')}}`;
};
