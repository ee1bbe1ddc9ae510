import type { Readable } from 'node:stream';
import type { Connection } from '@tideline/contracts/source';
import type { Deps } from './deps.ts';
import { openFolder } from './source-folder.ts';
import { openBucket } from './source-s3.ts';

/** A file in a folder or bucket. Another `version` is another content. */
export type StoredFile = { readonly key: string; readonly version: string; readonly bytes: number };
/** Where files lie. Reading one whose version is no longer the one listed throws `rule-violated`. */
export type FileStore = {
  /** By key, in order; only those whose names say a format that can be read are of use. */
  list(): AsyncIterable<StoredFile>;
  stream(file: StoredFile): Promise<Readable>;
  /** Bytes from `start` to before `end`. */
  slice(file: StoredFile, start: number, end: number): Promise<ArrayBuffer>;
  close(): void;
};

export const openStore = (deps: Deps, connection: Exclude<Connection, { connector: 'postgres' }>, secret: string): Promise<FileStore> =>
  connection.connector === 'folder' ? openFolder(deps, connection.folder) : openBucket(deps, connection, secret);
