import { open } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { PassThrough, pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Problem } from '@tideline/contracts/problem';
import { CsvError, parse } from 'csv-parse';

const GZIP = [0x1f, 0x8b];
const DELIMITERS = [',', ';', '\t', '|'] as const;
const PEEK_BYTES = 64 * 1024;
const MAX_ROW_CHARACTERS = 256 * 1024;

/** A CSV file being read row by row; memory does not grow with its size. */
export type Rows = {
  readonly columns: readonly string[];
  /** Bytes of the file itself that were read so far. */
  bytesRead(): number;
  /** Data rows in order, without the header. Stops reading when the caller stops. */
  [Symbol.asyncIterator](): AsyncIterator<string[]>;
};

const isGzip = async (path: string): Promise<boolean> => {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === GZIP[0] && buffer[1] === GZIP[1];
  } finally {
    await file.close();
  }
};

/** The text of the file, unpacked; a fault while unpacking ends the stream with it. */
const openText = async (path: string): Promise<{ text: Readable; bytesRead: () => number }> => {
  const gzip = await isGzip(path); // first, because a stream that is not piped yet has nobody to hear that the file is missing
  const raw = createReadStream(path, { highWaterMark: 256 * 1024 });
  const text = new PassThrough({ highWaterMark: 256 * 1024 });
  const done = (error: Error | null | undefined): void => void (error && text.destroy(error));
  if (gzip) pipeline(raw, createGunzip(), text, done);
  else pipeline(raw, text, done);
  return { text, bytesRead: () => raw.bytesRead };
};

/** Which character separates the columns: the one that stands most often in the first line. */
const delimiterOf = (start: string): string => {
  const line = start.split(/\r?\n/, 1)[0] ?? '';
  return [...DELIMITERS].toSorted((a, b) => line.split(b).length - line.split(a).length)[0] ?? ',';
};

/**
 * Opens a CSV file, gzip or not, with a header in its first row. Throws `rule-violated` where it cannot be read as one.
 * Rows with too few or too many columns come as they are: they are the caller's to refuse.
 */
export const openRows = async (path: string): Promise<Rows> => {
  const start = await peek(path);
  const { text, bytesRead } = await openText(path);
  return { bytesRead, ...(await csvRows(text, start)) };
};

/** The rows of unpacked CSV text; `start` is its first line at least, which tells the character between columns. */
export const csvRows = async (text: Readable, start: string): Promise<Omit<Rows, 'bytesRead'>> => {
  const parser = parse({
    delimiter: delimiterOf(start),
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: MAX_ROW_CHARACTERS,
  });
  pipeline(text, parser, (error) => void (error && parser.destroy(error)));
  const records = (parser as AsyncIterable<string[]>)[Symbol.asyncIterator]();
  const next = async (): Promise<IteratorResult<string[]>> => {
    try {
      return await records.next();
    } catch (error) {
      throw unreadable(error);
    }
  };
  const header = await next();
  if (header.done) throw new Problem('rule-violated', 'The file is empty');
  const columns = header.value.map((name) => name.trim());
  const end = async (): Promise<IteratorResult<string[]>> => {
    parser.destroy();
    text.destroy();
    return { done: true, value: undefined };
  };
  return { columns, [Symbol.asyncIterator]: () => ({ next, return: end }) };
};

const peek = async (path: string): Promise<string> => {
  const { text } = await openText(path);
  let start = '';
  try {
    for await (const chunk of text) {
      start += (chunk as Buffer).toString('utf8');
      if (start.length > PEEK_BYTES || start.includes('\n')) break;
    }
  } catch (error) {
    throw unreadable(error);
  }
  return start;
};

/** What is wrong with the file itself, as a `rule-violated`; anything else as it is. */
export const unreadable = (error: unknown): unknown => {
  if (error instanceof CsvError) return new Problem('rule-violated', `The file cannot be read as CSV: ${error.message}`);
  if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_'))
    return new Problem('rule-violated', 'The file is a gzip archive that is cut short or damaged');
  return error;
};

const NEEDS_QUOTES = /[",\r\n]/;
/** One row as CSV text. */
export const csvLine = (fields: readonly string[]): string =>
  fields.map((field) => (NEEDS_QUOTES.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(',');
