import { taskOf } from '@tideline/domain/task';
import { alertAccounts, type AlertAccount } from '@tideline/db/read/alert-case';
import { subscribedEvents } from '@tideline/db/read/webhook';
import { announce } from '@tideline/db/live';
import type { StatementTx, WorkspaceTx } from '@tideline/db/workspace';
import { insertAlerts, resolveAlerts } from '@tideline/db/write/alert';
import { owe, type Fact } from '@tideline/db/write/notify';
import { insertTasks } from '@tideline/db/write/task';
import { alertJudge, type Finding } from './alert-judge.ts';
import type { Deps } from './deps.ts';
import { accountOf, factOf } from './fact.ts';
import type { ScoreChange } from './score-change.ts';
import { todayIn } from './today.ts';

/** What alerting did inside a transaction, to be told after it commits. */
export type Fallout = { alertIds: string[]; taskIds: string[]; owed: number };
export const noFallout: Fallout = { alertIds: [], taskIds: [], owed: 0 };
export type Scene = Pick<Deps, 'now' | 'baseUrl'>;
type Accounts = ReadonlyMap<string, AlertAccount>;

/** Alert rules at work on accounts that are scored again. */
export type Watch = {
  /** Some of them: what nothing comes of is let go at once. */
  readonly see: (changes: readonly ScoreChange[]) => void;
  /** Opens, resolves and books what came of all of them, in the transaction that writes their scores. */
  readonly done: (tx: WorkspaceTx, scene: Scene) => Promise<Fallout>;
};

/**
 * Judges every alert rule over accounts that were scored again, in the transaction that writes their scores (a crossing
 * is seen once, so it may not be lost between two transactions): opens and resolves alerts, opens a task for each
 * account's owner, books the messages owed to webhooks. What fires in a late close is opened here and told by
 * `alert-digest.ts`, once the catching up is over. `accountIds`: of whom changes will come; null: of anybody.
 */
export const watchScores = async (tx: StatementTx, accountIds: readonly string[] | null): Promise<Watch> => {
  const judge = await alertJudge(tx, accountIds);
  const tellsMoves = (await subscribedEvents(tx)).has('segment.changed');
  const found: Finding[] = [];
  const moved: ScoreChange[] = [];
  return {
    see: (changes) => {
      const fresh = changes.filter((change) => !change.backfilled);
      found.push(...judge(fresh));
      if (tellsMoves) moved.push(...fresh.filter(hasMoved));
    },
    done: async (tx, scene) => {
      const touched = new Set([...found.map(({ change }) => change.accountId), ...moved.map(({ accountId }) => accountId)]);
      if (touched.size === 0) return noFallout;
      const accounts: Accounts = new Map((await alertAccounts(tx, [...touched])).map((account) => [account.id, account]));
      const opened = await open(tx, scene, found, accounts);
      const resolved = await resolve(tx, scene, found, accounts);
      const owed = await owe(tx, [...opened.facts, ...resolved.facts, ...moved.flatMap((change) => segmentFact(scene, change, accounts))], scene.now());
      return { alertIds: [...opened.alertIds, ...resolved.alertIds], taskIds: opened.taskIds, owed };
    },
  };
};

/** The same for changes that are all at hand. */
export const onScores = async (tx: WorkspaceTx, scene: Scene, changes: readonly ScoreChange[]): Promise<Fallout> => {
  if (changes.every((change) => change.backfilled)) return noFallout;
  const watch = await watchScores(
    tx,
    changes.map(({ accountId }) => accountId),
  );
  watch.see(changes);
  return watch.done(tx, scene);
};

/** After the commit: open pages hear of it, and what is owed is sent. */
export const tell = async (deps: Pick<Deps, 'db' | 'jobs'>, workspaceId: string, { alertIds, taskIds, owed }: Fallout): Promise<void> => {
  if (alertIds.length > 0) await announce(deps.db, { workspaceId, kind: 'alert', ids: alertIds });
  if (taskIds.length > 0) await announce(deps.db, { workspaceId, kind: 'task', ids: taskIds });
  if (owed > 0) await deps.jobs.enqueue('notify.send', { workspaceId });
};

