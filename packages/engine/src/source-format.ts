import { PassThrough, pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Problem } from '@tideline/contracts/problem';
import { csvRows, unreadable } from './import-file.ts';
import { parquetRows } from './source-parquet.ts';
import type { FileStore, StoredFile } from './source-store.ts';

/** The rows of a file as text, in order. */
export type FileRows = { readonly columns: readonly string[]; [Symbol.asyncIterator](): AsyncIterator<string[]> };

const FORMATS: readonly (readonly [RegExp, 'csv' | 'jsonl' | 'parquet'])[] = [
  [/\.(csv|tsv|txt)(\.gz)?$/i, 'csv'],
  [/\.(jsonl|ndjson)(\.gz)?$/i, 'jsonl'],
  [/\.parquet$/i, 'parquet'],
];
/** How a file is read, by its name; null: it is none of ours. */
export const formatOf = (key: string): 'csv' | 'jsonl' | 'parquet' | null => FORMATS.find(([name]) => name.test(key))?.[1] ?? null;

const MAX_LINE = 1024 * 1024;
const PEEK_LINES = 100;

/**
 * Opens a file behind its first `skip` rows. `wanted` are columns a mapping names: rows of JSON Lines need not all have them.
 * Throws `rule-violated` where it cannot be read; memory does not grow with its size (a row group's worth for Parquet).
 */
export const openFile = async (store: FileStore, file: StoredFile, wanted: readonly string[], skip: number): Promise<FileRows> => {
  const format = formatOf(file.key);
  if (format === null) throw new Problem('rule-violated', `${file.key} is neither CSV, JSON Lines nor Parquet by its name`);
  if (format === 'parquet') return parquetRows(store, file, skip);
  const text = unpacked(await store.stream(file), /\.gz$/i.test(file.key));
  const rows = format === 'csv' ? await readCsv(text) : await readJsonLines(text, wanted);
  return { columns: rows.columns, [Symbol.asyncIterator]: () => behind(rows, skip) };
};

const behind = async function* (rows: AsyncIterable<string[]>, skip: number): AsyncGenerator<string[]> {
  let left = skip;
  for await (const row of rows) if (left-- <= 0) yield row;
};

const unpacked = (raw: Readable, gzip: boolean): Readable => {
  const text = new PassThrough({ highWaterMark: 256 * 1024 });
  const done = (error: Error | null | undefined): void => void (error && text.destroy(error));
  if (gzip) pipeline(raw, createGunzip(), text, done);
  else pipeline(raw, text, done);
  return text;
};

/** Reads the first line ahead, because it tells the character between columns. */
const readCsv = async (text: Readable): Promise<FileRows> => {
  const chunks = (text as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  const ahead: Buffer[] = [];
  try {
    while (!ahead.some((chunk) => chunk.includes(10)) && ahead.reduce((sum, { length }) => sum + length, 0) < MAX_LINE) {
      const { done, value } = await chunks.next();
      if (done) break;
      ahead.push(value);
    }
  } catch (error) {
    throw unreadable(error);
  }
  const whole = async function* (): AsyncGenerator<Buffer> {
    yield* ahead;
    yield* { [Symbol.asyncIterator]: () => chunks };
  };
  return csvRows(Readable.from(whole(), { objectMode: false }), Buffer.concat(ahead).toString('utf8'));
};

const linesOf = async function* (text: Readable): AsyncGenerator<string> {
  let rest = '';
  text.setEncoding('utf8');
  try {
    for await (const chunk of text as AsyncIterable<string>) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > MAX_LINE) throw new Problem('rule-violated', 'A line is longer than a megabyte: this is not JSON Lines');
      for (const line of lines) if (line.trim() !== '') yield line;
    }
  } catch (error) {
    throw unreadable(error);
  }
  if (rest.trim() !== '') yield rest;
};

/** The fields of an object by their path ("plan.name"), as text; what is a list stays JSON. */
const flat = (value: object, path = ''): [string, string][] =>
  Object.entries(value).flatMap(([key, item]: [string, unknown]): [string, string][] => {
    const name = path ? `${path}.${key}` : key;
    if (item === null || item === undefined) return [];
    if (typeof item === 'object' && !Array.isArray(item)) return flat(item, name);
    return [[name, typeof item === 'object' ? JSON.stringify(item) : String(item)]];
  });

const objectIn = (line: string): Map<string, string> | null => {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? new Map(flat(value)) : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
};

/** The columns are what the first hundred rows have and what is wanted. A line that is no object comes as a row too wide. */
const readJsonLines = async (text: Readable, wanted: readonly string[]): Promise<FileRows> => {
  const lines = linesOf(text);
  const ahead: string[] = [];
  while (ahead.length < PEEK_LINES) {
    const { done, value } = await lines.next();
    if (done) break;
    ahead.push(value);
  }
  const columns = [...new Set([...ahead.flatMap((line) => [...(objectIn(line)?.keys() ?? [])]), ...wanted])];
  if (columns.length === 0) throw new Problem('rule-violated', ahead.length === 0 ? 'The file is empty' : 'None of its first lines is a JSON object');
  const rowOf = (line: string): string[] => {
    const object = objectIn(line);
    return object ? columns.map((column) => object.get(column) ?? '') : [line, ...columns];
  };
  const rows = async function* (): AsyncGenerator<string[]> {
    for (const line of ahead) yield rowOf(line);
    for await (const line of lines) yield rowOf(line);
  };
  return { columns, [Symbol.asyncIterator]: rows };
};
