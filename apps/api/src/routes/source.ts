import type { sourceOperations } from '@tideline/contracts/source';
import * as source from '@tideline/engine/source';
import * as look from '@tideline/engine/source-look';
import type { Routes } from '../serve.ts';
import { wire } from '../wire.ts';

export const sourceRoutes = {
  listSources: async ({ deps, who }) => wire({ items: await source.list(deps, who) }),
  createSource: async ({ deps, who, body }) => wire(await source.create(deps, who, body)),
  changeSource: async ({ deps, who, params, body }) => wire(await source.change(deps, who, params.id, body)),
  deleteSource: async ({ deps, who, params }) => {
    await source.remove(deps, who, params.id);
    return {};
  },
  lookIntoSource: ({ deps, who, body }) => look.lookInto(deps, who, body),
  previewSource: ({ deps, who, body }) => look.preview(deps, who, body),
  pullSource: async ({ deps, who, params }) => {
    await source.pullNow(deps, who, params.id);
    return {};
  },
  pauseSource: async ({ deps, who, params, body }) => wire(await source.pause(deps, who, params.id, body.paused)),
  sourceRuns: async ({ deps, who, params }) => wire(await source.runs(deps, who, params.id)),
} satisfies Routes<typeof sourceOperations>;
