import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { sep } from 'node:path';
import { AccountMapping, isStatedName, statedMappings, UsageMapping } from '@tideline/contracts/import';
import type { JobPayload } from '@tideline/contracts/jobs';
import { Problem } from '@tideline/contracts/problem';
import { announce } from '@tideline/db/live';
import { type ImportRow, imports } from '@tideline/db/read/import';
import { workspaceSettings } from '@tideline/db/read/workspace';
import { withWorkspace } from '@tideline/db/workspace';
import { openRun, waitingRun } from '@tideline/db/write/background-run';
import { claimImport, closeImport } from '@tideline/db/write/import';
import type { Deps } from './deps.ts';
import { takeAccountFile } from './import-accounts.ts';
import { openRows } from './import-file.ts';
import { accountReader, usageReader } from './import-map.ts';
import { Cancelled, createReport, type Report } from './import-report.ts';
import { takeStated } from './import-stated.ts';
import { statedReader } from './import-stated-map.ts';
import { takeUsage } from './import-usage.ts';
import { holdingScores } from './wake.ts';

type Options = {
  /** Hears of progress about once a second. */
  onProgress?: (progress: Report['progress']) => void;
  /** Asks for the last 400 days to be scored when usage came in; a caller that moves the as-of day first does that itself. */
  backfill?: boolean;
};

/**
 * Reads an uploaded file into the workspace, with constant memory. Answers false when it is over or another process
 * reads it. A file that cannot be read ends as `failed` with the reason; a process that dies is followed by another
 * (the sweep), which starts over and meets what was stored as duplicates.
 */
export const runImport = async (deps: Deps, { workspaceId, importId }: JobPayload<'import.run'>, options: Options = {}): Promise<boolean> => {
  const claim = randomUUID();
  const row = await withWorkspace(deps.db, workspaceId, async (tx) =>
    (await claimImport(tx, importId, claim, deps.now())) ? (await imports(tx, importId))[0] : undefined,
  );
  if (!row) return false;
  const report = createReport(deps, workspaceId, row, claim, options.onProgress);
  const end = async (state: 'done' | 'failed' | 'cancelled', error: string | null): Promise<void> => {
    await withWorkspace(deps.db, workspaceId, (tx) => closeImport(tx, importId, { state, error, at: deps.now() }));
    await announce(deps.db, { workspaceId, kind: 'import', ids: [importId] });
  };
  try {
    await holdingScores(deps, workspaceId, async () => {
      await read(deps, workspaceId, row, claim, report);
      // Within the hold: judged before its run stands, accounts would be compared with a history they no longer have.
      const owesHistory = row.kind === 'usage' && !row.dryRun && report.progress.accepted > 0 && (options.backfill ?? true);
      if (owesHistory) await startBackfill(deps, workspaceId);
    });
    await report.flush();
    await end('done', null);
  } catch (error) {
    if (error instanceof Cancelled) await end('cancelled', null);
    else {
      if (!(error instanceof Problem)) deps.log.error({ err: error, workspaceId, importId }, 'an import failed');
      await end('failed', error instanceof Problem ? error.message : 'It failed on our side; what was stored so far stays, and the file can be imported again');
    }
    return true;
  }
  if (!row.dryRun && row.filePath.startsWith(deps.uploadDir + sep)) await rm(row.filePath, { force: true }); // it has done its work
  return true;
};

const read = async (deps: Deps, workspaceId: string, row: ImportRow, claim: string, report: Report): Promise<void> => {
  const rows = await openRows(row.filePath).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw new Problem('rule-violated', 'The uploaded file is no longer there: upload it again');
    throw error;
  });
  const map = (row.mapping as { map: unknown }).map;
  if (row.kind === 'accounts') return takeAccountFile(deps, workspaceId, row, rows, accountReader(AccountMapping.parse(map), rows.columns), report);
  const { timezone } = await withWorkspace(deps.db, workspaceId, workspaceSettings);
  if (isStatedName(row.kind)) {
    const reader = statedReader(row.kind, statedMappings[row.kind].parse(map) as never, rows.columns, timezone);
    return takeStated(deps, { workspaceId, kind: row.kind, dryRun: row.dryRun }, rows, reader, report);
  }
  const mapping = UsageMapping.parse(map);
  const reader = usageReader(mapping, rows.columns, timezone, deps.now().getTime());
  return takeUsage(deps, { workspaceId, row, claim, mapping, timezone }, rows, reader, report);
};

/** Has the last 400 days scored day by day, as history that fires nothing. */
export const startBackfill = async (deps: Deps, workspaceId: string): Promise<void> => {
  const label = 'Scoring the last 400 days';
  const kind = 'score.backfill' as const;
  const runId = await withWorkspace(
    deps.db,
    workspaceId,
    async (tx) => (await waitingRun(tx, kind)) ?? (await openRun(tx, { kind, label, startedAt: deps.now() })),
  );
  await deps.jobs.enqueue(kind, { workspaceId, runId });
};
