import type { meterOperations } from '@tideline/contracts/meter';
import * as meter from '@tideline/engine/meter';
import { previewMeter } from '@tideline/engine/meter-preview';
import type { Routes } from '../serve.ts';

export const meterRoutes = {
  listMeters: async ({ deps, who }) => ({ items: await meter.list(deps, who) }),
  createMeter: ({ deps, who, body }) => meter.create(deps, who, body),
  changeMeter: ({ deps, who, params, body }) => meter.change(deps, who, params.id, body),
  previewMeter: ({ deps, who, body }) => previewMeter(deps, who, body),
  archiveMeter: ({ deps, who, params }) => meter.archive(deps, who, params.id),
  setMainMeter: ({ deps, who, params }) => meter.setMain(deps, who, params.id),
  listPrices: async ({ deps, who, params }) => ({ items: await meter.listPrices(deps, who, params.id) }),
  setPrice: ({ deps, who, params, body }) => meter.setPrice(deps, who, params.id, body),
} satisfies Routes<typeof meterOperations>;
