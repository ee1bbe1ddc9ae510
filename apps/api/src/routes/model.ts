import type { modelOperations } from '@tideline/contracts/model';
import * as model from '@tideline/engine/model';
import { previewModel } from '@tideline/engine/model-preview';
import type { Routes } from '../serve.ts';

export const modelRoutes = {
  getModel: ({ deps, who }) => model.state(deps, who),
  previewModel: ({ deps, who }) => previewModel(deps, who),
  saveModelDraft: ({ deps, who, body }) => model.saveModelDraft(deps, who, body),
  discardModelDraft: async ({ deps, who }) => {
    await model.discardModelDraft(deps, who);
    return {};
  },
  publishModel: ({ deps, who, body }) => model.publishModel(deps, who, body),
  restoreModel: ({ deps, who, params, body }) => model.restoreModel(deps, who, params.id, body),
} satisfies Routes<typeof modelOperations>;
