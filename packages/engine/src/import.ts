import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  type AccountMapping,
  type ContactMapping,
  type importOperations,
  type Mapped,
  type Metering,
  type RowFault,
  rowFaults,
  type ContractMapping,
  type InvoiceMapping,
  type TicketMapping,
  type TouchMapping,
  type UsageMapping,
} from '@tideline/contracts/import';
import type { BodyOf } from '@tideline/contracts/operation';
import { Problem } from '@tideline/contracts/problem';
import { type ImportRow, imports, rejects } from '@tideline/db/read/import';
import { workspaceSettings } from '@tideline/db/read/workspace';
import { isUuid, withWorkspace } from '@tideline/db/workspace';
import { audit } from '@tideline/db/write/audit';
import { insertImport, requestCancel } from '@tideline/db/write/import';
import { addDays, type Day, dayOf } from '@tideline/domain/calendar';
import type { Deps, Who } from './deps.ts';
import { csvLine, openRows } from './import-file.ts';
import { accountReader, type RowReader, usageReader } from './import-map.ts';
import { statedReader } from './import-stated-map.ts';
import * as meter from './meter.ts';

const SAMPLE_ROWS = 20;
const PREVIEW_ROWS = 1_000;
const STALE_UPLOAD_MS = 7 * 86_400_000;
/** Older than this, the newest fact no longer says anything about now: its day is offered as the as-of day. */
const OLD_DAYS = 28;

const folderOf = (deps: Deps, workspaceId: string): string => join(deps.uploadDir, workspaceId);
const pathOf = (deps: Deps, who: Who, uploadId: string): string => join(folderOf(deps, who.workspaceId), uploadId);

const rowsOf = async (path: string) => {
  try {
    return await openRows(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') throw new Problem('not-found', 'There is no such uploaded file: upload it again');
    throw error;
  }
};

export const firstRows = async (rows: AsyncIterable<string[]>, limit: number): Promise<string[][]> => {
  const found: string[][] = [];
  for await (const row of rows) if (found.push(row) >= limit) break;
  return found;
};

/** Keeps an uploaded file until it is imported, a week at most, and shows its columns and first rows. */
export const upload = async (deps: Deps, who: Who, body: ReadableStream<Uint8Array> | null, fileName: string) => {
  if (!body) throw new Problem('invalid-request', 'Send the file as the body of the request');
  const uploadId = randomUUID();
  await mkdir(folderOf(deps, who.workspaceId), { recursive: true, mode: 0o700 });
  await removeStale(deps, who.workspaceId);
  const path = pathOf(deps, who, uploadId);
  try {
    await pipeline(Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0]), createWriteStream(path, { mode: 0o600 }));
    const rows = await openRows(path);
    const sample = await firstRows(rows, SAMPLE_ROWS);
    return { uploadId, fileName, bytes: (await stat(path)).size, columns: [...rows.columns], sample };
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
};

/** Columns and first rows of a file that was uploaded before; null when it is there no longer. */
export const uploaded = async (deps: Deps, who: Who, uploadId: string, fileName: string) => {
  if (!isUuid(uploadId)) return null;
  const path = pathOf(deps, who, uploadId);
  try {
    const { size: bytes } = await stat(path);
    const rows = await openRows(path);
    const sample = await firstRows(rows, SAMPLE_ROWS);
    return { uploadId, fileName, bytes, columns: [...rows.columns], sample };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
};

const removeStale = async (deps: Deps, workspaceId: string): Promise<void> => {
  const folder = folderOf(deps, workspaceId);
  for (const name of await readdir(folder)) {
    const { mtimeMs } = await stat(join(folder, name));
    if (deps.now().getTime() - mtimeMs > STALE_UPLOAD_MS) await rm(join(folder, name), { force: true });
  }
};

export const readerOf = (mapped: Mapped, columns: readonly string[], timezone: string, now: Date): RowReader<object> =>
  readers(columns, timezone, now)[mapped.kind](mapped.mapping as never);

/** How rows of each kind are read. */
const readers = (columns: readonly string[], timezone: string, now: Date) =>
  ({
    usage: (map: UsageMapping) => usageReader(map, columns, timezone, now.getTime()),
    accounts: (map: AccountMapping) => accountReader(map, columns),
    contacts: (map: ContactMapping) => statedReader('contacts', map, columns, timezone),
    tickets: (map: TicketMapping) => statedReader('tickets', map, columns, timezone),
    touches: (map: TouchMapping) => statedReader('touches', map, columns, timezone),
    contracts: (map: ContractMapping) => statedReader('contracts', map, columns, timezone),
    invoices: (map: InvoiceMapping) => statedReader('invoices', map, columns, timezone),
  }) satisfies { [K in Mapped['kind']]: (map: Extract<Mapped, { kind: K }>['mapping']) => RowReader<object> };

/** Why rows were refused, the most frequent first. */
export const reasonsOf = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts)
    .map(([reason, rows]) => ({ reason, words: rowFaults[reason as RowFault], rows }))
    .toSorted((a, b) => b.rows - a.rows);