const hasMoved = ({ before, after, firstSight }: ScoreChange): boolean => !firstSight && before !== null && before.segment !== after.segment;

const keyOf = (ruleId: string, accountId: string): string => `${ruleId} ${accountId}`;

const open = async (tx: WorkspaceTx, scene: Scene, found: readonly Finding[], accounts: Accounts) => {
  const firing = found.flatMap(({ rule, change, verdict }) => {
    const account = accounts.get(change.accountId);
    // Closed, internal and test accounts are nobody's work.
    return verdict.verdict === 'fire' && account?.status === 'live' ? [{ rule, change, verdict, account }] : [];
  });
  const rows = firing.map(({ rule, change, verdict, account }) => {
    const { sentence, evidence, digest } = verdict;
    return { ruleId: rule.id, accountId: change.accountId, day: change.day, sentence, evidence, digest, assigneeId: account.ownerId };
  });
  const made = await insertAlerts(tx, rows, scene.now());
  const ids = new Map(made.map(({ id, ruleId, accountId }) => [keyOf(ruleId, accountId), id]));
  const opened = firing.flatMap((one) => {
    const id = ids.get(keyOf(one.rule.id, one.change.accountId));
    return id === undefined ? [] : [{ ...one, id }];
  });
  const tellable = opened.filter(({ verdict }) => !verdict.digest);
  if (tellable.length === 0) return { alertIds: opened.map(({ id }) => id), taskIds: [], facts: [] };
  const today = await todayIn(tx, scene.now());
  const tasks = tellable.map(({ id, verdict, account }) => {
    return { ...taskOf(verdict, account.name, today), accountId: account.id, alertId: id, ownerId: account.ownerId, createdBy: null };
  });
  const taskIds = await insertTasks(tx, tasks, scene.now());
  const facts = tellable.flatMap(({ id, rule, verdict, account }, i): Fact[] => {
    const about = accountOf(account, scene.baseUrl);
    const alert = { id, rule: { id: rule.id, name: rule.name }, sentence: verdict.sentence, evidence: verdict.evidence };
    const taskId = taskIds[i] ?? '';
    const task = { id: taskId, alertId: id, title: tasks[i]?.title, dueDay: tasks[i]?.dueDay, ownerId: account.ownerId };
    return [factOf('alert.opened', id, scene.now(), { alert, account: about }), factOf('task.created', taskId, scene.now(), { task, account: about })];
  });
  return { alertIds: opened.map(({ id }) => id), taskIds, facts };
};

const resolve = async (tx: WorkspaceTx, scene: Scene, found: readonly Finding[], accounts: Accounts) => {
  const clearing = found.flatMap(({ rule, change, newest, verdict }) => (verdict.verdict === 'resolve' && newest ? [{ rule, change, verdict, newest }] : []));
  const rows = clearing.map(({ newest, change, verdict }) => ({ id: newest.id, day: change.day, sentence: verdict.sentence }));
  const resolved = new Set(await resolveAlerts(tx, rows, scene.now()));
  const facts = clearing.flatMap(({ rule, newest, verdict, change }): Fact[] => {
    const account = accounts.get(change.accountId);
    // What nobody heard of needs no all-clear.
    if (!account || !resolved.has(newest.id) || !newest.told) return [];
    const alert = { id: newest.id, rule: { id: rule.id, name: rule.name }, sentence: verdict.sentence, evidence: verdict.evidence };
    return [factOf('alert.resolved', newest.id, scene.now(), { alert, account: accountOf(account, scene.baseUrl), by: null })];
  });
  return { alertIds: [...resolved], facts };
};

const segmentFact = (scene: Scene, { accountId, before, after, day, reason }: ScoreChange, accounts: Accounts): Fact[] => {
  const account = accounts.get(accountId);
  if (!account || account.status !== 'live') return [];
  const data = { account: accountOf(account, scene.baseUrl), from: before?.segment, to: after.segment, health: after.health, day, reason: reason() };
  return [factOf('segment.changed', `${accountId}:${day}:${after.segment}`, scene.now(), data)];
};
