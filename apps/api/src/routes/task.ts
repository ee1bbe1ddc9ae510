import * as task from '@tideline/engine/task';
import * as openWork from '@tideline/engine/open-work';
import type { taskOperations } from '@tideline/contracts/task';
import type { Routes } from '../serve.ts';
import { wire } from '../wire.ts';

export const taskRoutes = {
  countWork: ({ deps, who }) => openWork.count(deps, who),
  listTasks: async ({ deps, who, query }) => wire(await task.page(deps, who, query)),
  createTask: async ({ deps, who, body }) => wire(await task.create(deps, who, body)),
  editTask: async ({ deps, who, params, body }) => wire(await task.edit(deps, who, params.id, body)),
  moveTasks: ({ deps, who, body }) => task.move(deps, who, body),
} satisfies Routes<typeof taskOperations>;
