import type { modelOperations } from '@tideline/contracts/model';
import type { BodyOf } from '@tideline/contracts/operation';
import { Problem } from '@tideline/contracts/problem';
import { announce } from '@tideline/db/live';
import { customSignals } from '@tideline/db/read/custom-signal';
import { lastRescore, type ModelRow, models, type RunRow } from '@tideline/db/read/model';
import { withWorkspace, type WorkspaceTx } from '@tideline/db/workspace';
import { audit } from '@tideline/db/write/audit';
import { openRun } from '@tideline/db/write/background-run';
import { deleteDraft, lockModel, publishConfig, publishDraft, saveDraft } from '@tideline/db/write/model';
import { type KeptFit, newestFits } from '@tideline/db/read/calibration';
import type { ModelConfig } from '@tideline/domain/model-config';
import { isCustom } from '@tideline/domain/other-signal';
import { type CalibrationKind, calibrations } from '@tideline/domain/own-calibration';
import { defaultLoss, defaultSilent, silentProbability } from '@tideline/domain/stake';
import type { Deps, Who } from './deps.ts';
import { othersOffered } from './other-signal.ts';

type Ops = typeof modelOperations;

type Edit = BodyOf<Ops['saveModelDraft']>['config'];
const editOf = ({ weights, shiftByRegularity, caps, bands, segments, profiles = [] }: ModelConfig): Edit => {
  const { cadence = 0, silence = 0, standing = 0, momentum = 0, ...others } = weights;
  return {
    weights: { cadence, silence, standing, momentum, ...others },
    shiftByRegularity,
    caps,
    bands,
    segments,
    profiles: [...profiles] as Edit['profiles'],
  };
};

const versionOf = ({ id, version, state, config, note, author, publishedAt, accounts }: ModelRow) => ({
  id,
  version,
  state,
  config: editOf(config),
  note,
  author,
  publishedAt: publishedAt?.toISOString() ?? null,
  accounts,
});
const draftOf = ({ config, note, author, updatedAt }: ModelRow) => ({ config: editOf(config), note, author, savedAt: updatedAt.toISOString() });
const runOf = (run: RunRow) => ({ ...run, startedAt: run.startedAt.toISOString() });

/** The published model, the one draft, every version and the last rescoring. */
export const state = (deps: Deps, who: Who) =>
  withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const rows = await models(tx);
    const published = rows.find((row) => row.state === 'published');
    if (!published) throw new Problem('not-found', 'This workspace has no published health model');
    const draft = rows.find((row) => row.state === 'draft');
    const run = await lastRescore(tx);
    return {
      published: versionOf(published),
      draft: draft ? draftOf(draft) : null,
      versions: rows.filter((row) => row.state !== 'draft').map(versionOf),
      run: run && runOf(run),
      calibrations: calibrationsShown(await newestFits(tx)),
      others: await othersOffered(tx, deps.now()),
    };
  });

/** Levels a curve is told by. */
const LEVELS = [30, 45, 60, 75];
const defaults = { silent: defaultSilent, contraction: null, expansion: null, loss: defaultLoss } as const;

const calibrationsShown = (fits: readonly KeptFit[]) =>
  (Object.keys(calibrations) as CalibrationKind[]).map((kind) => {
    const fit = fits.find((one) => one.kind === kind);
    const curve = fit?.curve ?? defaults[kind];
    const at = (level: number) => ({ level, share: curve && silentProbability(kind === 'expansion' ? 100 - level : level, curve) });
    return {
      kind,
      ...calibrations[kind],
      own: Boolean(fit?.curve),
      fittedOn: fit?.fittedOn ?? null,
      lessons: fit?.lessons ?? 0,
      hits: fit?.hits ?? 0,
      at: LEVELS.map(at),
    };
  });

/** A version by its number, published or retired. */
export const modelVersion = (deps: Deps, who: Who, version: number): Promise<ModelRow> =>
  withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const rows = (await models(tx)).filter((row) => row.state !== 'draft');
    const found = rows.find((row) => row.version === version);
    if (!found) throw new Problem('not-found', `There is no version ${version} of the health model: there are ${rows.map((row) => row.version).join(', ')}`);
    return found;
  });

const locked = async (tx: WorkspaceTx) => {
  const published = await lockModel(tx);
  if (!published) throw new Problem('not-found', 'This workspace has no published health model');
  return published;
};

const draftIn = async (tx: WorkspaceTx): Promise<ModelRow | null> => (await models(tx)).find((row) => row.state === 'draft') ?? null;

