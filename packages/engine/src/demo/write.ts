import { addDays, daysFromTo, startOfDay, type Day } from '@tideline/domain/calendar';
import type { Deps, Who } from '../deps.ts';
import { accept } from '../ingest.ts';
import { eventsOn, type DemoBusiness } from './business.ts';
import type { DemoAccount } from './company.ts';

/** Events per call and calls at a time: the path takes several transactions side by side. */
const BATCH = 1_000;
const AT_ONCE = 4;

/** Writes the days `from` to `to` through the product's own ingest path, as history known when it happened. */
export const writeHistory = async (
  deps: Deps,
  who: Who,
  { business, accounts, anchor }: { business: DemoBusiness; accounts: readonly DemoAccount[]; anchor: Day },
  span: { from: Day; to: Day },
): Promise<number> => {
  let waiting: ReturnType<typeof eventsOn> = [];
  let written = 0;
  const flush = async (least: number): Promise<void> => {
    while (waiting.length > least) {
      const round = waiting.splice(0, BATCH * AT_ONCE);
      const parts = Array.from({ length: Math.ceil(round.length / BATCH) }, (_, i) => round.slice(i * BATCH, (i + 1) * BATCH));
      const replies = await Promise.all(parts.map((part) => accept(deps, who, part, { historical: true, receivedAt: deps.now(), via: 'demo' })));
      // an account that a person took away stays away
      const refused = replies.flatMap((reply) => reply.rejected).find(({ code }) => code !== 'unknown-account');
      if (refused) throw new Error(`The demo wrote an event that was refused: ${refused.message}`);
      written += replies.reduce((sum, reply) => sum + reply.accepted, 0);
    }
  };
  for (const at of daysFromTo(span.from, span.to)) {
    waiting = waiting.concat(eventsOn(business, accounts, at, anchor));
    await flush(BATCH * AT_ONCE);
  }
  await flush(0);
  return written;
};

/** The product as it stood on the morning after `at`, or now when that is earlier: what happened that day is known, and the day is complete. */
export const morningAfter = (deps: Deps, business: DemoBusiness, at: Day): Deps => {
  const morning = new Date(startOfDay(addDays(at, 1), business.timezone).getTime() + 6 * 3_600_000);
  return { ...deps, now: () => (morning < deps.now() ? morning : deps.now()) };
};
