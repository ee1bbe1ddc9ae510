import type { Operations } from '@tideline/contracts/operations';
import { viewRoutes } from './routes/view.ts';
import type { Routes } from './serve.ts';

/** Operation → engine verb. Exhaustive by type: an operation without a handler does not compile. */
export const routes = {
  ...viewRoutes,
} satisfies Routes<Operations>;