/** Reads the first rows of an uploaded file as a mapping would: twenty in full, a thousand counted. */
export const preview = async (deps: Deps, who: Who, wanted: BodyOf<(typeof importOperations)['previewImport']>) => {
  const rows = await rowsOf(pathOf(deps, who, wanted.uploadId));
  return previewOf(deps, who, wanted, rows.columns, await firstRows(rows, PREVIEW_ROWS));
};

/** What a mapping makes of some rows. */
export const previewOf = async (deps: Deps, who: Who, mapped: Mapped, columns: readonly string[], found: readonly (readonly string[])[]) => {
  const { timezone } = await withWorkspace(deps.db, who.workspaceId, workspaceSettings);
  const read = readerOf(mapped, columns, timezone, deps.now());
  const counts: Record<string, number> = {};
  const result = {
    columns: [...columns],
    rows: [] as { row: number; mapped: Record<string, unknown> | null; problem: string | null }[],
    looked: 0,
    taken: 0,
    filtered: 0,
  };
  for (const fields of found) {
    const row = ++result.looked;
    const became = read(fields);
    const problem = became === 'filtered' ? 'Left out by the filter' : 'refused' in became ? became.refused : null;
    if (became === 'filtered') result.filtered += 1;
    else if ('refused' in became) counts[became.refused.reason] = (counts[became.refused.reason] ?? 0) + 1;
    else result.taken += 1;
    if (row <= SAMPLE_ROWS)
      result.rows.push({
        row,
        mapped: problem ? null : shownRow(became as object),
        problem: typeof problem === 'string' ? problem : (problem?.message ?? null),
      });
  }
  return { ...result, reasons: reasonsOf(counts) };
};

/** What a row became, as a person would check it. */
const shownRow = (mapped: object): Record<string, unknown> => {
  if (!('event' in mapped)) return { ...mapped };
  const { event, id, arrivalMs } = mapped as {
    event: { account: string; event: string; timeMs: number; value: string | null; properties: object | null };
    id: string | null;
    arrivalMs: number | null;
  };
  const time = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());
  return {
    id,
    account: event.account,
    event: event.event,
    time: time(event.timeMs),
    value: event.value,
    properties: event.properties,
    arrival: time(arrivalMs),
  };
};

/** Makes the meters, the main meter and the prices that come with a file, where they are not there yet. */
export const applyMetering = async (deps: Deps, who: Who, { meters, mainMeter, prices }: Metering): Promise<void> => {
  const known = new Set((await meter.list(deps, who)).map(({ key }) => key));
  for (const wanted of meters) if (!known.has(wanted.key)) await meter.create(deps, who, wanted);
  const now = new Map((await meter.list(deps, who)).map((one) => [one.key, one]));
  const find = (key: string) => {
    const found = now.get(key);
    if (!found) throw new Problem('rule-violated', `There is no meter with the key "${key}"`);
    return found;
  };
  if (mainMeter && !find(mainMeter).main) await meter.setMain(deps, who, find(mainMeter).id);
  for (const { meter: key, unitPrice, effectiveFrom } of prices) {
    const there = await meter.listPrices(deps, who, find(key).id);
    if (!there.some((price) => price.effectiveFrom === effectiveFrom)) await meter.setPrice(deps, who, find(key).id, { unitPrice, effectiveFrom });
  }
};

type File = { path: string; name: string; source: string; dryRun: boolean };

/** Records an import of a file after checking that the mapping fits it; `runImport` reads it. */
export const record = async (deps: Deps, who: Who, file: File, mapped: Mapped): Promise<string> => {
  const { timezone } = await withWorkspace(deps.db, who.workspaceId, workspaceSettings);
  const rows = await rowsOf(file.path);
  await firstRows(rows, 1); // ends the reading
  readerOf(mapped, rows.columns, timezone, deps.now());
  const made = {
    kind: mapped.kind,
    source: file.source,
    fileName: file.name,
    filePath: file.path,
    mapping: { map: mapped.mapping, columns: rows.columns },
    dryRun: file.dryRun,
    bytesTotal: (await stat(file.path)).size,
    createdBy: who.userId,
  };
  return withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const id = await insertImport(tx, made, deps.now());
    await audit(tx, who, file.dryRun ? 'import.try' : 'import.start', 'import', id, null, { file: file.name, source: file.source, kind: mapped.kind });
    return id;
  });
};

