import type { apiKeyOperations } from '@tideline/contracts/api-key';
import * as apiKey from '@tideline/engine/api-key';
import type { Routes } from '../serve.ts';

export const apiKeyRoutes = {
  listApiKeys: async ({ deps, who }) => ({ items: (await apiKey.list(deps, who)).map(inText) }),
  createApiKey: async ({ deps, who, body }) => inText(await apiKey.create(deps, who, body)),
  changeApiKey: async ({ deps, who, params, body }) => inText(await apiKey.change(deps, who, params.id, body)),
  rotateApiKey: async ({ deps, who, params, body }) => inText(await apiKey.rotate(deps, who, params.id, body)),
  revokeApiKey: async ({ deps, who, params }) => {
    await apiKey.revoke(deps, who, params.id);
    return {};
  },
} satisfies Routes<typeof apiKeyOperations>;

type Times = { createdAt: Date; expiresAt: Date | null; lastUsedAt: Date | null; revokedAt: Date | null };
const inText = <T extends Times>(key: T) => ({
  ...key,
  createdAt: key.createdAt.toISOString(),
  expiresAt: key.expiresAt?.toISOString() ?? null,
  lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
  revokedAt: key.revokedAt?.toISOString() ?? null,
});
