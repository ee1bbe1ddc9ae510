import { Prisma } from '../../generated/client.ts';
import type { Judgement, Words } from '@tideline/domain/judgement';
import { packMeasures } from '@tideline/domain/measure-pack';
import { plain, texts } from '../array-literal.ts';

/** One account judged, as it is written. `before`: the segment it was in, null at first sight. */
export type JudgedAccount = { readonly accountId: string; readonly judgement: Judgement; readonly before: string | null };

type Value = string | number | null;
/** The type of a column, and what it holds of a row; `any`: text that may need quotes. */
type Columns<R> = Record<string, readonly [type: string, of: (row: R) => Value, any?: 'any']>;

const usage =
  (key: 'cadence' | 'silence' | 'standing' | 'momentum') =>
  ({ judgement: { score, components } }: JudgedAccount): Value =>
    score.raw === null ? null : components.scores[key];
/** As PostgreSQL reads a day that is a number: 1970-01-01 is Julian day 2440588. */
const dated = (day: number | null): Value => (day === null ? null : `J${day + 2_440_588}`);

/** What a judgement leaves in its table and, of a closed day, in the history: one row here per column, of the same name in both. */
export const kept = {
  account_id: ['uuid', (j) => j.accountId],
  health: ['float8', (j) => j.judgement.score.shown],
  raw: ['float8', (j) => j.judgement.score.raw],
  band: ['text', (j) => j.judgement.score.band],
  segment: ['text', (j) => j.judgement.state.segment],
  cadence: ['float8', usage('cadence')],
  silence: ['float8', usage('silence')],
  standing: ['float8', usage('standing')],
  momentum: ['float8', usage('momentum')],
  log10p: ['float8', (j) => j.judgement.components.log10p],
  growth: ['float8', (j) => j.judgement.components.growth],
  stake: ['numeric', (j) => j.judgement.stake],
  run_rate: ['numeric', (j) => j.judgement.runRate],
  others: ['jsonb', ({ judgement: { measures } }) => (measures.others ? JSON.stringify(measures.others) : null), 'any'],
  profile: ['text', (j) => j.judgement.profile, 'any'],
} as const satisfies Columns<JudgedAccount>;

/** What stands only of the present. */
export const present = {
  as_of: ['date', (j) => dated(j.judgement.measures.asOf)],
  provisional: ['boolean', (j) => (j.judgement.score.provisional ? 't' : 'f')],
  expansion_index: ['float8', (j) => j.judgement.components.expansionIndex],
  p_silent: ['float8', (j) => j.judgement.score.pSilent],
  segment_since: ['date', (j) => dated(j.judgement.state.since)],
  segment_reason: ['text', (j) => j.judgement.state.reason],
  segment_state: ['json', (j) => JSON.stringify(j.judgement.state), 'any'],
  measures: ['json', (j) => JSON.stringify(packMeasures(j.judgement.measures)), 'any'],
  last_day: ['date', (j) => dated(j.judgement.measures.lastDay)],
  coverage: ['float8', (j) => j.judgement.score.coverage],
} as const satisfies Columns<JudgedAccount>;

/** What is said about it. */
export const said = {
  why: ['text', (w) => w.reason.why],
  reason: ['json', (w) => JSON.stringify(w.reason.sentence), 'any'],
  next_action: ['text', (w) => w.reason.nextAction, 'any'],
  urgency: ['float8', (w) => w.urgency],
  rank: ['float8', (w) => w.rank],
} as const satisfies Columns<Words>;

/** A comma-separated list of columns. */
export const named = (...tables: readonly object[]): string => tables.flatMap((table) => Object.keys(table)).join(', ');

/** Rows column by column, as `unnest` takes them. */
export const spread = <R>(columns: Columns<R>, rows: readonly R[]): Prisma.Sql =>
  Prisma.join(
    Object.values(columns).map(([type, of, any]) => {
      const values = rows.map(of);
      return Prisma.sql`${any ? texts(values.map((value) => value?.toString() ?? null)) : plain(values)}::${Prisma.raw(type)}[]`;
    }),
    ', ',
  );
