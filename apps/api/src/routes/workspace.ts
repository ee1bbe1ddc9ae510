import type { workspaceOperations } from '@tideline/contracts/workspace';
import * as workspace from '@tideline/engine/workspace';
import type { Routes } from '../serve.ts';

export const workspaceRoutes = {
  getWorkspace: ({ deps, who }) => workspace.settings(deps, who),
  changeWorkspace: ({ deps, who, body }) => workspace.change(deps, who, body),
} satisfies Routes<typeof workspaceOperations>;
