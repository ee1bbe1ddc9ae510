import type { JobPayload } from '@tideline/contracts/jobs';
import { announce } from '@tideline/db/live';
import { isFilling, meters } from '@tideline/db/read/meter';
import { countAccounts } from '@tideline/db/read/account-count';
import { meteringOf } from '@tideline/db/read/metering';
import type { Place } from '@tideline/db/read/raw-fact';
import { workspaceSettings } from '@tideline/db/read/workspace';
import { withWorkspace } from '@tideline/db/workspace';
import { advanceRun, closeRun } from '@tideline/db/write/background-run';
import { retireVersion, swapVersion } from '@tideline/db/write/meter';
import { markMeterUsers } from '@tideline/db/write/rescore';
import { inheritDays } from '@tideline/db/write/retention';
import { clearVersion, restateStretch } from '@tideline/db/write/restate';
import { lockUsage } from '@tideline/db/write/usage-lock';
import type { Deps } from './deps.ts';
import { wakeScoring } from './wake.ts';

/** Events per stretch: the workspace's ingest waits while one is counted. */
const STRETCH = 10_000;
const CLEAR_ACCOUNTS = 1_000;

/**
 * Counts a changed or new meter from the raw events, beside the version in force, then swaps it in and has the accounts
 * judged anew. Safe to run again from the start. Stops when the run is cancelled or a newer definition came.
 */
export const refillMeter = async (deps: Deps, { workspaceId, meterId, runId }: JobPayload<'meter.refill'>): Promise<void> => {
  const { row, timezone } = await withWorkspace(deps.db, workspaceId, async (tx) => ({
    row: (await meters(tx, [meterId]))[0],
    timezone: (await workspaceSettings(tx)).timezone,
  }));
  const version = row?.filling;
  const end = async (state: 'done' | 'cancelled'): Promise<void> => {
    await withWorkspace(deps.db, workspaceId, (tx) => closeRun(tx, runId, { state, at: deps.now() }));
    await announce(deps.db, { workspaceId, kind: 'run', ids: [runId] });
  };
  if (!row || !version || row.archivedAt) return end('done');

  let place: Place | null = null;
  do {
    const from: Place | null = place;
    const step = await withWorkspace(deps.db, workspaceId, async (tx) => {
      const next = await restateStretch(tx, version, timezone, from, STRETCH);
      const { done, total } = await countAccounts(tx, next?.accountId ?? null);
      return { next, wanted: await isFilling(tx, version.id), uncancelled: await advanceRun(tx, runId, { done, total }) };
    });
    await announce(deps.db, { workspaceId, kind: 'run', ids: [runId] });
    // A new meter has no version to fall back to: its first count goes on to the end.
    if (!step.wanted || (!step.uncancelled && row.current)) return cancel(deps, workspaceId, version.id, end);
    place = step.next;
  } while (place);

  const swapped = await withWorkspace(deps.db, workspaceId, async (tx) => {
    await lockUsage(tx, 'alone');
    const { rawFrom } = await meteringOf(tx);
    // Of days whose events are gone the figures of the version before stay.
    if (rawFrom !== null && row.current) await inheritDays(tx, row.current.id, version.id, rawFrom);
    if (!(await swapVersion(tx, meterId, version.id))) return false;
    await markMeterUsers(tx, [meterId], null, deps.now());
    return true;
  });
  await end('done');
  await clear(deps, workspaceId, (swapped ? row.current : version)?.id);
  wakeScoring(deps, workspaceId);
};

const cancel = async (deps: Deps, workspaceId: string, versionId: string, end: (state: 'cancelled') => Promise<void>): Promise<void> => {
  await withWorkspace(deps.db, workspaceId, (tx) => retireVersion(tx, versionId));
  await clear(deps, workspaceId, versionId);
  await end('cancelled');
};

/** Removes the days of a version that measures no more. */
const clear = async (deps: Deps, workspaceId: string, versionId: string | undefined): Promise<void> => {
  if (!versionId) return;
  let after: string | null = null;
  do {
    const from: string | null = after;
    after = await withWorkspace(deps.db, workspaceId, (tx) => clearVersion(tx, versionId, from, CLEAR_ACCOUNTS));
  } while (after);
};
