import type { ReplyOf } from '@tideline/contracts/operation';
import { Problem } from '@tideline/contracts/problem';
import type { weightFitOperations } from '@tideline/contracts/weight-fit';
import { asOfDay } from '@tideline/domain/as-of';
import { addDays, addMonths, type Day, daysBetween, lastDayOf, monthOf } from '@tideline/domain/calendar';
import { ADOPT_DAYS, withOwnWeights } from '@tideline/domain/weight-trial';
import { announce } from '@tideline/db/live';
import { models } from '@tideline/db/read/model';
import { scoringOf } from '@tideline/db/read/scoring';
import { firstUsageDay } from '@tideline/db/read/usage-history';
import { type WeightFitRow, weightFits } from '@tideline/db/read/weight-fit';
import { withWorkspace, type WorkspaceTx } from '@tideline/db/workspace';
import { audit } from '@tideline/db/write/audit';
import { askRunToStop, openRun } from '@tideline/db/write/background-run';
import { keepWeightFit, openWeightFit } from '@tideline/db/write/weight-fit';
import { readBacktest, usualCutoffs } from './backtest.ts';
import { inBackground } from './background.ts';
import type { Deps, Who } from './deps.ts';
import { saveModelDraft, state } from './model.ts';
import { FIT_HORIZON, walkWeightFit } from './weight-fit-walk.ts';

type Listed = ReplyOf<(typeof weightFitOperations)['listWeightFits']>['items'][number];

const shown = ({ id, runId, model, cutoffs, askedBy, askedAt, state: at, done, total, error, finding }: WeightFitRow): Listed => ({
  id,
  runId,
  model,
  cutoffs,
  askedBy,
  askedAt: askedAt.toISOString(),
  state: at,
  done,
  total,
  error,
  finding: finding as Listed['finding'],
});

/** The last five, with what they found. */
export const list = (deps: Deps, who: Who) => withWorkspace(deps.db, who.workspaceId, async (tx) => ({ items: (await weightFits(tx)).map(shown) }));

const found = async (tx: WorkspaceTx, id: string): Promise<WeightFitRow> => {
  const [fit] = await weightFits(tx, { id });
  if (!fit) throw new Problem('not-found', 'There is no such fit: the last five are kept');
  return fit;
};

/** The day on which enough month-ends can be tested: three months of usage before each, and the horizon after the last. */
const readyOn = (first: Day): Day => {
  const ends = Array.from({ length: 12 }, (_, i) => lastDayOf(addMonths(monthOf(first), i)));
  return addDays(ends.filter((end) => daysBetween(first, end) >= FIT_HORIZON + 1)[ADOPT_DAYS - 1] ?? first, FIT_HORIZON + 1);
};

const cutoffsFor = (first: Day | null, through: Day): Day[] => {
  if (first === null) throw new Problem('rule-violated', 'Nothing was ever used in this workspace: there is no past to fit weights to');
  const cutoffs = usualCutoffs({ first, through }, FIT_HORIZON);
  if (cutoffs.length >= ADOPT_DAYS) return cutoffs;
  throw new Problem(
    'rule-violated',
    `There is too little past: weights are tested on ${ADOPT_DAYS} month-ends, each with three months of usage before it and ${FIT_HORIZON} days after it, and this workspace has ${cutoffs.length} so far. Usage began on ${first}: try again on ${readyOn(first)}`,
  );
};

/** Begins a fit in the background. Throws `rule-violated` where there is too little past. */
export const start = async (deps: Deps, who: Who) => {
  const made = await withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const published = (await models(tx)).find((row) => row.state === 'published');
    if (!published) throw new Problem('not-found', 'This workspace has no published health model');
    const through = asOfDay(await scoringOf(tx), deps.now());
    const cutoffs = cutoffsFor(await firstUsageDay(tx, through), through);
    const model = `Version ${published.version}`;
    const runId = await openRun(tx, { kind: 'score.fit', label: `Fitting weights, tested on ${cutoffs.length} past days`, startedAt: deps.now() });
    const id = await openWeightFit(tx, { runId, model, config: published.config, cutoffs, askedBy: who.actor, at: deps.now() });
    await audit(tx, who, 'weight-fit.start', 'weight-fit', id, null, { model, cutoffs });
    return { runId, fit: await found(tx, id) };
  });
  await deps.jobs.enqueue('score.fit', { workspaceId: who.workspaceId, runId: made.runId });
  await announce(deps.db, { workspaceId: who.workspaceId, kind: 'run', ids: [made.runId] });
  return shown(made.fit);
};

export const stop = async (deps: Deps, who: Who, id: string): Promise<void> => {
  const { runId } = await withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const fit = await found(tx, id);
    if (fit.state !== 'running') throw new Problem('conflict', 'It has ended already');
    await askRunToStop(tx, fit.runId);
    await audit(tx, who, 'weight-fit.stop', 'weight-fit', id, null, null);
    return fit;
  });
  await announce(deps.db, { workspaceId: who.workspaceId, kind: 'run', ids: [runId] });
};

/** The job. */
export const runWeightFit = (deps: Deps, workspaceId: string, runId: string): Promise<void> =>
  inBackground(deps, workspaceId, runId, async (onStep) => {
    const [asked] = await withWorkspace(deps.db, workspaceId, (tx) => weightFits(tx, { runId }));
    if (asked?.state !== 'running') return 'ended';
    const data = await readBacktest(deps, workspaceId, null);
    const finding = await walkWeightFit(data, asked, onStep);
    return finding && ((tx) => keepWeightFit(tx, asked.id, finding));
  });

/** Puts the fitted weights into the draft, or begins one with them. Nothing is published. */
export const draft = async (deps: Deps, who: Who, id: string) => {
  const { finding } = await withWorkspace(deps.db, who.workspaceId, (tx) => found(tx, id));
  if (!finding?.own) throw new Problem('conflict', 'This fit has found no weights');
  const model = await state(deps, who);
  const { config, note } = model.draft ?? { config: model.published.config, note: '' };
  const fitted = withOwnWeights(config, finding.own.shares);
  if (!fitted) throw new Problem('conflict', 'Usage weighs nothing in this model: there is nothing to share out');
  return saveModelDraft(deps, who, { config: fitted, note, savedAt: model.draft?.savedAt ?? null });
};