/** Refuses work on a draft that somebody saved meanwhile: what they did would be lost without a word. */
const unmoved = (draft: ModelRow | null, savedAt: string | null): void => {
  if ((draft?.updatedAt.toISOString() ?? null) === savedAt) return;
  if (!draft) throw new Problem('conflict', 'The draft was published or thrown away meanwhile');
  throw new Problem('conflict', `${draft.author?.name ?? 'Somebody'} saved the draft meanwhile`);
};

/** Saves the workspace's draft. `savedAt` names the draft it was made from; `conflict` when there is a newer one. */
export const saveModelDraft = async (deps: Deps, who: Who, { config, note, savedAt }: BodyOf<Ops['saveModelDraft']>) => {
  const draft = await withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const published = await locked(tx);
    const before = await draftIn(tx);
    unmoved(before, savedAt);
    await checkSignals(tx, [config.weights, ...config.profiles.map(({ weights }) => weights)]);
    await saveDraft(tx, { config: { ...published.config, ...config }, note, authorId: who.userId, at: deps.now() });
    const after = await draftIn(tx);
    if (!after) throw new Error('the draft was not stored');
    await audit(tx, who, 'model.draft', 'model', after.id, before && { ...editOf(before.config) }, { ...editOf(after.config) });
    return draftOf(after);
  });
  await announce(deps.db, { workspaceId: who.workspaceId, kind: 'model' });
  return draft;
};

/** Refuses weights of signals of the workspace's own that are not there, or were taken away. */
const checkSignals = async (tx: WorkspaceTx, weights: readonly Readonly<Record<string, number | undefined>>[]): Promise<void> => {
  const known = new Set((await customSignals(tx)).map(({ id }) => `custom:${id}`));
  const strange = weights.flatMap((own) => Object.entries(own)).find(([key, points]) => (points ?? 0) > 0 && isCustom(key) && !known.has(key))?.[0];
  if (strange !== undefined) throw new Problem('rule-violated', `There is no signal ${strange}: define it first, or leave it out of the weights`);
};

export const discardModelDraft = async (deps: Deps, who: Who): Promise<void> => {
  await withWorkspace(deps.db, who.workspaceId, async (tx) => {
    await locked(tx);
    const draft = await draftIn(tx);
    if (!draft) throw new Problem('not-found', 'There is no draft');
    await deleteDraft(tx);
    await audit(tx, who, 'model.discard', 'model', draft.id, { ...editOf(draft.config) }, null);
  });
  await announce(deps.db, { workspaceId: who.workspaceId, kind: 'model' });
};

/** Makes the draft the published version and has every account judged again. */
export const publishModel = (deps: Deps, who: Who, { note, savedAt }: BodyOf<Ops['publishModel']>) =>
  publishing(deps, who, async (tx) => {
    unmoved(await draftIn(tx), savedAt);
    await publishDraft(tx, { note, authorId: who.userId, at: deps.now() });
    return 'model.publish';
  });

/** Publishes an earlier version again, as a new one: history keeps saying which model judged what. */
export const restoreModel = (deps: Deps, who: Who, id: string, { note }: BodyOf<Ops['restoreModel']>) =>
  publishing(deps, who, async (tx) => {
    const [earlier] = await models(tx, id);
    if (!earlier || earlier.state === 'draft') throw new Problem('not-found', 'There is no such version');
    if (earlier.state === 'published') throw new Problem('rule-violated', `Version ${earlier.version} is the one in force`);
    const words = note || `Back to version ${earlier.version}`;
    await publishConfig(tx, { config: earlier.config, note: words, authorId: who.userId, at: deps.now() });
    return 'model.restore';
  });

const publishing = async (deps: Deps, who: Who, publish: (tx: WorkspaceTx) => Promise<string>) => {
  const made = await withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const before = await locked(tx);
    const action = await publish(tx);
    const after = (await models(tx)).find((row) => row.state === 'published');
    if (!after) throw new Error('no model was published');
    const label = `Judging every account by version ${after.version}`;
    const total = after.accounts;
    const runId = await openRun(tx, { kind: 'score.all', label, total, startedAt: deps.now() });
    await audit(
      tx,
      who,
      action,
      'model',
      after.id,
      { version: before.version, ...editOf(before.config) },
      { version: after.version, note: after.note, ...editOf(after.config) },
    );
    const run = await lastRescore(tx);
    return { version: versionOf(after), run: run && runOf(run), runId };
  });
  await deps.jobs.enqueue('score.all', { workspaceId: who.workspaceId, runId: made.runId });
  await announce(deps.db, { workspaceId: who.workspaceId, kind: 'model' });
  if (!made.run) throw new Error('the rescoring was not stored');
  return { version: made.version, run: made.run };
};
