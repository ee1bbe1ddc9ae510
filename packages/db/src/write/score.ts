import { setImmediate } from 'node:timers/promises';
import { Prisma } from '../../generated/client.ts';
import { type Day, dayFromNumber } from '@tideline/domain/calendar';
import type { Judgement, Words } from '@tideline/domain/judgement';
import { packMeasures } from '@tideline/domain/measure-pack';
import { plain, texts } from '../array-literal.ts';
import type { WorkspaceTx } from '../workspace.ts';
import { listInTriage } from './triage-row.ts';

/** One account judged, as it is written. `before`: the segment it was in, null at first sight. */
export type JudgedAccount = { readonly accountId: string; readonly judgement: Judgement; readonly before: string | null };
/** What all rows of one writing share. */
export type Stamp = { readonly modelId: string; readonly at: Date };

const PAGE = 10_000;

/** While PostgreSQL writes one page, the next is put into words. */
const inPages = async <T>(rows: readonly T[], prepare: (page: readonly T[]) => () => Promise<unknown>): Promise<void> => {
  let running: Promise<unknown> = Promise.resolve();
  try {
    for (let i = 0; i < rows.length; i += PAGE) {
      const write = prepare(rows.slice(i, i + PAGE));
      await running;
      running = Promise.resolve(write());
      await setImmediate(); // so that it is under way
    }
  } finally {
    await running;
  }
};

/** The current judgement of each account, and with it what triage lists. One upsert per 10,000 accounts. */
export const writeScores = (tx: WorkspaceTx, rows: readonly (JudgedAccount & { readonly words: Words })[], stamp: Stamp & { live: boolean }): Promise<void> =>
  inPages(rows, (page) => {
    const judged = page.map(({ judgement, words, accountId }) => ({ ...judgement, words, accountId }));
    const statement = Prisma.sql`
      INSERT INTO score (workspace_id, live, scored_at, model_id, account_id, as_of, health, raw, band, provisional, cadence, silence, standing, momentum,
        log10p, growth, expansion_index, p_silent, segment, segment_since, segment_reason, segment_state, badges, why, reason, next_action, measures,
        run_rate, stake, urgency, rank, last_day, others, coverage, profile)
      SELECT ${tx.workspaceId}::uuid, ${stamp.live}, ${stamp.at}, ${stamp.modelId}::uuid, account_id, as_of, health, raw, band, provisional, cadence, silence, standing, momentum,
        log10p, growth, expansion_index, p_silent, segment, segment_since, why, segment_state, string_to_array(badges, ','), why, reason, next_action, measures,
        run_rate, stake, urgency, rank, last_day, others, coverage, profile
      FROM unnest(${plain(judged.map((j) => j.accountId))}::uuid[], ${plain(judged.map((j) => dayFromNumber(j.measures.asOf)))}::date[],
        ${plain(judged.map((j) => j.score.shown))}::float8[], ${plain(judged.map((j) => j.score.raw))}::float8[], ${plain(judged.map((j) => j.score.band))}::text[],
        ${plain(judged.map((j) => (j.score.provisional ? 't' : 'f')))}::boolean[], ${usage(judged, 'cadence')}, ${usage(judged, 'silence')}, ${usage(judged, 'standing')},
        ${usage(judged, 'momentum')}, ${plain(judged.map((j) => j.components.log10p))}::float8[], ${plain(judged.map((j) => j.components.growth))}::float8[],
        ${plain(judged.map((j) => j.components.expansionIndex))}::float8[], ${plain(judged.map((j) => j.score.pSilent))}::float8[],
        ${plain(judged.map((j) => j.state.segment))}::text[], ${plain(judged.map((j) => dayFromNumber(j.state.since)))}::date[],
        ${texts(judged.map((j) => JSON.stringify(j.state)))}::jsonb[], ${texts(judged.map((j) => j.words.badges.join(',')))}::text[],
        ${plain(judged.map((j) => j.words.reason.why))}::text[], ${texts(judged.map((j) => JSON.stringify(j.words.reason.sentence)))}::jsonb[],
        ${texts(judged.map((j) => j.words.reason.nextAction))}::text[], ${texts(judged.map((j) => JSON.stringify(packMeasures(j.measures))))}::jsonb[],
        ${plain(judged.map((j) => j.runRate))}::numeric[], ${plain(judged.map((j) => j.stake))}::numeric[], ${plain(judged.map((j) => j.words.urgency))}::float8[],
        ${plain(judged.map((j) => j.words.rank))}::float8[], ${plain(judged.map((j) => (j.measures.lastDay === null ? null : dayFromNumber(j.measures.lastDay))))}::date[],
        ${readings(judged)}, ${plain(judged.map((j) => j.score.coverage))}::float8[], ${texts(judged.map((j) => j.profile))}::text[])
        AS new (account_id, as_of, health, raw, band, provisional, cadence, silence, standing, momentum, log10p, growth, expansion_index, p_silent, segment, segment_since,
          segment_state, badges, why, reason, next_action, measures, run_rate, stake, urgency, rank, last_day, others, coverage, profile)
      ON CONFLICT (workspace_id, account_id) DO UPDATE SET ${REPLACED}`;
    return async () => {
      await tx.db.$executeRaw(statement);
      await listInTriage(
        tx,
        judged.map((j) => j.accountId),
      );
    };
  });

