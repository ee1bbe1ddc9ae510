import { intakeRequests, intakeSources } from '@tideline/db/read/intake';
import { workspaceSettings } from '@tideline/db/read/workspace';
import { withWorkspace } from '@tideline/db/workspace';
import { NO_KEY } from '@tideline/db/write/intake';
import { intakeGap } from '@tideline/domain/intake-gap';
import type { Deps, Who } from './deps.ts';
import { flushIntake } from './intake.ts';

const keyOrNull = (keyId: string): string | null => (keyId === NO_KEY ? null : keyId);

/** What sends usage, by key and client: its last day in figures, and whether it has fallen silent. */
export const sources = async (deps: Deps, who: Who) => {
  await flushIntake(deps);
  const now = deps.now();
  return withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const rows = await intakeSources(tx, now);
    const { eventsPerMinute } = await workspaceSettings(tx);
    const items = rows.map(({ hours, keyId, lastAt, ...row }) => ({
      ...row,
      keyId: keyOrNull(keyId),
      lastAt: lastAt.toISOString(),
      ...intakeGap(hours, now.getTime()),
    }));
    return { eventsPerMinute, items };
  });
};

/** The latest requests, of one key where given. */
export const requests = async (deps: Deps, who: Who, { key, limit }: { key?: string | undefined; limit: number }) => {
  await flushIntake(deps);
  const rows = await withWorkspace(deps.db, who.workspaceId, (tx) => intakeRequests(tx, key ?? null, limit));
  return rows.map(({ at, keyId, ...row }) => ({ ...row, keyId: keyOrNull(keyId), at: at.toISOString() }));
};
