import { gunzipSync } from 'node:zlib';
import { Problem } from '@tideline/contracts/problem';
import type * as z from 'zod';

/** A parsed body may be this large; files are streamed and have no such bound. */
export const MAX_BODY_BYTES = 8 * 1024 * 1024;

/** Read and forgotten up to this size, so that the sender hears why it was refused. */
const MAX_DRAINED_BYTES = 64 * 1024 * 1024;
/** All bodies that are being read at this moment, together. */
const MAX_READING_BYTES = 96 * 1024 * 1024;
let readingBytes = 0;

/** Reads a JSON body, gzip or not, refusing early what is too large, not UTF-8 or not JSON. */
export const readBody = async (request: Request): Promise<unknown> => {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (type && type !== 'application/json' && !type.endsWith('+json')) {
    throw new Problem('unsupported-media-type', `Send JSON with the header content-type: application/json; this came as "${type}"`);
  }
  const bytes = await readBounded(request);
  if (bytes.length === 0) return undefined;
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
    throw new Problem('invalid-request', error instanceof SyntaxError ? `The body is not JSON: ${error.message}` : 'The body is not valid UTF-8');
  }
};

/** The bytes of a body, unpacked where it is gzip. What is being read, of all requests together, is bounded, so that memory is. */
export const readBounded = async (request: Request): Promise<Uint8Array> => {
  let held = 0;
  const hold = (bytes: number): void => {
    if (readingBytes + bytes > MAX_READING_BYTES)
      throw new Problem('unavailable', 'More arrives than can be read at this moment: send it again after the time given', { retryAfterS: 1 });
    readingBytes += bytes;
    held += bytes;
  };
  try {
    return await readBytes(request, hold);
  } finally {
    readingBytes -= held;
  }
};

const readBytes = async (request: Request, hold: (bytes: number) => void): Promise<Uint8Array> => {
  const tooLarge = () => new Problem('too-large', `The body may have ${MAX_BODY_BYTES / 1024 / 1024} MB: send less at a time`);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size <= MAX_BODY_BYTES) {
      hold(chunk.length);
      chunks.push(chunk);
    } else chunks.length = 0;
    // Most senders listen only once they have sent all: what is a little too large is read to its end and forgotten.
    if (size > MAX_DRAINED_BYTES) throw tooLarge();
  }
  if (size > MAX_BODY_BYTES) throw tooLarge();
  const raw = Buffer.concat(chunks);
  const encoding = request.headers.get('content-encoding') ?? 'identity';
  if (encoding === 'identity') return raw;
  if (encoding !== 'gzip') throw new Problem('unsupported-media-type', `Content-Encoding "${encoding}" is not accepted: send gzip or none`);
  try {
    return gunzipSync(raw, { maxOutputLength: MAX_BODY_BYTES });
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge();
    throw new Problem('invalid-request', 'The body says gzip but cannot be unpacked');
  }
};

/** Parses with the record's schema; every fault is named with its place. */
export const parsed = (schema: z.ZodType | undefined, value: unknown, where: 'path' | 'query' | 'body'): unknown => {
  if (!schema) return undefined;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const errors = result.error.issues.slice(0, 20).map((issue) => ({ path: [where, ...issue.path].join('.'), message: issue.message }));
  // A path that cannot name anything answers exactly like one that names nothing.
  if (where === 'path') throw new Problem('not-found', 'There is nothing here');
  throw new Problem('invalid-request', errors.map((e) => `${e.path}: ${e.message}`).join('; '), { errors });
};
