import type { backtestOperations } from '@tideline/contracts/backtest';
import type { BodyOf, ReplyOf } from '@tideline/contracts/operation';
import { Problem } from '@tideline/contracts/problem';
import { asOfDay } from '@tideline/domain/as-of';
import { announce } from '@tideline/db/live';
import { accountNames, backtestBy, type BacktestHead, backtestRows, backtests } from '@tideline/db/read/backtest';
import { models } from '@tideline/db/read/model';
import { scoringOf } from '@tideline/db/read/scoring';
import { mainMeterUnit } from '@tideline/db/read/triage-summary';
import { firstUsageDay } from '@tideline/db/read/usage-history';
import { workspaceSettings } from '@tideline/db/read/workspace';
import { withWorkspace, type WorkspaceTx } from '@tideline/db/workspace';
import { askRunToStop, openRun } from '@tideline/db/write/background-run';
import { audit } from '@tideline/db/write/audit';
import { keepBacktest, openBacktest } from '@tideline/db/write/backtest';
import { backtestLine, backtestOn, CSV_HEAD, readBacktest, soundCutoffs, usualCutoffs } from './backtest.ts';
import { inBackground } from './background.ts';
import type { Deps, Who } from './deps.ts';

type Ops = typeof backtestOperations;
type Summary = NonNullable<ReplyOf<Ops['getBacktest']>['summary']>;

const PAGE = 5_000;

const headOf = ({ id, runId, model, cutoffs, horizon, askedBy, askedAt, state, done, total, error }: BacktestHead) => ({
  id,
  runId,
  model,
  cutoffs,
  horizon,
  askedBy,
  askedAt: askedAt.toISOString(),
  state,
  done,
  total,
  error,
});

/** The last twenty. */
export const list = (deps: Deps, who: Who) =>
  withWorkspace(deps.db, who.workspaceId, async (tx) => ({ items: (await backtests(tx)).map((row) => ({ ...headOf(row), auc: row.auc })) }));

const found = async (tx: WorkspaceTx, id: string) => {
  const backtest = await backtestBy(tx, { id });
  if (!backtest) throw new Problem('not-found', 'There is no such backtest: the last twenty are kept');
  return backtest;
};

/** One with what it found; names are those of now. */
export const get = (deps: Deps, who: Who, id: string) =>
  withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const { summary: stored, ...head } = await found(tx, id);
    const { priced } = await scoringOf(tx);
    const { currency, mainMeterId } = await workspaceSettings(tx);
    const summary = stored as Summary | null;
    const names = await accountNames(tx, summary ? [...summary.misses, ...summary.falseAlarms].map(({ accountId }) => accountId) : []);
    const named = (lapses: Summary['misses']) => lapses.map((lapse) => ({ ...lapse, name: names.get(lapse.accountId) ?? 'an account that is gone' }));
    return {
      ...headOf(head),
      atRiskBelow: head.config.bands.atRiskBelow,
      currency,
      unit: priced ? null : await mainMeterUnit(tx, mainMeterId),
      summary: summary && { ...summary, misses: named(summary.misses), falseAlarms: named(summary.falseAlarms) },
    };
  });

const modelFor = async (tx: WorkspaceTx, version: number | null) => {
  const rows = await models(tx);
  const wanted =
    version === null
      ? (rows.find(({ state }) => state === 'draft') ?? rows.find(({ state }) => state === 'published'))
      : rows.find((row) => row.version === version && row.state !== 'draft');
  if (!wanted) throw new Problem('not-found', `There is no version ${version ?? ''} of the health model`);
  return { config: wanted.config, label: wanted.state === 'draft' ? 'The draft' : `Version ${wanted.version}` };
};

/** Begins a backtest in the background. Throws `rule-violated` for days that cannot be judged. */
export const start = async (deps: Deps, who: Who, { version, horizon, cutoffs: asked }: BodyOf<Ops['startBacktest']>) => {
  const made = await withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const model = await modelFor(tx, version);
    const through = asOfDay(await scoringOf(tx), deps.now());
    const first = await firstUsageDay(tx, through);
    const usual = asked.length > 0 || first === null ? asked : usualCutoffs({ first, through }, horizon);
    if (asked.length === 0 && usual.length === 0 && first !== null)
      throw new Problem('rule-violated', `There is too little past: a month-end needs three months of usage before it and ${horizon} days after it`);
    const cutoffs = soundCutoffs(usual, { first, through });
    const label = `Testing ${model.label.toLowerCase()} on ${cutoffs.length} past days`;
    const runId = await openRun(tx, { kind: 'score.backtest', label, startedAt: deps.now() });
    const id = await openBacktest(tx, { runId, model: model.label, config: model.config, cutoffs, horizon, askedBy: who.actor, at: deps.now() });
    await audit(tx, who, 'backtest.start', 'backtest', id, null, { model: model.label, horizon, cutoffs });
    return { runId, head: await found(tx, id) };
  });
  await deps.jobs.enqueue('score.backtest', { workspaceId: who.workspaceId, runId: made.runId });
  await announce(deps.db, { workspaceId: who.workspaceId, kind: 'run', ids: [made.runId] });
  return { ...headOf(made.head), auc: null };
};

export const stop = async (deps: Deps, who: Who, id: string): Promise<void> => {
  const { runId } = await withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const head = await found(tx, id);
    if (head.state !== 'running') throw new Problem('conflict', 'It has ended already');
    await askRunToStop(tx, head.runId);
    await audit(tx, who, 'backtest.stop', 'backtest', id, null, null);
    return head;
  });
  await announce(deps.db, { workspaceId: who.workspaceId, kind: 'run', ids: [runId] });
};

/** The job. */
export const runBacktest = (deps: Deps, workspaceId: string, runId: string): Promise<void> =>
  inBackground(deps, workspaceId, runId, async (onStep) => {
    const asked = await withWorkspace(deps.db, workspaceId, (tx) => backtestBy(tx, { runId }));
    if (!asked || asked.state !== 'running') return 'ended';
    const data = await readBacktest(deps, workspaceId, asked.cutoffs.at(-1) ?? null);
    const result = await backtestOn(data, asked, onStep);
    return result && ((tx) => keepBacktest(tx, asked.id, result.summary, result.rows));
  });

/** Every account at every cut-off as CSV, streamed. */
export const download = async (deps: Deps, who: Who, id: string): Promise<Response> => {
  const { state } = await withWorkspace(deps.db, who.workspaceId, (tx) => found(tx, id));
  if (state !== 'done') throw new Problem('conflict', 'This backtest has no rows: it is not done');
  const encoder = new TextEncoder();
  let after: { cutoff: Awaited<ReturnType<typeof backtestRows>>[number]['cutoff']; accountId: string } | null = null;
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(`${CSV_HEAD}\n`)),
    pull: async (controller) => {
      const rows = await withWorkspace(deps.db, who.workspaceId, (tx) => backtestRows(tx, id, after, PAGE));
      after = rows.at(-1) ?? null;
      if (rows.length > 0) controller.enqueue(encoder.encode(rows.map((row) => `${backtestLine(row, row.externalId)}\n`).join('')));
      if (rows.length < PAGE) controller.close();
    },
  });
  return new Response(body, { headers: { 'content-type': 'text/csv; charset=utf-8', 'content-disposition': `attachment; filename="backtest-${id}.csv"` } });
};
