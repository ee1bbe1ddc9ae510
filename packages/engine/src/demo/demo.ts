import type { JobPayload } from '@tideline/contracts/jobs';
import { demoWorkspaces, type DemoWorkspace } from '@tideline/db/read/demo';
import { asSystem } from '@tideline/db/system';
import { withWorkspace } from '@tideline/db/workspace';
import { advanceRun, closeRun, openRun } from '@tideline/db/write/background-run';
import { updateWorkspace } from '@tideline/db/write/workspace';
import { addDays, dayOf, daysFromTo, maxDay, type Day } from '@tideline/domain/calendar';
import { backfill } from '../backfill.ts';
import { closeDays } from '../day.ts';
import type { Deps, Who } from '../deps.ts';
import { actOn } from './act.ts';
import { accountsOf, businesses, DEMO_PASSWORD, eventsOn, firstDayOf, type DemoBusiness } from './business.ts';
import { setUpBusiness, writer } from './set-up.ts';
import { morningAfter, writeHistory } from './write.ts';
import { accept } from '../ingest.ts';
import { holdingScores } from '../wake.ts';

/** Written before anybody waits; what is older follows while people work. */
const FIRST_DAYS = 120;
/** The last days are closed as if the product had been there, so that their alerts and tasks exist. */
const LIVE_DAYS = 28;
/** The second workspace is judged as on a day this long ago: `pnpm simulate --fast` moves it on. */
const PINNED_BACK_DAYS = 45;

const businessOf = (slug: string): DemoBusiness | undefined => businesses.find((business) => business.slug === slug);
/** The last complete day when the demo was made: its stories are told up to there. */
export const anchorOf = (business: DemoBusiness, workspace: Pick<DemoWorkspace, 'createdAt'>): Day =>
  addDays(dayOf(workspace.createdAt, business.timezone), -1);
const lastWritten = (business: DemoBusiness, anchor: Day): Day => (business.pinned ? addDays(anchor, -PINNED_BACK_DAYS) : anchor);

export type SignIn = { role: string; email: string; password: string };
export const signIns = (): SignIn[] =>
  businesses[0].people.filter((person) => person.email !== 'teo@lumenforge.example').map(({ role, email }) => ({ role, email, password: DEMO_PASSWORD }));

/** The demo workspaces with the business each of them plays. */
export const demosOf = async (deps: Deps): Promise<{ workspace: DemoWorkspace; business: DemoBusiness }[]> => {
  const workspaces = await asSystem(deps.system, 'demo', demoWorkspaces);
  return workspaces.flatMap((workspace) => {
    const business = businessOf(workspace.slug);
    return business ? [{ workspace, business }] : [];
  });
};

/** Makes both demo workspaces; `told` hears a line for each step. */
export const makeDemo = async (deps: Deps, told: (line: string) => void): Promise<void> => {
  for (const business of businesses) {
    const who = await setUpBusiness(deps, business, addDays(dayOf(deps.now(), business.timezone), -1));
    told(`${business.name}: ${business.accounts} accounts`);
    await fill(deps, who, business, told);
  }
};

const fill = async (deps: Deps, who: Who, business: DemoBusiness, told: (line: string) => void): Promise<void> => {
  const { workspaceId } = who;
  const made = (await demosOf(deps)).find(({ workspace }) => workspace.id === workspaceId);
  if (!made) throw new Error(`${business.slug} is gone`);
  const anchor = anchorOf(business, made.workspace);
  const to = lastWritten(business, anchor);
  if (business.pinned) await withWorkspace(deps.db, workspaceId, (tx) => updateWorkspace(tx, { asOfPin: to }));
  const story = { business, accounts: accountsOf(business, anchor), anchor };
  const first = { from: maxDay(firstDayOf(business, anchor), addDays(to, 1 - FIRST_DAYS)), to };
  const events = await holdingScores(deps, workspaceId, () => writeHistory(deps, who, story, first, () => undefined));
  told(`${business.name}: ${events} events of the last ${FIRST_DAYS} days`);
  const run = await withWorkspace(deps.db, workspaceId, (tx) => openRun(tx, { kind: 'score.backfill', label: 'Judging the last days', startedAt: deps.now() }));
  await backfill(deps, workspaceId, run, { liveDays: LIVE_DAYS });
  await actOn(deps, workspaceId, business, { from: addDays(to, 1 - LIVE_DAYS), to });
  told(`${business.name}: judged through ${to}`);
  const rest = await withWorkspace(deps.db, workspaceId, (tx) =>
    openRun(tx, { kind: 'demo.history', label: 'Writing the older history of the demo', startedAt: deps.now() }),
  );
  await deps.jobs.enqueue('demo.history', { workspaceId, runId: rest });
};

/** The older part of the demo, behind what is there already; then the history is judged again. May be repeated. */
export const writeOlder = async (deps: Deps, { workspaceId, runId }: JobPayload<'demo.history'>): Promise<void> => {
  const found = (await demosOf(deps)).find(({ workspace }) => workspace.id === workspaceId);
  if (!found) return;
  const anchor = anchorOf(found.business, found.workspace);
  const story = { business: found.business, accounts: accountsOf(found.business, anchor), anchor };
  const span = { from: firstDayOf(found.business, anchor), to: addDays(lastWritten(found.business, anchor), -FIRST_DAYS) };
  const told = async (done: number, total: number) => void (await withWorkspace(deps.db, workspaceId, (tx) => advanceRun(tx, runId, { done, total })));
  const next = await holdingScores(deps, workspaceId, async () => {
    await writeHistory(deps, writer(workspaceId), story, span, told);
    return withWorkspace(deps.db, workspaceId, async (tx) => {
      await closeRun(tx, runId, { state: 'done', at: deps.now() });
      return openRun(tx, { kind: 'score.backfill', label: 'Judging the older history', startedAt: deps.now() });
    });
  });
  await deps.jobs.enqueue('score.backfill', { workspaceId, runId: next });
};

/**
 * Brings the demo up to yesterday after it stood still: each missed day is written and closed as on its own
 * morning, so that alerts come on their day.
 */
export const catchUp = async (deps: Deps): Promise<number> => {
  let written = 0;
  for (const { workspace, business } of await demosOf(deps)) {
    if (workspace.asOfPin) continue;
    const anchor = anchorOf(business, workspace);
    const accounts = accountsOf(business, anchor);
    const yesterday = addDays(dayOf(deps.now(), business.timezone), -1);
    const closed = workspace.closedThrough ? (workspace.closedThrough.toISOString().slice(0, 10) as Day) : anchor;
    const missed = daysFromTo(addDays(closed, 1), yesterday);
    for (const at of missed) {
      const then = morningAfter(deps, business, at);
      await accept(then, writer(workspace.id), eventsOn(business, accounts, at, anchor), { historical: true, receivedAt: then.now(), via: 'demo' });
      await closeDays(then, workspace.id);
    }
    if (missed[0]) await actOn(deps, workspace.id, business, { from: missed[0], to: yesterday });
    written += missed.length;
  }
  return written;
};
