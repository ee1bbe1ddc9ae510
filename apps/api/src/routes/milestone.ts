import type { milestoneOperations } from '@tideline/contracts/milestone';
import * as milestone from '@tideline/engine/milestone';
import type { Routes } from '../serve.ts';

export const milestoneRoutes = {
  listMilestones: async ({ deps, who }) => ({ items: await milestone.list(deps, who) }),
  createMilestone: ({ deps, who, body }) => milestone.create(deps, who, body),
  changeMilestone: ({ deps, who, params, body }) => milestone.change(deps, who, params.id, body),
  archiveMilestone: async ({ deps, who, params }) => {
    await milestone.archive(deps, who, params.id);
    return {};
  },
} satisfies Routes<typeof milestoneOperations>;
