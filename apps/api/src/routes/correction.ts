import type { correctionOperations } from '@tideline/contracts/correction';
import * as correction from '@tideline/engine/correction';
import * as correctionRun from '@tideline/engine/correction-run';
import type { Routes } from '../serve.ts';

export const correctionRoutes = {
  voidEvents: ({ deps, who, body }) => correction.voidEvents(deps, who, body),
  replaceEvent: ({ deps, who, body }) => correction.replaceEvent(deps, who, body),
  previewVoid: ({ deps, who, body }) => correctionRun.preview(deps, who, body),
  voidRange: ({ deps, who, body }) => correctionRun.voidRange(deps, who, body),
  listCorrections: async ({ deps, who }) => ({ items: await correction.list(deps, who) }),
  undoCorrection: ({ deps, who, params }) => correctionRun.undo(deps, who, params.id),
} satisfies Routes<typeof correctionOperations>;
