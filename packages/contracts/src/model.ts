import { calibrations } from '@tideline/domain/own-calibration';
import { bands } from '@tideline/domain/health';
import { modelProblems } from '@tideline/domain/model-edit';
import { type ReasonCode, segments, type Segment } from '@tideline/domain/segment';
import type { OtherKey, UsageKey } from '@tideline/domain/component';
import { OTHER_KEYS } from '@tideline/domain/other-signal';
import { USAGE_KEYS } from '@tideline/domain/usage-signal';
import * as z from 'zod';
import { op } from './operation.ts';
import { DayOut, DecimalText, Id, IdParams, Nothing, TimeOut } from './value.ts';

/**
 * The health model: its versions, the one draft of the workspace, and what a browser needs to preview a draft on every account.
 * The routes follow: these records join `operations.ts` together with their handlers.
 */

const wordsOf = <K extends string>(table: Record<K, unknown>) => Object.keys(table) as [K, ...K[]];
const Points = z.number().min(0).max(100);
const Threshold = z.object({ enter: z.number(), stay: z.number() });

const optional = Points.exactOptional();
/** Usage is always weighed; other families where they are named, an admin's own signals as `custom:` and their id. */
const Weights = z
  .object({
    ...(Object.fromEntries(USAGE_KEYS.map((key) => [key, Points])) as Record<UsageKey, typeof Points>),
    ...(Object.fromEntries(OTHER_KEYS.map((key) => [key, optional])) as Record<OtherKey, typeof optional>),
  })
  .catchall(Points);
const Bands = z.object({ atRiskBelow: Points, atRiskLeaves: Points, healthyFrom: Points, healthyLeaves: Points });
const Wanted = z.array(z.string().trim().min(1).max(100)).max(50).exactOptional();
/** Weights and bands of their own for accounts of which all that is asked holds; the first profile that fits judges an account. */
const Profile = z.object({
  key: z.string().regex(/^[a-z0-9-]{1,40}$/, { error: 'Small letters, digits and hyphens' }),
  name: z.string().trim().max(60),
  rule: z.object({ tenureBelow: z.int().min(1).max(3_650).exactOptional(), plan: Wanted, industry: Wanted, region: Wanted }),
  weights: Weights,
  bands: Bands,
});

const EditShape = z.object({
  /** Points per signal for k = 1; they add up to 100. */
  weights: Weights,
  shiftByRegularity: z.boolean(),
  caps: z.object({ quiet: z.boolean(), decline: z.boolean() }),
  bands: Bands,
  segments: z.object({
    thresholds: z.object({
      riskHealth: Threshold,
      riskSilence: Threshold,
      riskMomentum: Threshold,
      expansionHealth: Threshold,
      expansionGrowth: Threshold,
      expansionMomentum: Threshold,
      laggardPercentile: Threshold,
      weeklySlope: Threshold,
      weeksAbove: Threshold,
    }),
    doors: z.object({ room: z.boolean(), growth: z.boolean(), milestone: z.boolean() }),
  }),
  profiles: z.array(Profile).max(10).default([]),
});
/** What a person may change. Refused with the sentence to show where it makes no sense. */
export const ModelEdit = EditShape.superRefine((edit, context) => {
  for (const { path, message } of modelProblems(edit)) context.addIssue({ code: 'custom', path: path.split('.'), message });
});
const Person = z.object({ id: Id, name: z.string() });

export const ModelVersion = z
  .object({
    id: Id,
    version: z.int(),
    state: z.enum(['published', 'retired']),
    config: EditShape,
    note: z.string(),
    author: Person.nullable(),
    publishedAt: TimeOut.nullable(),
    /** Accounts judged by it today. */
    accounts: z.int(),
  })
  .meta({ id: 'HealthModelVersion' });
export const ModelDraft = z.object({ config: EditShape, note: z.string(), author: Person.nullable(), savedAt: TimeOut }).meta({ id: 'HealthModelDraft' });
/** Rescoring after a version was published. */
export const ModelRun = z
  .object({
    id: Id,
    state: z.enum(['running', 'done', 'failed', 'cancelled']),
    done: z.int(),
    total: z.int(),
    error: z.string().nullable(),
    startedAt: TimeOut,
  })
  .meta({ id: 'HealthModelRun' });

/** What the workspace's own past said of one outcome. `own` is false while it has too little to say: then the default stands, or nothing. */
/** A family beside usage: what of it there is to weigh. */
const Other = z.object({
  key: z.string().meta({ description: 'its name among the weights' }),
  label: z.string(),
  hint: z.string(),
  connected: z.boolean(),
  /** Points it is offered with once it is connected: a proposal, which the backtest judges. */
  offered: Points,
  /** What brings its data. */
  connect: z.string(),
});