const usage = (judged: readonly Judgement[], key: 'cadence' | 'silence' | 'standing' | 'momentum'): Prisma.Sql =>
  Prisma.sql`${plain(judged.map((j) => (j.score.raw === null ? null : j.components.scores[key])))}::float8[]`;

/** What was read beside usage. */
const readings = (judged: readonly Judgement[]): Prisma.Sql =>
  Prisma.sql`${texts(judged.map((j) => (j.measures.others ? JSON.stringify(j.measures.others) : null)))}::jsonb[]`;

const REPLACED = Prisma.raw(
  `live scored_at model_id as_of health raw band provisional cadence silence standing momentum log10p growth expansion_index p_silent segment segment_since
   segment_reason segment_state badges why reason next_action measures run_rate stake urgency rank last_day others coverage profile`
    .split(/\s+/)
    .map((column) => `${column} = excluded.${column}`)
    .join(', '),
);

/** The order of the key, so that its index grows at the end. */
const byAccount = (a: JudgedAccount, b: JudgedAccount): number => (a.accountId < b.accountId ? -1 : 1);

/** Judgements of one closed day. Backfilled days may be written again; what a live close judged stays as it was. */
export const writeHistory = (tx: WorkspaceTx, rows: readonly JudgedAccount[], stamp: Stamp & { day: Day; backfilled: boolean }): Promise<void> =>
  inPages(rows.toSorted(byAccount), (page) => {
    const judged = page.map(({ judgement, accountId }) => ({ ...judgement, accountId }));
    const statement = Prisma.sql`
      INSERT INTO score_history (workspace_id, day, model_id, backfilled, written_at, account_id, health, raw, band, segment, cadence, silence, standing, momentum, log10p, growth, stake, run_rate, others, profile)
      SELECT ${tx.workspaceId}::uuid, ${stamp.day}::date, ${stamp.modelId}::uuid, ${stamp.backfilled}, ${stamp.at}, *
      FROM unnest(${plain(judged.map((j) => j.accountId))}::uuid[], ${plain(judged.map((j) => j.score.shown))}::float8[], ${plain(judged.map((j) => j.score.raw))}::float8[],
        ${plain(judged.map((j) => j.score.band))}::text[], ${plain(judged.map((j) => j.state.segment))}::text[], ${usage(judged, 'cadence')}, ${usage(judged, 'silence')},
        ${usage(judged, 'standing')}, ${usage(judged, 'momentum')}, ${plain(judged.map((j) => j.components.log10p))}::float8[], ${plain(judged.map((j) => j.components.growth))}::float8[],
        ${plain(judged.map((j) => j.stake))}::numeric[], ${plain(judged.map((j) => j.runRate))}::numeric[], ${readings(judged)}, ${texts(judged.map((j) => j.profile))}::text[])
      ON CONFLICT DO NOTHING`;
    return () => tx.db.$executeRaw(statement);
  });

/** Changes of segment, with the measures they were decided on. */
export const writeTransitions = (tx: WorkspaceTx, rows: readonly JudgedAccount[], stamp: { day: Day; at: Date; backfilled: boolean }): Promise<void> =>
  inPages(
    rows.filter(({ before, judgement }) => before !== judgement.state.segment),
    (page) => () =>
      tx.db.$executeRaw`
      INSERT INTO segment_transition (workspace_id, day, created_at, backfilled, account_id, from_segment, to_segment, reason, evidence)
      SELECT ${tx.workspaceId}::uuid, ${stamp.day}::date, ${stamp.at}, ${stamp.backfilled}, *
      FROM unnest(${plain(page.map((r) => r.accountId))}::uuid[], ${plain(page.map((r) => r.before))}::text[], ${plain(page.map((r) => r.judgement.state.segment))}::text[],
        ${plain(page.map((r) => r.judgement.state.reason))}::text[], ${texts(page.map((r) => JSON.stringify({ health: r.judgement.score.shown, measures: packMeasures(r.judgement.measures) })))}::jsonb[])
      ON CONFLICT DO NOTHING`,
  );

/** Clears what an earlier backfill assumed through a day, before another one is written. What live closes judged is kept. */
export const clearBackfill = async (tx: WorkspaceTx, through: Day): Promise<void> => {
  await tx.db.$executeRaw`DELETE FROM score_history WHERE workspace_id = ${tx.workspaceId}::uuid AND backfilled AND day <= ${through}::date`;
  await tx.db.$executeRaw`DELETE FROM segment_transition WHERE workspace_id = ${tx.workspaceId}::uuid AND backfilled AND day <= ${through}::date`;
  await tx.db.$executeRaw`DELETE FROM day_close WHERE workspace_id = ${tx.workspaceId}::uuid AND backfilled AND day <= ${through}::date`;
};
