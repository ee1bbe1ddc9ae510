import { mildFaults } from '@tideline/contracts/import';
import { announce } from '@tideline/db/live';
import type { ImportRow } from '@tideline/db/read/import';
import { withWorkspace } from '@tideline/db/workspace';
import { type ImportProgress, insertRejects, progressImport, type RejectedRow } from '@tideline/db/write/import';
import type { Day } from '@tideline/domain/calendar';
import type { Deps } from './deps.ts';
import { csvLine } from './import-file.ts';
import type { RowProblem } from './import-map.ts';

/** Thrown inside an import to end it: a person asked for it, or another process has taken over. */
export class Cancelled extends Error {}

/** Counts what becomes of a file's rows, keeps the refused ones, and tells how far it is. */
export type Report = {
  readonly progress: ImportProgress;
  /** One refused row (1 = the first after the header). */
  refuse(row: number, fields: readonly string[], problem: RowProblem): void;
  newest(day: Day): void;
  /** Writes what is due; throws `Cancelled` when the import should end. */
  step(bytesRead: number): Promise<void>;
  flush(): Promise<void>;
};

const EVERY_MS = 1_000;
/** So many refused rows are kept to be looked at; all are counted. */
const MAX_KEPT = 200_000;
/** Of a refused row so many characters. */
export const MAX_RAW = 10_000;
const KEPT_AT_ONCE = 5_000;

export const createReport = (deps: Deps, workspaceId: string, row: ImportRow, claim: string, onProgress?: (progress: ImportProgress) => void): Report => {
  const progress: ImportProgress = { rowsRead: 0, accepted: 0, duplicates: 0, conflicts: 0, rejected: 0, rejectedBy: {}, bytesRead: 0, newestDay: null };
  let waiting: RejectedRow[] = [];
  let kept = 0;
  let lastStep = deps.now().getTime();

  const keep = async (): Promise<void> => {
    const rows = waiting;
    waiting = [];
    if (rows.length > 0) await withWorkspace(deps.db, workspaceId, (tx) => insertRejects(tx, row.id, rows));
  };
  const tell = async (): Promise<void> => {
    const goOn = await withWorkspace(deps.db, workspaceId, (tx) => progressImport(tx, row.id, claim, progress, deps.now()));
    onProgress?.(progress);
    if (!goOn) throw new Cancelled('The import was cancelled');
    await announce(deps.db, { workspaceId, kind: 'import', ids: [row.id] });
  };
  return {
    progress,
    refuse: (number, fields, { reason, message }) => {
      if (!mildFaults.has(reason)) progress.rejected += 1;
      progress.rejectedBy[reason] = (progress.rejectedBy[reason] ?? 0) + 1;
      if (kept >= MAX_KEPT) return;
      kept += 1;
      const raw = csvLine(fields).slice(0, MAX_RAW).replaceAll('\0', '').toWellFormed();
      waiting.push({ row: number, reason, message: message.replaceAll('\0', '').toWellFormed(), raw });
    },
    newest: (day) => {
      if (progress.newestDay === null || day > progress.newestDay) progress.newestDay = day;
    },
    step: async (bytesRead) => {
      progress.bytesRead = bytesRead;
      if (waiting.length >= KEPT_AT_ONCE) await keep();
      const now = deps.now().getTime();
      if (now - lastStep < EVERY_MS) return;
      lastStep = now;
      await tell();
    },
    flush: async () => {
      await keep();
      await tell();
    },
  };
};