/** Starts taking an uploaded file in; the worker reads it. Without a source the file's name is one. */
export const start = async (deps: Deps, who: Who, wanted: BodyOf<(typeof importOperations)['startImport']>) => {
  const file = { path: pathOf(deps, who, wanted.uploadId), name: wanted.fileName, source: wanted.source ?? wanted.fileName, dryRun: wanted.dryRun };
  const id = await record(deps, who, file, wanted);
  if (!wanted.dryRun) await applyMetering(deps, who, wanted);
  await deps.jobs.enqueue('import.run', { workspaceId: who.workspaceId, importId: id });
  return get(deps, who, id);
};

type Settings = Awaited<ReturnType<typeof workspaceSettings>>;
const shown = ({ filePath: _path, mapping: _mapping, createdBy: _by, rejectedBy, ...row }: ImportRow, { timezone, asOfPin }: Settings, now: Date) => {
  const old = row.kind === 'usage' && row.state === 'done' && !row.dryRun && row.newestDay !== null && row.newestDay < addDays(dayOf(now, timezone), -OLD_DAYS);
  return {
    ...row,
    reasons: reasonsOf(rejectedBy),
    offerAsOf: old && asOfPin !== row.newestDay ? row.newestDay : null,
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
};

export const list = (deps: Deps, who: Who) =>
  withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const settings = await workspaceSettings(tx);
    return (await imports(tx, null)).map((row) => shown(row, settings, deps.now()));
  });

/** An import of the workspace; `not-found` for any other. */
export const importIn = async (deps: Deps, who: Who, id: string): Promise<{ row: ImportRow; settings: Settings }> => {
  const found = await withWorkspace(deps.db, who.workspaceId, async (tx) => ({ row: (await imports(tx, id))[0], settings: await workspaceSettings(tx) }));
  if (!found.row) throw new Problem('not-found', 'There is no such import');
  return { row: found.row, settings: found.settings };
};

export const get = async (deps: Deps, who: Who, id: string) => {
  const { row, settings } = await importIn(deps, who, id);
  return shown(row, settings, deps.now());
};

export const cancel = async (deps: Deps, who: Who, id: string): Promise<void> => {
  await importIn(deps, who, id);
  await withWorkspace(deps.db, who.workspaceId, async (tx) => {
    if (!(await requestCancel(tx, id, deps.now()))) throw new Problem('conflict', 'This import is over already');
    await audit(tx, who, 'import.cancel', 'import', id, null, null);
  });
};

/** How an import reads its file, and the file itself while it waits to be read again (after a dry run, or when it was stopped). */
export const askedOf = async (deps: Deps, who: Who, id: string) => {
  const { row } = await importIn(deps, who, id);
  const { map } = row.mapping as { map: unknown };
  const uploadId = basename(row.filePath);
  const there = row.filePath === pathOf(deps, who, uploadId) && (await uploaded(deps, who, uploadId, row.fileName)) !== null;
  return { uploadId: there ? uploadId : null, fileName: row.fileName, source: row.source, kind: row.kind, map };
};

const PAGE = 5_000;

/** The rejected rows as lines of CSV, in the order of the file: number, reason, message, then the row as it stood. */
export const rejectLines = async (deps: Deps, who: Who, id: string): Promise<{ fileName: string; lines: AsyncGenerator<string> }> => {
  const { row } = await importIn(deps, who, id);
  const { columns } = row.mapping as { columns: string[] };
  const lines = async function* (): AsyncGenerator<string> {
    yield `${csvLine(['row', 'reason', 'message', ...columns])}\n`;
    for (let after = 0n, more = true; more;) {
      const from = after;
      const page = await withWorkspace(deps.db, who.workspaceId, (tx) => rejects(tx, id, from, PAGE));
      for (const { rowNumber, reason, message, raw } of page) yield `${csvLine([String(rowNumber), reason, message])},${raw}\n`;
      after = page.at(-1)?.rowNumber ?? after;
      more = page.length === PAGE;
    }
  };
  return { fileName: `rejected-${row.fileName.replaceAll(/[^\w.-]+/g, '_').replace(/\.gz$/, '')}`, lines: lines() };
};

/** Whether a day may be pinned as the as-of day after an import: asked by the command line. */
export const newestDay = async (deps: Deps, who: Who, id: string): Promise<Day | null> => (await importIn(deps, who, id)).row.newestDay;
