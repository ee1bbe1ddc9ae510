import type { triageOperations } from '@tideline/contracts/triage';
import * as touch from '@tideline/engine/touch';
import * as triage from '@tideline/engine/triage';
import * as act from '@tideline/engine/triage-act';
import { exportCsv } from '@tideline/engine/triage-export';
import { glance } from '@tideline/engine/triage-glance';
import { summary } from '@tideline/engine/triage-summary';
import { addTasks } from '@tideline/engine/triage-task';
import type { Routes } from '../serve.ts';

export const triageRoutes = {
  listTriage: ({ deps, who, query }) => triage.list(deps, who, query),
  triageRows: ({ deps, who, query }) => triage.rows(deps, who, query),
  triageSummary: ({ deps, who, query }) => summary(deps, who, query),
  triageGlance: ({ deps, who, params }) => glance(deps, who, params.id),
  exportTriage: async ({ deps, who, query }) => exportCsv(deps, who, query),
  markDone: ({ deps, who, body }) => act.markDone(deps, who, body.accounts),
  undoDone: ({ deps, who, body }) => act.undoDone(deps, who, body.accounts),
  snoozeAccounts: ({ deps, who, body }) => act.snooze(deps, who, body),
  unsnoozeAccounts: ({ deps, who, body }) => act.unsnooze(deps, who, body.accounts),
  addTasks: ({ deps, who, body }) => addTasks(deps, who, body),
  logTouch: ({ deps, who, body }) => touch.log(deps, who, body),
} satisfies Routes<typeof triageOperations>;
