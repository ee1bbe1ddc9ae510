import * as view from '@tideline/engine/view';
import type { viewOperations } from '@tideline/contracts/view';
import type { Routes } from '../serve.ts';

export const viewRoutes = {
  listViews: async ({ deps, who }) => ({ items: await view.list(deps, who) }),
  saveView: ({ deps, who, body }) => view.save(deps, who, body),
  deleteView: async ({ deps, who, params }) => {
    await view.remove(deps, who, params.id);
    return {};
  },
} satisfies Routes<typeof viewOperations>;
