import type { milestoneOperations } from '@tideline/contracts/milestone';
import type { BodyOf } from '@tideline/contracts/operation';
import { Problem } from '@tideline/contracts/problem';
import { meters } from '@tideline/db/read/meter';
import { milestones, type MilestoneRow } from '@tideline/db/read/milestone';
import { withWorkspace, type WorkspaceTx } from '@tideline/db/workspace';
import { audit } from '@tideline/db/write/audit';
import { archiveMilestone, insertMilestone, updateMilestone } from '@tideline/db/write/milestone';
import { markMeterUsers } from '@tideline/db/write/rescore';
import type { Deps, Who } from './deps.ts';
import { wakeScoring } from './wake.ts';

type NewMilestone = BodyOf<(typeof milestoneOperations)['createMilestone']>;
type Change = BodyOf<(typeof milestoneOperations)['changeMilestone']>;

export const list = (deps: Deps, who: Who): Promise<MilestoneRow[]> => withWorkspace(deps.db, who.workspaceId, (tx) => milestones(tx, null));

const milestoneIn = async (tx: WorkspaceTx, id: string): Promise<MilestoneRow> => {
  const [row] = await milestones(tx, id);
  if (!row) throw new Problem('not-found', 'There is no such milestone');
  return row;
};

const usable = async (tx: WorkspaceTx, meterId: string): Promise<void> => {
  const [meter] = await meters(tx, [meterId]);
  if (!meter || meter.archivedAt) throw new Problem('rule-violated', 'There is no such meter to reach a milestone on');
};

/** Creates a milestone; when each account reached it is worked out from its usage so far. */
export const create = async (deps: Deps, who: Who, wanted: NewMilestone): Promise<MilestoneRow> => {
  const made = await withWorkspace(deps.db, who.workspaceId, async (tx) => {
    await usable(tx, wanted.meterId);
    const id = await insertMilestone(tx, wanted, deps.now());
    await markMeterUsers(tx, [wanted.meterId], null, deps.now());
    await audit(tx, who, 'milestone.create', 'milestone', id, null, wanted);
    return milestoneIn(tx, id);
  });
  wakeScoring(deps, who.workspaceId);
  return made;
};

export const change = async (deps: Deps, who: Who, id: string, wanted: Change): Promise<MilestoneRow> => {
  const made = await withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const { name, meterId, threshold, firstValue } = await milestoneIn(tx, id);
    const before = { name, meterId, threshold, firstValue };
    const after = {
      name: wanted.name ?? name,
      meterId: wanted.meterId ?? meterId,
      threshold: wanted.threshold ?? threshold,
      firstValue: wanted.firstValue ?? firstValue,
    };
    await usable(tx, after.meterId);
    await updateMilestone(tx, id, after);
    await markMeterUsers(tx, [meterId, after.meterId], null, deps.now());
    await audit(tx, who, 'milestone.change', 'milestone', id, before, after);
    return milestoneIn(tx, id);
  });
  wakeScoring(deps, who.workspaceId);
  return made;
};

export const archive = async (deps: Deps, who: Who, id: string): Promise<void> => {
  await withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const row = await milestoneIn(tx, id);
    await archiveMilestone(tx, id, deps.now());
    await markMeterUsers(tx, [row.meterId], null, deps.now());
    await audit(tx, who, 'milestone.archive', 'milestone', id, { name: row.name, threshold: row.threshold }, null);
  });
  wakeScoring(deps, who.workspaceId);
};
