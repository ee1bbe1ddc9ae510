import * as webhook from '@tideline/engine/webhook';
import type { webhookOperations } from '@tideline/contracts/webhook';
import type { Routes } from '../serve.ts';
import { wire } from '../wire.ts';

export const webhookRoutes = {
  listWebhooks: async ({ deps, who }) => wire({ items: await webhook.list(deps, who) }),
  createWebhook: async ({ deps, who, body }) => wire(await webhook.create(deps, who, body)),
  changeWebhook: async ({ deps, who, params, body }) => wire(await webhook.change(deps, who, params.id, body)),
  rotateWebhookSecret: ({ deps, who, params }) => webhook.rotate(deps, who, params.id),
  deleteWebhook: async ({ deps, who, params }) => {
    await webhook.remove(deps, who, params.id);
    return {};
  },
  testWebhook: ({ deps, who, params }) => webhook.test(deps, who, params.id),
  listDeliveries: async ({ deps, who, query }) => wire(await webhook.deliveries(deps, who, query)),
  redeliver: async ({ deps, who, params }) => {
    await webhook.redeliver(deps, who, params.id);
    return {};
  },
} satisfies Routes<typeof webhookOperations>;
