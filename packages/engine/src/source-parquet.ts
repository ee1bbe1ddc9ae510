import { Problem } from '@tideline/contracts/problem';
import { type AsyncBuffer, type FileMetaData, parquetMetadataAsync, parquetReadObjects, parquetSchema } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import type { FileRows } from './source-format.ts';
import type { FileStore, StoredFile } from './source-store.ts';

/** So many rows are unpacked at once; a row group that is larger is unpacked in parts. */
const ROWS_AT_ONCE = 50_000;

const textOf = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'object') return JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? item.toString() : item));
  return String(value as string | number | bigint | boolean);
};

/** The rows of a Parquet file behind its first `skip`, row group by row group; what stands before is not read. */
export const parquetRows = async (store: FileStore, file: StoredFile, skip: number): Promise<FileRows> => {
  const buffer: AsyncBuffer = { byteLength: file.bytes, slice: (start, end = file.bytes) => store.slice(file, start, end) };
  const metadata = await readable(() => parquetMetadataAsync(buffer));
  const columns = parquetSchema(metadata).children.map(({ element }) => element.name);
  const rows = async function* (): AsyncGenerator<string[]> {
    for (const [rowStart, rowEnd] of partsOf(metadata, skip)) {
      const objects = await readable(() => parquetReadObjects({ file: buffer, metadata, compressors, rowStart, rowEnd }));
      for (const object of objects) yield columns.map((column) => textOf(object[column]));
    }
  };
  return { columns, [Symbol.asyncIterator]: rows };
};

const partsOf = function* ({ row_groups }: FileMetaData, skip: number): Generator<[number, number]> {
  let at = 0;
  for (const { num_rows } of row_groups) {
    const end = at + Number(num_rows);
    for (let start = Math.max(at, skip); start < end; start += ROWS_AT_ONCE) yield [start, Math.min(end, start + ROWS_AT_ONCE)];
    at = end;
  }
};

const readable = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Problem || !(error instanceof Error)) throw error;
    throw new Problem('rule-violated', `The file cannot be read as Parquet: ${error.message}`);
  }
};
