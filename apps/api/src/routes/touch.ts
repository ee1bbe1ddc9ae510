import type { touchOperations } from '@tideline/contracts/touch';
import * as touch from '@tideline/engine/touch';
import type { Routes } from '../serve.ts';

export const touchRoutes = {
  putTouches: ({ deps, who, body }) => touch.put(deps, who, body),
  listTouches: ({ deps, who, query }) => touch.list(deps, who, query),
  removeTouch: async ({ deps, who, params }) => {
    await touch.remove(deps, who, params.id);
    return {};
  },
} satisfies Routes<typeof touchOperations>;
