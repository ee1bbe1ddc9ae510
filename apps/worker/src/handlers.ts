import type { Deps } from '@tideline/engine/deps';
import { sendOwed } from '@tideline/engine/notify';
import { refillMeter } from '@tideline/engine/refill';
import * as sweep from '@tideline/engine/sweep';
import type { Handlers } from '@tideline/jobs/worker';

/** Job → verb, one line each. */
export const handlersOf = (deps: Deps) =>
  ({
    'meter.refill': (payload) => refillMeter(deps, payload),
    'notify.send': ({ workspaceId }) => sendOwed(deps, workspaceId),
    'sweep.all': () => sweep.all(deps),
  }) satisfies Partial<Handlers>;
