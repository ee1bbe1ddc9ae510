import { randomUUID } from 'node:crypto';
import type { JobPayload } from '@tideline/contracts/jobs';
import { Problem } from '@tideline/contracts/problem';
import { Connection } from '@tideline/contracts/source';
import { announce } from '@tideline/db/live';
import { OutsideProblem } from '@tideline/db/outside';
import { sources, type SourceRow } from '@tideline/db/read/source';
import { withWorkspace } from '@tideline/db/workspace';
import { claimSource, closeSource, keepPage, type RunProgress, type StoredPage } from '@tideline/db/write/source';
import type { Deps } from './deps.ts';
import { startBackfill } from './import-run.ts';
import { pullFiles } from './source-files.ts';
import { pullPostgres } from './source-postgres.ts';
import { emptyProgress, type Mapping, mappingOf } from './source-take.ts';
import { keptSecret } from './source-target.ts';
import { holdingScores } from './wake.ts';

/** One reading of a source. */
export type Reading = {
  readonly workspaceId: string;
  readonly sourceId: string;
  readonly mapping: Mapping;
  readonly position: unknown;
  readonly progress: RunProgress;
  /** Keeps the place behind what was taken so far, all of it durable; throws `Stopped` when the source was paused. */
  keep(stored: Omit<StoredPage, 'rowsRead' | 'accepted'>): Promise<void>;
};
class Stopped extends Error {}

const MINUTE_MS = 60_000;
const MAX_WAIT_MINUTES = 60;
/** A source that fails is tried again after its own time, then ever later, an hour at most (or its own time, if that is more). */
const waitAfter = (everyMinutes: number, failures: number): number =>
  Math.max(everyMinutes, Math.min(MAX_WAIT_MINUTES, everyMinutes * 2 ** Math.min(failures, 10))) * MINUTE_MS;

/**
 * Reads what is new in a source. Answers false when it is paused, not due, or another process reads it. What it cannot
 * read ends as failed, with the reason on the source, and is tried again; a process that dies is followed by another
 * (the sweep), which goes on behind the last page that was kept.
 */
export const pull = async (deps: Deps, { workspaceId, sourceId }: JobPayload<'source.pull'>): Promise<boolean> => {
  const claim = randomUUID();
  const claimed = await withWorkspace(deps.db, workspaceId, async (tx) => {
    const runId = await claimSource(tx, sourceId, claim, deps.now());
    const [row] = await sources(tx, sourceId);
    return runId && row ? { runId, row } : null;
  });
  if (!claimed) return false;
  const { runId, row } = claimed;
  const of = { sourceId, runId, claim };
  const progress = emptyProgress();
  const end = async (state: 'done' | 'failed' | 'stopped', error: string | null, position: object | null = null): Promise<void> => {
    const at = deps.now();
    const wait = state === 'failed' ? waitAfter(row.everyMinutes, row.failures) : row.everyMinutes * MINUTE_MS;
    const nextAt = new Date(state === 'stopped' ? at.getTime() : at.getTime() + wait);
    await withWorkspace(deps.db, workspaceId, (tx) => closeSource(tx, of, { state, error, nextAt, at, ...(position ? { position } : {}) }, progress));
    await announce(deps.db, { workspaceId, kind: 'import', ids: [sourceId] });
  };
  try {
    await announce(deps.db, { workspaceId, kind: 'import', ids: [sourceId] });
    const reading = readingOf(deps, workspaceId, row, of, progress);
    const position = row.lastOkAt === null ? await first(deps, reading, row) : await read(deps, reading, row);
    await end('done', null, position);
  } catch (error) {
    if (error instanceof Stopped) await end('stopped', null);
    else {
      const said = error instanceof Problem || error instanceof OutsideProblem;
      if (!said) deps.log.error({ err: error, workspaceId, sourceId }, 'a source could not be read');
      await end('failed', said ? error.message : 'It failed on our side; what was stored stays, and it is tried again');
    }
  }
  return true;
};

const read = async (deps: Deps, reading: Reading, row: SourceRow): Promise<object | null> => {
  const connection = Connection.parse(row.connection);
  const secret = await keptSecret(deps, reading.workspaceId, row.id, connection);
  if (connection.connector === 'postgres') return pullPostgres(deps, reading, connection, secret);
  await pullFiles(deps, reading, connection, secret);
  return null;
};

/** The first reading brings history in: it is judged once at its end, then day by day. */
const first = (deps: Deps, reading: Reading, row: SourceRow): Promise<object | null> =>
  holdingScores(deps, reading.workspaceId, async () => {
    const position = await read(deps, reading, row);
    if (reading.mapping.kind === 'usage' && reading.progress.accepted > 0) await startBackfill(deps, reading.workspaceId);
    return position;
  });

const readingOf = (deps: Deps, workspaceId: string, row: SourceRow, of: { sourceId: string; runId: string; claim: string }, progress: RunProgress): Reading => {
  const kept = { rowsRead: 0, accepted: 0 };
  let toldAt = 0;
  return {
    workspaceId,
    sourceId: row.id,
    mapping: mappingOf(row.kind, row.mapping),
    position: row.position,
    progress,
    keep: async (stored) => {
      const now = deps.now();
      const page = { ...stored, rowsRead: progress.rowsRead - kept.rowsRead, accepted: progress.accepted - kept.accepted };
      const goOn = await withWorkspace(deps.db, workspaceId, (tx) => keepPage(tx, of, page, progress, now));
      Object.assign(kept, { rowsRead: progress.rowsRead, accepted: progress.accepted });
      if (now.getTime() - toldAt >= 1_000) {
        toldAt = now.getTime();
        await announce(deps.db, { workspaceId, kind: 'import', ids: [row.id] });
      }
      if (!goOn) throw new Stopped('The source was paused');
    },
  };
};
