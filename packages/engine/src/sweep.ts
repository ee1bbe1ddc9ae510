import { asOfDay } from '@tideline/domain/as-of';
import { addDays, type Day } from '@tideline/domain/calendar';
import { announce } from '@tideline/db/live';
import { owedWork, workspaceIds, type Owed } from '@tideline/db/read/owed';
import { asSystem } from '@tideline/db/system';
import { withWorkspace } from '@tideline/db/workspace';
import { wakeSnoozed } from '@tideline/db/write/alert';
import { tellLate } from './alert-digest.ts';
import type { Deps } from './deps.ts';
import { makeMonthsAhead } from './retention.ts';
import { isHeld } from './wake.ts';

/** Younger usage is being scored already: its own wake-up is on the way. */
const STALE_MS = 5_000;

const asDay = (date: Date | null): Day | null => (date ? (date.toISOString().slice(0, 10) as Day) : null);

/**
 * Looks into every workspace for work whose wake-up was lost (a crash, an emptied queue) and asks for it again. Wakes
 * only: the jobs read for themselves what there is to do, so asking once too often costs a look.
 */
export const all = async (deps: Deps): Promise<void> => {
  await makeMonthsAhead(deps);
  const ids = await asSystem(deps.system, 'sweep', workspaceIds);
  for (const workspaceId of ids) {
    try {
      await sweep(deps, workspaceId);
    } catch (error) {
      deps.log.error({ err: error, workspaceId }, 'the sweep failed in a workspace'); // and goes on with the others
    }
  }
};

const sweep = async (deps: Deps, workspaceId: string): Promise<void> => {
  const now = deps.now();
  const { owed, asOf, woken } = await withWorkspace(deps.db, workspaceId, async (tx) => {
    const found = await owedWork(tx, now, new Date(now.getTime() - STALE_MS));
    const judged = asOfDay({ timezone: found.timezone, asOfPin: asDay(found.asOfPin) }, now);
    return { owed: found, asOf: judged, woken: await wakeSnoozed(tx, addDays(judged, 1)) };
  });
  if (woken.length > 0) await announce(deps.db, { workspaceId, kind: 'alert', ids: woken });
  const held = isHeld(deps, workspaceId); // history is being written: it is judged at its end
  if (owed.stale && !held) await deps.jobs.enqueue('score.changed', { workspaceId });
  if (((asDay(owed.closedThrough) ?? '') < asOf || owed.faulty) && !held) await deps.jobs.enqueue('day.close', { workspaceId });
  else if (owed.untold) await tellLate(deps, workspaceId, addDays(asOf, 1)); // the close that should have told died
  if (owed.due) await deps.jobs.enqueue('notify.send', { workspaceId });
  for (const importId of owed.imports) await deps.jobs.enqueue('import.run', { workspaceId, importId });
  for (const sourceId of owed.sources) await deps.jobs.enqueue('source.pull', { workspaceId, sourceId });
  for (const run of owed.runs) await resume(deps, workspaceId, run);
};

/** A run whose worker still lives swallows this; one whose worker died goes on where it stopped. */
const resume = async (deps: Deps, workspaceId: string, { id: runId, kind, detail }: Owed['runs'][number]): Promise<void> => {
  if (kind === 'score.backfill' || kind === 'score.all' || kind === 'score.backtest' || kind === 'score.fit' || kind === 'demo.history')
    await deps.jobs.enqueue(kind, { workspaceId, runId });
  if (kind === 'correction.run') await deps.jobs.enqueue(kind, { workspaceId, runId, ...(detail as { correctionId: string; undo: string | null }) });
  if (kind === 'account.merge') await deps.jobs.enqueue(kind, { workspaceId, runId, mergeId: (detail as { mergeId: string }).mergeId });
  if (kind === 'meter.refill') await deps.jobs.enqueue(kind, { workspaceId, runId, meterId: (detail as { meterId: string }).meterId });
};
