import { Problem } from '@tideline/contracts/problem';
import { announce } from '@tideline/db/live';
import { dataFaults, faultHolding, type FaultRow } from '@tideline/db/read/data-fault';
import { withWorkspace, type WorkspaceTx } from '@tideline/db/workspace';
import { audit } from '@tideline/db/write/audit';
import { endFault } from '@tideline/db/write/data-fault';
import type { Day } from '@tideline/domain/calendar';
import { faultWords, heldWords } from '@tideline/domain/data-fault';
import { tellLate } from './alert-digest.ts';
import { thaw } from './data-fault-thaw.ts';
import type { Deps, Who } from './deps.ts';
import { todayIn } from './today.ts';

const SHOWN = 20;

/** What fell silent together: what stands first, then the latest that are over. */
export const list = (deps: Deps, who: Who) =>
  withWorkspace(deps.db, who.workspaceId, async (tx) =>
    (await dataFaults(tx, { limit: SHOWN })).map(({ refId: _refId, ...fault }) => ({
      ...fault,
      ...faultWords(fault),
      detectedAt: fault.detectedAt.toISOString(),
      endedAt: fault.endedAt?.toISOString() ?? null,
    })),
  );

/** What everybody in the workspace is told while scores are held, the widest fault first. */
export const standing = async (tx: WorkspaceTx): Promise<{ title: string; held: string }[]> => {
  const rows = (await dataFaults(tx, { standing: true })).toSorted((a, b) => Number(a.scope !== 'workspace') - Number(b.scope !== 'workspace'));
  return rows.map((fault) => {
    const { title, held } = faultWords(fault);
    return { title, held };
  });
};

/** What holds an account's judgement, in the words of who looks after it; null: nothing does. */
export const holding = async (tx: WorkspaceTx, accountId: string): Promise<{ since: Day; stamp: string; because: string } | null> => {
  const fault = await faultHolding(tx, accountId);
  return fault && { since: fault.since, ...heldWords(fault) };
};

/** A person says that the silence is real: what was held is judged, and silence counts from there until usage flows again. */
export const dismiss = async (deps: Deps, who: Who, id: string): Promise<void> => {
  const { workspaceId } = who;
  const fault = await withWorkspace(deps.db, workspaceId, async (tx): Promise<FaultRow> => {
    const [found] = await dataFaults(tx, { id });
    if (!found) throw new Problem('not-found', 'There is no such fault');
    if (found.endedAt !== null) throw new Problem('conflict', 'It is over already');
    const { scope, name, since } = found;
    await audit(tx, who, 'data-fault.dismiss', 'data-fault', id, { scope, name, since }, { endedAs: 'dismissed' });
    if (scope === 'workspace') await endFault(tx, id, { as: 'dismissed', by: who.actor, through: null, at: deps.now() });
    return found;
  });
  if (fault.scope !== 'workspace') {
    await thaw(deps, workspaceId, { fault, as: 'dismissed', by: who.actor, through: null });
    // told here: the next close may find nothing to catch up with
    await tellLate(deps, workspaceId, await withWorkspace(deps.db, workspaceId, (tx) => todayIn(tx, deps.now())));
  }
  await deps.jobs.enqueue('day.close', { workspaceId });
  await announce(deps.db, { workspaceId, kind: 'day' });
};
