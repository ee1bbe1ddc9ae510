import { addDays, day, type Day, daysFromTo } from '@tideline/domain/calendar';
import { withWorkspace } from '@tideline/db/workspace';
import { aMember, type World } from '@tideline/testkit/build';
import type { UsageRow } from '@tideline/testkit/score-oracle';
import { accountOnDay } from './account-day.ts';
import { page } from './account-page.ts';
import { usage } from './account-usage.ts';
import { closeDays } from './day.ts';
import type { TestDeps } from './deps.fixture.ts';
import { scoreChanged } from './score.ts';
import { aScoredWorkspace } from './scoring.fixture.ts';
import { setUpWorkspace } from './set-up-workspace.ts';

export const START = day('2026-10-01'); // a Thursday: the first day closed
export const FIRST = addDays(START, -120);
export const used = (account: string, on: Day): UsageRow => ({ account, day: on, events: 1, revenue: 40 });
export const names = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => `${prefix}${i}`);
export const history = (accounts: readonly string[], until: Day = START) =>
  accounts.flatMap((account) => daysFromTo(FIRST, until).map((on) => used(account, on)));

/** Workspaces whose usage may stop, their mornings, and what is said and held of them then. */
export const faultScene = (at: { readonly world: World; readonly deps: TestDeps }) => {
  const rowsOf = (sql: string, id: string) => at.world.arrange(sql, [id]);

  /** Open since June: a model, the rules every workspace begins with, an admin and a CSM, not pinned. */
  const aLiveWorkspace = async () => {
    const made = await aScoredWorkspace(at.world.arrange, {}, undefined);
    await rowsOf('DELETE FROM health_model WHERE workspace_id = $1', made.workspaceId);
    await withWorkspace(at.deps.db, made.workspaceId, (tx) => setUpWorkspace(tx, new Date(`${FIRST}T00:00:00Z`)));
    await aMember(at.world.arrange, made.workspaceId, { role: 'ADMIN', name: 'Ada' });
    await aMember(at.world.arrange, made.workspaceId, { role: 'CSM' });
    at.deps.mails.length = 0;
    return made;
  };
  /** The morning after a day. */
  const morning = async (workspaceId: string, on: Day) => {
    at.deps.clock.now = new Date(`${addDays(on, 1)}T03:00:00Z`);
    const closed = await closeDays(at.deps, workspaceId);
    await scoreChanged(at.deps, workspaceId);
    return closed;
  };
  const standing = (id: string) =>
    rowsOf(
      `SELECT scope, name, since::text, through::text, active, usual::int AS usual, accounts, ended_as AS "as" FROM data_fault WHERE workspace_id = $1 ORDER BY detected_at, id`,
      id,
    );
  const present = (id: string) =>
    rowsOf(
      `SELECT a.external_id AS account, s.as_of::text AS day, s.health, s.raw, s.segment, s.segment_since::text AS since, s.stake::text AS stake, s.segment_state AS state
       FROM score s JOIN account a ON a.workspace_id = s.workspace_id AND a.id = s.account_id WHERE s.workspace_id = $1 ORDER BY 1`,
      id,
    );
  const accountDays = (id: string) =>
    rowsOf(
      `SELECT a.external_id AS account, d.day::text, d.active, d.revenue::text, d.quantity::text FROM account_day d JOIN account a ON a.workspace_id = d.workspace_id AND a.id = d.account_id
       WHERE d.workspace_id = $1 ORDER BY 1, 2`,
      id,
    );
  const alerts = (id: string) =>
    rowsOf(
      `SELECT DISTINCT a.external_id AS account FROM alert l JOIN account a ON a.workspace_id = l.workspace_id AND a.id = l.account_id WHERE l.workspace_id = $1 AND l.state <> 'resolved' ORDER BY 1`,
      id,
    );

  /** The one task and message that alerts of late days come as: how many they tell of, of all there are. */
  const digests = (id: string) =>
    rowsOf(
      `SELECT t.title, count(l.id)::int AS alerts, (SELECT count(*)::int FROM alert WHERE workspace_id = $1) AS all FROM task t
       JOIN alert l ON l.workspace_id = t.workspace_id AND l.digest_task_id = t.id AND l.digest WHERE t.workspace_id = $1 GROUP BY t.id, t.title`,
      id,
    );

  /** What the page of an account says of what holds its score, and from which day its chart shows it held. */
  const stampOf = async (workspaceId: string, account: string) => {
    const who = { workspaceId, userId: null, role: 'CSM' as const, actor: 'Mara', ownAccountsOf: null };
    const [row] = await at.world.arrange(`SELECT id FROM account WHERE workspace_id = $1 AND external_id = $2`, [workspaceId, account]);
    const id = String(row?.id);
    const [{ held }, { heldFrom }] = [await page(at.deps, who, id), await usage(at.deps, who, id)];
    return { words: held && `${held.stamp}: ${held.because}`, heldFrom, onDay: (on: Day) => accountOnDay(at.deps, who, id, on) };
  };

  return { rowsOf, aLiveWorkspace, morning, standing, present, accountDays, alerts, digests, stampOf };
};
