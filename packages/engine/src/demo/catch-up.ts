import { addDays, dayOf, daysFromTo, type Day } from '@tideline/domain/calendar';
import { closeDays } from '../day.ts';
import type { Deps } from '../deps.ts';
import { actOn } from './act.ts';
import { accountsOf, businesses, type DemoBusiness } from './business.ts';
import type { DemoAccount } from './company.ts';
import { ticketDemo } from './people.ts';
import { stagesOf, type Stage } from './stage.ts';
import { morningAfter, writeHistory } from './write.ts';
import { writer } from './set-up.ts';

/**
 * Brings the demo up to yesterday after it stood still: each missed day is written and closed as on its own morning, so
 * that alerts come on their day, and its people act. `told` hears of every fifth day and the last. Returns the days that were missed.
 */
export const catchUp = async (deps: Deps, told: (line: string) => void, cast: readonly DemoBusiness[] = businesses): Promise<number> => {
  let missed = 0;
  for (const stage of await stagesOf(deps, cast)) missed += await liveThrough(deps, stage, told);
  return missed;
};

/** The day close of any workspace; a demo that nobody sends traffic to lives its days first, or all of it would fall silent. */
export const closeDue = async (deps: Deps, workspaceId: string, cast: readonly DemoBusiness[] = businesses): Promise<void> => {
  const stage = (await stagesOf(deps, cast)).find((one) => one.workspaceId === workspaceId);
  if (stage) await liveThrough(deps, stage, () => undefined);
  await closeDays(deps, workspaceId);
  await deps.jobs.enqueue('retention.keep', { workspaceId });
};

const liveThrough = async (deps: Deps, stage: Stage, told: (line: string) => void): Promise<number> => {
  const { business, anchor, closedThrough } = stage;
  if (stage.asOfPin || closedThrough === null) return 0; // moved on by hand, or not made yet
  const days = daysFromTo(addDays(closedThrough, 1), addDays(dayOf(deps.now(), business.timezone), -1));
  const accounts = days.length > 0 ? accountsOf(business, anchor) : [];
  for (const [index, at] of days.entries()) {
    await liveDay(deps, stage, accounts, at);
    if (index % 5 === 4 || at === days.at(-1)) told(`${business.name}: ${at} is written and closed, ${index + 1} of ${days.length} missed days`);
  }
  return days.length;
};

/** Whoever closes the day lets its people act: somebody else may be closing it at the same time. */
const liveDay = async (deps: Deps, { business, workspaceId, anchor }: Stage, accounts: readonly DemoAccount[], at: Day): Promise<void> => {
  const then = morningAfter(deps, business, at);
  await writeHistory(then, writer(workspaceId), { business, accounts, anchor }, { from: at, to: at });
  for (const closed of await closeDays(then, workspaceId)) {
    await actOn(then, workspaceId, business, { from: closed, to: closed });
    await ticketDemo(then, workspaceId, business, anchor, { from: closed, to: closed });
  }
};
