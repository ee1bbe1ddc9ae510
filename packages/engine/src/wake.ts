import { announce } from '@tideline/db/live';
import { refreshStatistics } from '@tideline/db/write/statistics';
import type { Deps } from './deps.ts';

const PAUSE_MS = 200;
type Pending = { timer: NodeJS.Timeout; again: boolean; last: Promise<void> };
const pending = new WeakMap<Deps['db'], Map<string, Pending>>();

/**
 * Tells open pages and the scorer that usage arrived: at once, then at most every 200 ms per workspace, however many
 * events come. A wake-up that fails is logged and not repeated: what is owed stands in `rescore`, and the sweep finds it.
 */
export const wakeScoring = (deps: Deps, workspaceId: string): void => {
  const own = pending.get(deps.db) ?? new Map<string, Pending>();
  pending.set(deps.db, own);
  const waiting = own.get(workspaceId);
  if (waiting) {
    waiting.again = true;
    return;
  }
  const timer = setTimeout(() => {
    const { again } = own.get(workspaceId) ?? { again: false };
    own.delete(workspaceId);
    if (again) wakeScoring(deps, workspaceId);
  }, PAUSE_MS);
  own.set(workspaceId, { timer, again: false, last: tell(deps, workspaceId) });
};

const held = new WeakMap<Deps['db'], Map<string, number>>();

/** Whether history is being written in bulk here: what it dirties is rated and judged once, at its end. */
export const isHeld = (deps: Deps, workspaceId: string): boolean => (held.get(deps.db)?.get(workspaceId) ?? 0) > 0;

/**
 * Runs work that writes much history, without judging every account again after each batch of it (each rating
 * would start at the oldest day written). The scorer is woken when it ends, well or not.
 */
export const holdingScores = async <T>(deps: Deps, workspaceId: string, work: () => Promise<T>): Promise<T> => {
  const own = held.get(deps.db) ?? new Map<string, number>();
  held.set(deps.db, own);
  own.set(workspaceId, (own.get(workspaceId) ?? 0) + 1);
  try {
    const done = await work();
    await refreshStatistics(deps.db);
    return done;
  } finally {
    own.set(workspaceId, (own.get(workspaceId) ?? 1) - 1);
    wakeScoring(deps, workspaceId);
  }
};

const tell = async (deps: Deps, workspaceId: string): Promise<void> => {
  try {
    if (!isHeld(deps, workspaceId)) await deps.jobs.enqueue('score.changed', { workspaceId });
    await announce(deps.db, { workspaceId, kind: 'event' });
  } catch (error) {
    deps.log.error({ err: error, workspaceId }, 'could not wake the scorer; the sweep will');
  }
};

/** Sends what still waits; a program that ends calls it before it closes its connections. */
export const flushWakes = async (deps: Deps): Promise<void> => {
  const own = pending.get(deps.db);
  for (const [workspaceId, { timer, again, last }] of own ?? []) {
    clearTimeout(timer);
    own?.delete(workspaceId);
    await last;
    if (again) await tell(deps, workspaceId);
  }
};
