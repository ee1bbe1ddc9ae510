import { Problem } from '@tideline/contracts/problem';
import type { Connection } from '@tideline/contracts/source';
import { filesByKey, rowsSeen } from '@tideline/db/read/source';
import { withWorkspace } from '@tideline/db/workspace';
import type { Deps } from './deps.ts';
import { formatOf, openFile } from './source-format.ts';
import { columnsIn } from './source-columns.ts';
import type { Reading } from './source-pull.ts';
import { type FileStore, openStore, type StoredFile } from './source-store.ts';
import { nameOf, type PulledRow, type Taker, takerOf } from './source-take.ts';

const PAGE_ROWS = 5_000;
const KNOWN_AT_ONCE = 1_000;

type FileConnection = Exclude<Connection, { connector: 'postgres' }>;

/** Files that can be read, in groups small enough to ask about. */
const groupsOf = async function* (store: FileStore): AsyncGenerator<StoredFile[]> {
  let group: StoredFile[] = [];
  for await (const file of store.list()) {
    if (formatOf(file.key) === null) continue;
    group.push(file);
    if (group.length < KNOWN_AT_ONCE) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
};

/** The first file of a connection that can be read: what a mapping is made with. */
export const firstFile = async (deps: Deps, connection: FileConnection, secret: string): Promise<{ store: FileStore; file: StoredFile }> => {
  const store = await openStore(deps, connection, secret);
  for await (const [file] of groupsOf(store)) if (file) return { store, file };
  store.close();
  throw new Problem('rule-violated', 'There is no file that ends in .csv, .jsonl or .parquet yet: put the first one there');
};

/**
 * Reads every file that is new or has changed, once, in the order of their names. How far a file was read is kept behind
 * each page that is durable, so that a crash repeats a page at most. A file that cannot be read does not keep the others
 * from being read; it is tried again each time, and named.
 */
export const pullFiles = async (deps: Deps, reading: Reading, connection: FileConnection, secret: string): Promise<void> => {
  const store = await openStore(deps, connection, secret);
  const faults: string[] = [];
  try {
    for await (const group of groupsOf(store)) {
      const known = await withWorkspace(deps.db, reading.workspaceId, (tx) =>
        filesByKey(
          tx,
          reading.sourceId,
          group.map(({ key }) => key),
        ),
      );
      for (const file of group) {
        const before = known.get(file.key);
        const same = before?.version === file.version;
        if (same && before.done) continue;
        const from = same ? before.rowsDone : 0;
        try {
          await readFile(deps, reading, store, file, from);
        } catch (error) {
          if (!(error instanceof Problem)) throw error;
          faults.push(`${file.key}: ${error.message}`);
          await reading.keep({ file: { key: file.key, version: file.version, error: error.message } });
        }
      }
    }
  } finally {
    store.close();
  }
  if (faults.length > 0)
    throw new Problem('rule-violated', faults.length === 1 ? (faults[0] ?? '') : `${faults.length} files could not be read. ${faults[0] ?? ''}`);
};

const readFile = async (deps: Deps, reading: Reading, store: FileStore, file: StoredFile, from: number): Promise<void> => {
  const rows = await openFile(store, file, columnsIn(reading.mapping.map), from);
  const taker = await takerOf(deps, reading, rows.columns);
  const place = { key: file.key, version: file.version };
  if (from === 0) await reading.keep({ file: { ...place, rowsDone: 0, done: false } }); // forgets the rows of an earlier version
  let rowsDone = from;
  let page: PulledRow[] = [];
  const keepOn = async (): Promise<void> => {
    const seen = await takePage(deps, reading, file.key, page, taker.take);
    rowsDone += page.length;
    page = [];
    await reading.keep({ file: { ...place, rowsDone, done: false }, seen });
  };
  for await (const fields of rows) {
    page.push({ fields, place: `${file.key}, row ${rowsDone + page.length + 1}` });
    if (page.length >= PAGE_ROWS) await keepOn();
  }
  if (page.length > 0) await keepOn();
  await taker.end();
  await reading.keep({ file: { ...place, rowsDone, done: true } });
};

/**
 * Takes a page in. A row without an id is named, as in an import, by what it says and by how often such a row has stood
 * in its file: so equal rows are separate facts, and a file that grew adds only what is new. How often is answered, to be
 * kept with the place: both or neither.
 */
const takePage = async (deps: Deps, reading: Reading, key: string, page: readonly PulledRow[], take: Taker['take']): Promise<Map<string, number>> => {
  const { sourceId, workspaceId } = reading;
  const seen = new Map<string, number>();
  await take(page, async (unnamed) => {
    const said = unnamed.map(({ event }) => nameOf('source', sourceId, event.account, event.event, event.timeMs, event.value, event.canonical));
    const before = await withWorkspace(deps.db, workspaceId, (tx) => rowsSeen(tx, sourceId, key, [...new Set(said)]));
    return said.map((name) => {
      const times = (seen.get(name) ?? before.get(name) ?? 0) + 1;
      seen.set(name, times);
      return times === 1 ? name : nameOf(name, times);
    });
  });
  return seen;
};
