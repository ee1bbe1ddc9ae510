import type { CustomSignals } from '@tideline/contracts/custom-signal';
import { Problem } from '@tideline/contracts/problem';
import { announce } from '@tideline/db/live';
import { customSignals, type CustomSignalRow, customValues } from '@tideline/db/read/custom-signal';
import { scoringOf } from '@tideline/db/read/scoring';
import { withWorkspace, type WorkspaceTx } from '@tideline/db/workspace';
import { audit } from '@tideline/db/write/audit';
import { archiveCustomSignal, insertCustomSignal } from '@tideline/db/write/custom-signal';
import { asOfDay } from '@tideline/domain/as-of';
import type { Deps, Who } from './deps.ts';

/** A model has room for so many: each is read of every account at every day close. */
const MOST = 20;

const shown = async (tx: WorkspaceTx, row: CustomSignalRow, now: Date): Promise<CustomSignals['Item']> => {
  const { id, name, unit, meterId, windowDays, field, zeroAt, fullAt } = row;
  const reads = meterId !== null && windowDays !== null ? { meterId, windowDays } : { field: field ?? '' };
  const known = await customValues(tx, row, null, asOfDay(await scoringOf(tx), now));
  return { id, name, unit, reads, zeroAt, fullAt, accounts: known.length };
};

/** Signals of the workspace's own, in the order of their names. */
export const list = (deps: Deps, who: Who) =>
  withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const items: CustomSignals['Item'][] = [];
    for (const row of await customSignals(tx)) items.push(await shown(tx, row, deps.now()));
    return { items };
  });

const rowOf = ({ reads, ...rest }: CustomSignals['Body']) => ({
  ...rest,
  ...('field' in reads ? { meterId: null, windowDays: null, field: reads.field } : { ...reads, field: null }),
});

/** Defines one; it weighs nothing until a model gives it points. */
export const create = async (deps: Deps, who: Who, body: CustomSignals['Body']): Promise<CustomSignals['Item']> => {
  const made = await withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const there = await customSignals(tx);
    if (there.length >= MOST) throw new Problem('rule-violated', `There are ${MOST} signals of your own: take one away first`);
    if (there.some(({ name }) => name === body.name)) throw new Problem('conflict', `There is a signal named ${body.name} already: choose another name`);
    const row = rowOf(body);
    if (row.meterId !== null && !(await tx.db.meter.findFirst({ where: { workspaceId: tx.workspaceId, id: row.meterId, archivedAt: null } })))
      throw new Problem('not-found', 'There is no such meter');
    const id = await insertCustomSignal(tx, row, deps.now());
    const [stored] = await customSignals(tx, [id]);
    if (!stored) throw new Error('the signal was not stored');
    await audit(tx, who, 'signal.create', 'custom_signal', id, null, body);
    return shown(tx, stored, deps.now());
  });
  await announce(deps.db, { workspaceId: who.workspaceId, kind: 'model' });
  return made;
};

/** Takes one away; history that was judged by it keeps its words. */
export const archive = async (deps: Deps, who: Who, id: string): Promise<void> => {
  await withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const row = (await customSignals(tx)).find((one) => one.id === id);
    if (!row) throw new Problem('not-found', 'There is no such signal');
    const { model } = await scoringOf(tx);
    if ((model.config.weights[`custom:${id}`] ?? 0) > 0)
      throw new Problem('rule-violated', `The published model weighs ${row.name}: publish one that gives it no points first`);
    await archiveCustomSignal(tx, id, deps.now());
    await audit(tx, who, 'signal.archive', 'custom_signal', id, { name: row.name }, null);
  });
  await announce(deps.db, { workspaceId: who.workspaceId, kind: 'model' });
};
