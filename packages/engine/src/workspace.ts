import type { BodyOf } from '@tideline/contracts/operation';
import { Problem } from '@tideline/contracts/problem';
import type { workspaceOperations } from '@tideline/contracts/workspace';
import { lastAlertDay } from '@tideline/db/read/alert-case';
import { memberBySlug } from '@tideline/db/read/member';
import { personById, workspacesOf } from '@tideline/db/read/person';
import { hasPrices, hasUsage, workspaceSettings, type WorkspaceSettings } from '@tideline/db/read/workspace';
import { asSystem } from '@tideline/db/system';
import { withWorkspace } from '@tideline/db/workspace';
import { audit } from '@tideline/db/write/audit';
import { askOthersToStop, openRun } from '@tideline/db/write/background-run';
import { updateWorkspace, type NewWorkspace } from '@tideline/db/write/workspace';
import { type Day, dayOf } from '@tideline/domain/calendar';
import { isRole } from '@tideline/domain/role';
import type { Deps, Who } from './deps.ts';
import { setUpWorkspace } from './set-up-workspace.ts';
import { makeWorkspace } from './setup.ts';
import type { SignedIn } from './sign-in.ts';

/**
 * Who a signed-in person is in the workspace that an address names, read anew each time, so that a lost
 * membership or role takes effect at once. Throws `not-found` for a workspace that is not theirs exactly as
 * for one that does not exist, and `not-signed-in` when the session was ended.
 */
export const enter = async (deps: Deps, signedIn: SignedIn, slug: string): Promise<Who> => {
  const member = await asSystem(deps.system, 'principal', (tx) => memberBySlug(tx, slug, signedIn.userId));
  if (!member || !isRole(member.role)) throw new Problem('not-found', 'There is nothing here');
  if (member.sessionVersion !== signedIn.sessionVersion) throw new Problem('not-signed-in', 'Your session has ended: sign in again');
  return {
    workspaceId: member.workspaceId,
    userId: signedIn.userId,
    role: member.role,
    actor: member.name,
    ownAccountsOf: member.role === 'CSM' && member.csmScope === 'own' ? signedIn.userId : null,
  };
};

/** The workspaces a person may switch between, and their role in each. */
export const listOf = (deps: Deps, userId: string) => asSystem(deps.system, 'workspaces of a person', (tx) => workspacesOf(tx, userId));

/** Makes a further workspace and the person its admin. Only for people who administer one already. */
export const create = async (deps: Deps, userId: string, workspace: NewWorkspace): Promise<{ workspace: string }> => {
  const { id, actor } = await asSystem(deps.system, 'new workspace', async (tx) => {
    const own = await workspacesOf(tx, userId);
    if (!own.some((one) => one.role === 'ADMIN')) throw new Problem('not-allowed', 'Workspaces are made by people who administer one');
    const person = await personById(tx, userId);
    return { id: await makeWorkspace(tx, workspace, userId), actor: person?.name ?? '' };
  });
  await withWorkspace(deps.db, id, async (tx) => {
    await setUpWorkspace(tx, deps.now());
    await audit(tx, { userId, actor }, 'workspace.create', 'workspace', id, null, workspace);
  });
  return { workspace: workspace.slug };
};

export const settings = (deps: Deps, who: Who): Promise<WorkspaceSettings> => withWorkspace(deps.db, who.workspaceId, workspaceSettings);

type Change = BodyOf<(typeof workspaceOperations)['changeWorkspace']>;

/**
 * Changes settings. An as-of day that moves on wakes the day close, which judges the days between; one that moves
 * back, where no alert opened after it, has history judged anew as on that day.
 */
export const change = async (deps: Deps, who: Who, wanted: Change): Promise<WorkspaceSettings> => {
  const { workspaceId } = who;
  const { before, after, runId } = await withWorkspace(deps.db, workspaceId, async (tx) => {
    const now = await workspaceSettings(tx);
    await check(deps, now, wanted, { prices: () => hasPrices(tx), usage: () => hasUsage(tx), lastAlert: () => lastAlertDay(tx) });
    await updateWorkspace(tx, defined(wanted));
    const then = await workspaceSettings(tx);
    const [from, to] = differences(now, then);
    if (Object.keys(to).length > 0) await audit(tx, who, 'workspace.change', 'workspace', workspaceId, from, to);
    const run = { kind: 'score.backfill', label: `Judging history as on ${then.asOfPin ?? ''}`, startedAt: deps.now() };
    if (!isBehind(then.asOfPin, now)) return { before: now, after: then, runId: null };
    const opened = await openRun(tx, run);
    await askOthersToStop(tx, run.kind, opened);
    return { before: now, after: then, runId: opened };
  });
  if (after.retentionDays !== before.retentionDays) await deps.jobs.enqueue('retention.keep', { workspaceId });
  if (runId) await deps.jobs.enqueue('score.backfill', { workspaceId, runId });
  else if (after.asOfPin !== before.asOfPin) await deps.jobs.enqueue('day.close', { workspaceId });
  return after;
};

const isBehind = (pin: string | null, { closedThrough, asOfPin }: WorkspaceSettings): boolean =>
  pin !== null && pin !== asOfPin && closedThrough !== null && pin < closedThrough;

type Holds = { prices: () => Promise<boolean>; usage: () => Promise<boolean>; lastAlert: () => Promise<Day | null> };

/** What may no longer change, because figures stand on it. */
const check = async (deps: Deps, now: WorkspaceSettings, wanted: Change, holds: Holds): Promise<void> => {
  if (wanted.timezone && wanted.timezone !== now.timezone && (await holds.usage())) {
    throw new Problem('rule-violated', `Usage is already counted in days of ${now.timezone}: the time zone can no longer change`);
  }
  if (wanted.currency && wanted.currency !== now.currency && (await holds.prices())) {
    throw new Problem('rule-violated', `Meters are already priced in ${now.currency}: the currency can no longer change`);
  }
  const today = dayOf(deps.now(), wanted.timezone ?? now.timezone);
  if (wanted.asOfPin && wanted.asOfPin > today) throw new Problem('rule-violated', `The as-of day cannot be later than today, ${today}`);
  if (wanted.asOfPin && isBehind(wanted.asOfPin, now)) {
    // Days that told nobody anything may be taken back, such as those between an import of old history and the choice of its day.
    const told = await holds.lastAlert();
    if (told && told > wanted.asOfPin) throw new Problem('rule-violated', `Alerts were sent for days up to ${told}: the as-of day can only move on from there`);
  }
};

/** Only what was named; a key whose value is undefined means "as it was". */
const defined = (wanted: Change) => Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));

const differences = (before: WorkspaceSettings, after: WorkspaceSettings): [Record<string, unknown>, Record<string, unknown>] => {
  const changed = (Object.keys(after) as (keyof WorkspaceSettings)[]).filter((key) => before[key] !== after[key]);
  return [Object.fromEntries(changed.map((key) => [key, before[key]])), Object.fromEntries(changed.map((key) => [key, after[key]]))];
};
