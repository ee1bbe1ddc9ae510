import { Problem } from '@tideline/contracts/problem';
import { runKinds, type RunKind } from '@tideline/contracts/run';
import { announce } from '@tideline/db/live';
import { runById, runs } from '@tideline/db/read/run';
import { withWorkspace } from '@tideline/db/workspace';
import { audit } from '@tideline/db/write/audit';
import { askRunToStop } from '@tideline/db/write/background-run';
import type { Deps, Who } from './deps.ts';

export const list = (deps: Deps, who: Who) => withWorkspace(deps.db, who.workspaceId, runs);

const isKind = (kind: string): kind is RunKind => Object.hasOwn(runKinds, kind);

/** Asks long work to stop. It notices after its present step, and keeps what it did. */
export const stop = async (deps: Deps, who: Who, id: string): Promise<void> => {
  await withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const run = await runById(tx, id);
    if (!run) throw new Problem('not-found', 'There is no such work');
    if (run.state !== 'running') throw new Problem('conflict', 'It has ended already');
    if (!isKind(run.kind) || !runKinds[run.kind].stoppable) throw new Problem('rule-violated', 'This work cannot be left half done: it goes on to its end');
    await askRunToStop(tx, id);
    await audit(tx, who, 'run.stop', 'run', id, null, { label: run.label });
  });
  await announce(deps.db, { workspaceId: who.workspaceId, kind: 'run', ids: [id] });
};