const Calibration = z.object({
  kind: z.enum(wordsOf(calibrations)),
  label: z.string(),
  outcome: z.string(),
  own: z.boolean(),
  fittedOn: DayOut.nullable(),
  /** Judgements of accounts it was read from, and of how many the outcome came. */
  lessons: z.int(),
  hits: z.int(),
  /** What it says at some levels; of expansion, at levels of room to grow. Null without any curve. */
  at: z.array(z.object({ level: z.number(), share: z.number().nullable() })),
});

export const ModelState = z
  .object({
    published: ModelVersion,
    /** The one draft of the workspace, shared by all who may write it. */
    draft: ModelDraft.nullable(),
    /** The newest first, the published one included. */
    versions: z.array(ModelVersion),
    /** The last rescoring of all accounts; null when there was none. */
    run: ModelRun.nullable(),
    /** How the score reads as probabilities and money. */
    calibrations: z.array(Calibration),
    /** What may be weighed beside usage. */
    others: z.array(Other),
  })
  .meta({ id: 'HealthModelState' });

/**
 * Every live account as the browser needs it to judge it under a draft. Columns of equal length: entry i is account i.
 * `measures` are packed as in `domain/measure-pack`; `weeks` (24, oldest first) are there only where usage rose, which is where
 * the growth door can open.
 */
export const ModelPreview = z
  .object({
    asOf: DayOut.nullable(),
    relative: z.object({ k: z.number(), vbar: z.number(), milestoneSet: z.boolean(), medianTtfvDays: z.number().nullable() }),
    currency: z.string(),
    /** Unit of run rate where nothing is priced; null: money. */
    unit: z.string().nullable(),
    owners: z.array(Person),
    accounts: z.object({
      id: z.array(Id),
      name: z.array(z.string()),
      /** Place in `owners`. */
      owner: z.array(z.int().nullable()),
      runRate: z.array(DecimalText.nullable()),
      band: z.array(z.enum(wordsOf(bands)).nullable()),
      segment: z.array(z.enum(wordsOf(segments))),
      reason: z.array(z.string()),
      measures: z.array(z.array(z.number().nullable())),
      weeks: z.array(z.array(z.number()).length(24).nullable()),
      /** What a profile may ask for: plan, industry, region. */
      traits: z.array(z.tuple([z.string().nullable(), z.string().nullable(), z.string().nullable()])),
      /** What was read beside usage, by signal, of everything that is connected; null: nothing is. */
      others: z.array(z.record(z.string(), z.looseObject({}).nullable()).nullable()),
    }),
  })
  .meta({ id: 'HealthModelPreview' });

const Note = z.string().trim().max(2_000);
const tag = 'Health model';

export const modelOperations = {
  getModel: op({
    method: 'GET',
    path: '/health-model',
    summary: 'The published health model, the draft and all versions',
    tag,
    key: 'read',
    permission: 'account.read',
    reply: ModelState,
  }),
  previewModel: op({
    method: 'GET',
    path: '/health-model/preview',
    summary: 'Every live account as measured at the last day close, to judge it under a draft',
    tag,
    permission: 'model.draft',
    reply: ModelPreview,
  }),
  saveModelDraft: op({
    method: 'PUT',
    path: '/health-model/draft',
    summary: 'Save the draft; `savedAt` is that of the draft it was made from (null: none), and a newer one is a conflict',
    tag,
    permission: 'model.draft',
    body: z.object({ config: ModelEdit, note: Note.default(''), savedAt: TimeOut.nullable() }),
    reply: ModelDraft,
  }),
  discardModelDraft: op({ method: 'DELETE', path: '/health-model/draft', summary: 'Throw the draft away', tag, permission: 'model.draft', reply: Nothing }),
  publishModel: op({
    method: 'POST',
    path: '/health-model/publish',
    summary: 'Make the draft the next version and rescore every account; the change itself fires no alert',
    tag,
    permission: 'model.publish',
    body: z.object({ note: Note.min(1, { error: 'Say in a few words why it changes' }), savedAt: TimeOut }),
    reply: z.object({ version: ModelVersion, run: ModelRun }),
    status: 201,
  }),
  restoreModel: op({
    method: 'POST',
    path: '/health-model/versions/{id}/restore',
    summary: 'Publish an earlier version again, as a new one',
    tag,
    permission: 'model.publish',
    params: IdParams,
    body: z.object({ note: Note.default('') }),
    reply: z.object({ version: ModelVersion, run: ModelRun }),
    status: 201,
  }),
};

export type Model = {
  Edit: z.output<typeof EditShape>;
  Version: z.output<typeof ModelVersion>;
  Draft: z.output<typeof ModelDraft>;
  Run: z.output<typeof ModelRun>;
  State: z.output<typeof ModelState>;
  Preview: z.output<typeof ModelPreview>;
  SegmentNow: { segment: Segment; reason: ReasonCode };
};
