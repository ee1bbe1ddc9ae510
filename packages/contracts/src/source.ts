import * as z from 'zod';
import { Mapped, Preview, ROW_KINDS } from './import.ts';
import { op } from './operation.ts';
import { Id, IdParams, Name, Nothing, TimeOut } from './value.ts';

/** Where a source reads. Secrets are taken in and never answered again. */
const Postgres = z.strictObject({
  connector: z.literal('postgres'),
  url: z
    .string()
    .trim()
    .regex(/^postgres(ql)?:\/\/[^\s/]+\/[^\s/?]+(\?\S*)?$/, { error: 'Write it as postgres://user@host:5432/database' })
    .max(1_000)
    .meta({ description: 'postgres://user@host:5432/database?sslmode=require; a password in it is kept sealed and left out of replies' }),
  query: z.string().trim().min(1, { error: 'Name a table, or write a query' }).max(20_000).meta({ description: 'a table, or a SELECT' }),
  cursor: z.string().trim().min(1, { error: 'Name the column that only grows' }).max(200).meta({ description: 'a column that only grows: a time or a number' }),
  tieBreak: z.string().trim().max(200).optional().meta({ description: 'a column that tells rows with the same cursor apart; without it, the whole row does' }),
  overlap: z
    .int()
    .min(0)
    .max(1_000_000)
    .default(0)
    .meta({ description: 'how far back each reading starts again, for rows that are committed late: minutes of a time, numbers of an id' }),
});
const Folder = z.strictObject({
  connector: z.literal('folder'),
  folder: z.string().trim().min(1, { error: 'Name a folder' }).max(1_000).meta({ description: 'one the operator allows (SOURCE_FOLDERS), or a folder in it' }),
});
const S3 = z.strictObject({
  connector: z.literal('s3'),
  endpoint: z
    .url({ protocol: /^https?$/, error: 'Write the whole address, starting with https://' })
    .max(1_000)
    .optional()
    .meta({ description: 'absent: AWS' }),
  region: z.string().trim().min(1).max(60).default('us-east-1'),
  bucket: z.string().trim().min(1, { error: 'Name the bucket' }).max(255),
  prefix: z.string().max(1_000).default(''),
  accessKeyId: z.string().trim().min(1, { error: 'Give the id of the access key' }).max(200),
});
export const Connection = z.discriminatedUnion('connector', [Postgres, Folder, S3]);
export type Connection = z.output<typeof Connection>;
export type PostgresConnection = z.output<typeof Postgres>;
export type S3Connection = z.output<typeof S3>;
export const CONNECTORS = ['postgres', 's3', 'folder'] as const satisfies readonly Connection['connector'][];

const Secret = z.string().min(1).max(2_000).optional().meta({ description: 'password or secret access key; absent: the one that is kept' });
const Reached = z.object({ connection: Connection, secret: Secret, id: Id.optional().meta({ description: 'the source whose kept secret is used' }) });
const SourceBody = z.object({
  name: Name,
  connection: Connection,
  secret: Secret,
  everyMinutes: z.int().min(1).max(10_080).default(15),
});

const Counts = { rowsRead: z.int(), accepted: z.int() };
export const Source = z
  .object({
    id: Id,
    name: z.string(),
    kind: z.enum(ROW_KINDS),
    connection: Connection,
    mapping: z.record(z.string(), z.unknown()),
    everyMinutes: z.int(),
    state: z.enum(['waiting', 'reading', 'failed', 'paused']),
    ...Counts,
    lastOkAt: TimeOut.nullable().meta({ description: 'when all there was had last been read' }),
    nextAt: TimeOut.nullable().meta({ description: 'null: paused' }),
    failures: z.int().meta({ description: 'in a row' }),
    error: z.string().nullable(),
    position: z.string().nullable().meta({ description: 'the cursor of the last row that is stored' }),
    createdAt: TimeOut,
  })
  .meta({ id: 'Source' });
const SourceRun = z
  .object({
    id: Id,
    state: z.enum(['running', 'done', 'failed', 'stopped']),
    ...Counts,
    duplicates: z.int(),
    conflicts: z.int(),
    rejected: z.int(),
    reasons: z.array(z.object({ reason: z.string(), words: z.string(), rows: z.int() })),
    samples: z.array(z.object({ place: z.string(), message: z.string(), raw: z.string() })).meta({ description: 'the first rejected rows' }),
    place: z.string().nullable(),
    error: z.string().nullable(),
    startedAt: TimeOut,
    finishedAt: TimeOut.nullable(),
  })
  .meta({ id: 'SourceRun' });
const SourceFile = z.object({ key: z.string(), rowsDone: z.int(), done: z.boolean(), error: z.string().nullable(), readAt: TimeOut });
const Look = z.object({
  columns: z.array(z.string()),
  sample: z.array(z.array(z.string())),
  cursors: z.array(z.string()).meta({ description: 'columns that may be a cursor; empty for files' }),
  place: z.string().meta({ description: 'what was looked into' }),
});

const base = { tag: 'Sources', permission: 'import.run' } as const;
export const sourceOperations = {
  listSources: op({ ...base, method: 'GET', path: '/sources', summary: 'Sources that are pulled', reply: z.object({ items: z.array(Source) }) }),
  createSource: op({
    ...base,
    method: 'POST',
    path: '/sources',
    summary: 'Pull a PostgreSQL query, or files of a folder or bucket, by the clock',
    body: Mapped.and(SourceBody),
    reply: Source,
    status: 201,
  }),
  changeSource: op({
    ...base,
    method: 'PUT',
    path: '/sources/{id}',
    summary: 'Change a source; what it stored stays',
    params: IdParams,
    body: Mapped.and(
      SourceBody.extend({ again: z.boolean().default(false).meta({ description: 'read from the start: rows that are stored are met as duplicates' }) }),
    ),
    reply: Source,
  }),
  deleteSource: op({ ...base, method: 'DELETE', path: '/sources/{id}', summary: 'Delete a source; what it stored stays', params: IdParams, reply: Nothing }),
  lookIntoSource: op({
    ...base,
    method: 'POST',
    path: '/sources/look',
    summary: 'Try a connection and show its columns and first rows',
    body: Reached,
    reply: Look,
  }),
  previewSource: op({
    ...base,
    method: 'POST',
    path: '/sources/preview',
    summary: 'The first rows of a connection as a mapping reads them',
    body: Mapped.and(Reached),
    reply: Preview,
  }),
  pullSource: op({ ...base, method: 'POST', path: '/sources/{id}/pull', summary: 'Read what is new, now', params: IdParams, reply: Nothing, status: 202 }),
  pauseSource: op({
    ...base,
    method: 'POST',
    path: '/sources/{id}/pause',
    summary: 'Pause a source, also while it is read, or let it go on',
    params: IdParams,
    body: z.object({ paused: z.boolean() }),
    reply: Source,
  }),
  sourceRuns: op({
    ...base,
    method: 'GET',
    path: '/sources/{id}/runs',
    summary: 'The latest readings of a source that met rows or failed, and its files',
    params: IdParams,
    reply: z.object({ items: z.array(SourceRun), files: z.array(SourceFile) }),
  }),
};
