import type { milestoneOperations } from '@tideline/contracts/milestone';
import type { BodyOf } from '@tideline/contracts/operation';
import { Problem } from '@tideline/contracts/problem';
import { meters } from '@tideline/db/read/meter';
import { milestones, milestoneTimes, type MilestoneRow } from '@tideline/db/read/milestone';
import { withWorkspace, type WorkspaceTx } from '@tideline/db/workspace';
import { audit } from '@tideline/db/write/audit';
import { archiveMilestone, insertMilestone, updateMilestone } from '@tideline/db/write/milestone';
import { markMeterUsers } from '@tideline/db/write/rescore';
import { timeToFirstValue } from '@tideline/domain/ttfv';
import type { Deps, Who } from './deps.ts';
import { todayIn } from './today.ts';
import { wakeScoring } from './wake.ts';

type NewMilestone = BodyOf<(typeof milestoneOperations)['createMilestone']>;
type Change = BodyOf<(typeof milestoneOperations)['changeMilestone']>;

/** A milestone with how far the live accounts have come, today's usage included. */
export type Milestone = MilestoneRow & { accounts: number; reached: number; medianDays: number | null; p90Days: number | null };

const shown = async (tx: WorkspaceTx, id: string | null, now: Date): Promise<Milestone[]> => {
  const today = await todayIn(tx, now);
  const times = Map.groupBy(await milestoneTimes(tx, id), (row) => row.milestoneId);
  return (await milestones(tx, id)).map((row) => {
    const each = (times.get(row.id) ?? []).flatMap(({ start, reached, accounts }) => Array.from({ length: accounts }, () => ({ start, reached })));
    const { accounts, reached, median, p90 } = timeToFirstValue(each, today, 0);
    return { ...row, accounts, reached, medianDays: median, p90Days: p90 };
  });
};

/** Milestones, the first-value one in front, and when accounts reach them. */
export const list = (deps: Deps, who: Who): Promise<Milestone[]> => withWorkspace(deps.db, who.workspaceId, (tx) => shown(tx, null, deps.now()));

const milestoneIn = async (tx: WorkspaceTx, id: string): Promise<MilestoneRow> => {
  const [row] = await milestones(tx, id);
  if (!row) throw new Problem('not-found', 'There is no such milestone');
  return row;
};

const one = async (tx: WorkspaceTx, id: string, now: Date): Promise<Milestone> => {
  const [row] = await shown(tx, id, now);
  if (!row) throw new Error(`milestone ${id} vanished`);
  return row;
};

const usable = async (tx: WorkspaceTx, meterId: string): Promise<void> => {
  const [meter] = await meters(tx, [meterId]);
  if (!meter || meter.archivedAt) throw new Problem('rule-violated', 'There is no such meter to reach a milestone on');
};

/** Creates a milestone; when each account reached it is worked out from its usage so far. */
export const create = async (deps: Deps, who: Who, wanted: NewMilestone): Promise<Milestone> => {
  const made = await withWorkspace(deps.db, who.workspaceId, async (tx) => {
    await usable(tx, wanted.meterId);
    const id = await insertMilestone(tx, wanted, deps.now());
    await markMeterUsers(tx, [wanted.meterId], null, deps.now());
    await audit(tx, who, 'milestone.create', 'milestone', id, null, wanted);
    return one(tx, id, deps.now());
  });
  wakeScoring(deps, who.workspaceId);
  return made;
};

export const change = async (deps: Deps, who: Who, id: string, wanted: Change): Promise<Milestone> => {
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
    return one(tx, id, deps.now());
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
