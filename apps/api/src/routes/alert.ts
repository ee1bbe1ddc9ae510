import * as inbox from '@tideline/engine/alert-inbox';
import * as rule from '@tideline/engine/alert-rule';
import type { alertOperations } from '@tideline/contracts/alert';
import type { alertRuleOperations } from '@tideline/contracts/alert-rule';
import type { Routes } from '../serve.ts';
import { wire } from '../wire.ts';

export const alertRoutes = {
  listAlerts: async ({ deps, who, query }) => wire(await inbox.page(deps, who, query)),
  countAlerts: ({ deps, who, query }) => inbox.counts(deps, who, query),
  moveAlerts: ({ deps, who, body }) => inbox.move(deps, who, body),
} satisfies Routes<typeof alertOperations>;

export const alertRuleRoutes = {
  listAlertRules: async ({ deps, who }) => wire({ items: await rule.list(deps, who) }),
  createAlertRule: async ({ deps, who, body }) => wire(await rule.create(deps, who, body)),
  changeAlertRule: async ({ deps, who, params, body }) => wire(await rule.change(deps, who, params.id, body)),
  deleteAlertRule: async ({ deps, who, params }) => {
    await rule.remove(deps, who, params.id);
    return {};
  },
  previewAlertRule: ({ deps, who, body }) => rule.preview(deps, who, body.condition),
} satisfies Routes<typeof alertRuleOperations>;
