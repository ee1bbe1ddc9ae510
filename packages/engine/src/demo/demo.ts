import { historyStates } from '@tideline/db/read/demo';
import { runs } from '@tideline/db/read/run';
import { withWorkspace } from '@tideline/db/workspace';
import { openRun } from '@tideline/db/write/background-run';
import { updateWorkspace } from '@tideline/db/write/workspace';
import { addDays, dayOf, maxDay } from '@tideline/domain/calendar';
import { backfill } from '../backfill.ts';
import type { Deps } from '../deps.ts';
import { holdingScores } from '../wake.ts';
import { actOn } from './act.ts';
import { accountsOf, businesses, DEMO_PASSWORD, firstDayOf, type DemoBusiness } from './business.ts';
import { FIRST_DAYS, openOlder } from './older.ts';
import { ticketDemo } from './people.ts';
import { furnish, makeStage, writer } from './set-up.ts';
import { stageOf, stagesOf, type Stage } from './stage.ts';
import { morningAfter, writeHistory } from './write.ts';

/** The last days are closed as if the product had been there, so that their alerts and tasks exist. */
const LIVE_DAYS = 28;

export type SignIn = { role: string; email: string; password: string };
export const signIns = (): SignIn[] =>
  businesses[0].people.filter((person) => person.email !== 'teo@lumenforge.example').map(({ role, email }) => ({ role, email, password: DEMO_PASSWORD }));

/** Whether this installation shows the demo. */
export const hasDemo = async (deps: Deps): Promise<boolean> => (await stagesOf(deps)).length > 0;

/**
 * Makes the demo workspaces; `told` hears a line for each step. Repeating it finishes one whose making was interrupted, goes
 * on with an older history that was stopped, and leaves what is whole alone.
 */
export const makeDemo = async (deps: Deps, told: (line: string) => void, cast: readonly DemoBusiness[] = businesses): Promise<void> => {
  for (const business of cast) {
    const found = await stageOf(deps, business.slug, cast);
    const states = found ? await withWorkspace(deps.db, found.workspaceId, historyStates) : [];
    if (found && states.length > 0) {
      if (!states.some((state) => state === 'done' || state === 'running')) await openOlder(deps, found.workspaceId);
      continue;
    }
    if (!found) await makeStage(deps, business);
    const stage = found ?? (await stageOf(deps, business.slug, cast));
    if (!stage) throw new Error(`${business.slug} is gone`);
    await furnish(deps, stage);
    told(`${business.name}: ${business.accounts} accounts`);
    await fill(deps, stage, told);
  }
};

const fill = async (deps: Deps, stage: Stage, told: (line: string) => void): Promise<void> => {
  const { business, workspaceId, anchor, last } = stage;
  if (business.pinned) await withWorkspace(deps.db, workspaceId, (tx) => updateWorkspace(tx, { asOfPin: last }));
  const first = { from: maxDay(firstDayOf(business, anchor), addDays(last, 1 - FIRST_DAYS)), to: last };
  const story = { business, accounts: accountsOf(business, anchor), anchor };
  const events = await holdingScores(deps, workspaceId, () => writeHistory(deps, writer(workspaceId), story, first));
  told(`${business.name}: ${events} events of the last ${FIRST_DAYS} days`);
  // one that was interrupted on another day is judged as on its own: the days since are caught up with
  const then = dayOf(deps.now(), business.timezone) > addDays(anchor, 1) ? morningAfter(deps, business, last) : deps;
  await backfill(then, workspaceId, await judging(deps, workspaceId), { liveDays: LIVE_DAYS });
  await ticketDemo(deps, workspaceId, business, anchor, first);
  await openOlder(deps, workspaceId); // from here on it counts as filled: nobody acts twice
  await actOn(deps, workspaceId, business, { from: addDays(last, 1 - LIVE_DAYS), to: last });
  told(`${business.name}: judged through ${last}`);
};

/** The record of the first judging: an interrupted one left it behind. */
const judging = (deps: Deps, workspaceId: string): Promise<string> =>
  withWorkspace(deps.db, workspaceId, async (tx) => {
    const left = (await runs(tx)).find(({ kind, state }) => kind === 'score.backfill' && state === 'running');
    return left?.id ?? openRun(tx, { kind: 'score.backfill', label: 'Judging the last days', startedAt: deps.now() });
  });
