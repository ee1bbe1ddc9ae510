import { randomUUID } from 'node:crypto';
import type { BodyOf } from '@tideline/contracts/operation';
import { Problem } from '@tideline/contracts/problem';
import { Connection, type sourceOperations } from '@tideline/contracts/source';
import { sourceFiles, sourceRuns, type SourceRow, sources } from '@tideline/db/read/source';
import { withWorkspace, type WorkspaceTx } from '@tideline/db/workspace';
import { audit } from '@tideline/db/write/audit';
import { deleteSource, forgetPlace, insertSource, updateSource } from '@tideline/db/write/source';
import type { Deps, Who } from './deps.ts';
import { reasonsOf } from './import.ts';
import { readerOfLook } from './source-look.ts';
import { keptSecret, sealFor, withoutSecret } from './source-target.ts';

type Ops = typeof sourceOperations;
const SHOWN_RUNS = 20;
const SHOWN_FILES = 100;

const one = async (tx: WorkspaceTx, id: string): Promise<SourceRow> => {
  const [row] = await sources(tx, id);
  if (!row) throw new Problem('not-found', 'There is no such source');
  return row;
};

const shown = ({ paused, claimedUntil, position, nextAt, kind, connection, mapping, ...row }: SourceRow, now: Date) => {
  const reading = claimedUntil !== null && claimedUntil > now;
  return {
    ...row,
    kind,
    connection: Connection.parse(connection),
    mapping: mapping as Record<string, unknown>,
    state: paused ? 'paused' : reading ? 'reading' : row.error === null ? 'waiting' : 'failed',
    position: (position as { cursor?: string } | null)?.cursor ?? null,
    nextAt: paused ? null : nextAt,
  };
};
export type ShownSource = ReturnType<typeof shown>;

export const list = (deps: Deps, who: Who): Promise<ShownSource[]> =>
  withWorkspace(deps.db, who.workspaceId, async (tx) => (await sources(tx)).map((row) => shown(row, deps.now())));

export const get = (deps: Deps, who: Who, id: string): Promise<ShownSource> =>
  withWorkspace(deps.db, who.workspaceId, async (tx) => shown(await one(tx, id), deps.now()));

/** What the audit log says of a source: never a secret. */
const said = ({ name, kind, connection, everyMinutes }: { name: string; kind: string; connection: unknown; everyMinutes: number }) => ({
  name,
  kind,
  ...(connection as Record<string, unknown>),
  everyMinutes,
});

const wake = (deps: Deps, who: Who, sourceId: string) => deps.jobs.enqueue('source.pull', { workspaceId: who.workspaceId, sourceId });

/** Sets a source up once its connection answers and its mapping fits; the first reading starts at once. */
export const create = async (deps: Deps, who: Who, body: BodyOf<Ops['createSource']>): Promise<ShownSource> => {
  const { connection, secret: inUrl } = withoutSecret(body.connection);
  const secret = body.secret ?? inUrl;
  await readerOfLook(deps, who, connection, secret ?? '', body);
  const id = randomUUID();
  const row = { name: body.name, kind: body.kind, connection, mapping: body.mapping, everyMinutes: body.everyMinutes };
  const sealed = secret === null ? null : sealFor(deps, who.workspaceId, id, connection, secret);
  const made = await withWorkspace(deps.db, who.workspaceId, async (tx) => {
    await insertSource(tx, { ...row, id, secret: sealed, createdBy: who.userId }, deps.now());
    await audit(tx, who, 'source.create', 'source', id, null, said(row));
    return shown(await one(tx, id), deps.now());
  });
  await wake(deps, who, id);
  return made;
};

/** Whether the places of two connections mean the same: else reading starts over, and rows with ids are met again as duplicates. */
const sameOrder = (a: Connection, b: Connection): boolean => {
  if (a.connector === 'postgres' && b.connector === 'postgres') return a.cursor === b.cursor && a.tieBreak === b.tieBreak;
  if (a.connector === 's3' && b.connector === 's3') return a.endpoint === b.endpoint && a.bucket === b.bucket;
  return a.connector === b.connector;
};

/** Changes a source, once its connection answers and its mapping fits. */
export const change = async (deps: Deps, who: Who, id: string, body: BodyOf<Ops['changeSource']>): Promise<ShownSource> => {
  await get(deps, who, id);
  const { connection, secret: inUrl } = withoutSecret(body.connection);
  const given = body.secret ?? inUrl;
  await readerOfLook(deps, who, connection, given ?? (await keptSecret(deps, who.workspaceId, id, connection)), body);
  const row = { name: body.name, kind: body.kind, connection, mapping: body.mapping, everyMinutes: body.everyMinutes };
  const sealed = given === null ? {} : { secret: sealFor(deps, who.workspaceId, id, connection, given) };
  const changed = await withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const before = await one(tx, id);
    const again = body.again || !sameOrder(Connection.parse(before.connection), connection);
    await updateSource(tx, id, { ...row, ...sealed }, deps.now());
    if (again) await forgetPlace(tx, id);
    await audit(tx, who, 'source.change', 'source', id, said(before), { ...said(row), ...(again ? { readAgain: true } : {}) });
    return shown(await one(tx, id), deps.now());
  });
  await wake(deps, who, id);
  return changed;
};

export const remove = (deps: Deps, who: Who, id: string): Promise<void> =>
  withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const before = await one(tx, id);
    await deleteSource(tx, id);
    await audit(tx, who, 'source.delete', 'source', id, said(before), null);
  });

/** Reads what is new now instead of when it is due. */
export const pullNow = async (deps: Deps, who: Who, id: string): Promise<void> => {
  await withWorkspace(deps.db, who.workspaceId, async (tx) => {
    if ((await one(tx, id)).paused) throw new Problem('rule-violated', 'This source is paused: let it go on first');
    await updateSource(tx, id, {}, deps.now());
    await audit(tx, who, 'source.pull', 'source', id, null, null);
  });
  await wake(deps, who, id);
};

/** Pauses a source: one that is being read stops behind its present page. Or lets it go on, at once. */
export const pause = async (deps: Deps, who: Who, id: string, paused: boolean): Promise<ShownSource> => {
  const changed = await withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const before = await one(tx, id);
    await updateSource(tx, id, { paused }, deps.now());
    await audit(tx, who, 'source.change', 'source', id, { paused: before.paused }, { paused });
    return shown(await one(tx, id), deps.now());
  });
  if (!paused) await wake(deps, who, id);
  return changed;
};

/** The latest readings that met rows or failed, and how far each file was read. */
export const runs = (deps: Deps, who: Who, id: string) =>
  withWorkspace(deps.db, who.workspaceId, async (tx) => {
    await one(tx, id);
    const items = (await sourceRuns(tx, id, SHOWN_RUNS)).map(({ rejectedBy, samples, ...run }) => ({
      ...run,
      reasons: reasonsOf(rejectedBy as Record<string, number>),
      samples: samples as { place: string; message: string; raw: string }[],
    }));
    return { items, files: await sourceFiles(tx, id, SHOWN_FILES) };
  });
