import { setImmediate } from 'node:timers/promises';
import { Prisma } from '../../generated/client.ts';
import type { Day } from '@tideline/domain/calendar';
import type { Words } from '@tideline/domain/judgement';
import { packMeasures } from '@tideline/domain/measure-pack';
import { plain, texts } from '../array-literal.ts';
import type { WorkspaceTx } from '../workspace.ts';
import { type JudgedAccount, kept, named, present, said, spread } from './score-column.ts';
import { rankedFrom } from './triage-row.ts';

export type { JudgedAccount } from './score-column.ts';
/** What all rows of one writing share. */
export type Stamp = { readonly modelId: string; readonly at: Date };
/** The closed day that rows belong to. */
type Closed = { readonly day: Day; readonly backfilled: boolean };

/** Small enough that a page leaves for PostgreSQL at once: what does not fit into the socket waits for this process. */
export const PAGE = 1_000;

/** In the order of the key, so that its index grows at the end. */
export function* pagesOf<T extends { readonly accountId: string }>(rows: readonly T[], size = PAGE): Generator<readonly T[]> {
  const ordered = rows.toSorted((a, b) => (a.accountId < b.accountId ? -1 : 1));
  for (let i = 0; i < ordered.length; i += size) yield ordered.slice(i, i + size);
}

type Pages<T> = Iterable<readonly T[]> | AsyncIterable<readonly T[]>;

/** While PostgreSQL writes one page, the next is made and put into words: a statement of Prisma starts when it is waited for. */
const writing = async <T>(pages: Pages<T>, statement: (page: readonly T[]) => PromiseLike<unknown>): Promise<void> => {
  let running: Promise<unknown> = Promise.resolve();
  try {
    for await (const page of pages) {
      if (page.length === 0) continue;
      const next = statement(page);
      await running;
      running = Promise.resolve(next);
      await setImmediate(); // so that it is under way
    }
  } finally {
    await running;
  }
};

/**
 * The current judgement of each account and what triage lists of it; of a closed day (`closed`) the history as well, in the same statement.
 * `say`: what is said about an account.
 */
export const writeScores = <A extends JudgedAccount>(
  tx: WorkspaceTx,
  pages: Pages<A>,
  say: (account: A) => Words,
  { modelId, at, live, closed = null }: Stamp & { live: boolean; closed?: Closed | null },
): Promise<void> =>
  writing(pages, (page) => {
    const words = page.map(say);
    const badges = texts(words.map((w) => w.badges.join(',')));
    return tx.db.$executeRaw`
      WITH written AS (
        INSERT INTO score (workspace_id, live, scored_at, model_id, ${ALL}, badges)
        SELECT ${tx.workspaceId}::uuid, ${live}, ${at}, ${modelId}::uuid, ${ALL}, string_to_array(badges, ',')
        FROM unnest(${spread(kept, page)}, ${spread(present, page)}, ${spread(said, words)}, ${badges}::text[]) AS new (${ALL}, badges)
        ON CONFLICT (workspace_id, account_id) DO UPDATE SET ${REPLACED}
        RETURNING workspace_id, why, rank, ${KEPT})
      ${closed ? Prisma.sql`, remembered AS (${remember(tx, Prisma.sql`SELECT ${KEPT} FROM written`, { modelId, at, ...closed })})` : Prisma.empty}
      ${rankedFrom(Prisma.sql`SELECT * FROM written`)}`;
  });

const KEPT = Prisma.raw(named(kept));
const ALL = Prisma.raw(named(kept, present, said));
const REPLACED = Prisma.raw(
  `live, scored_at, model_id, badges, ${named(kept, present, said)}`
    .split(', ')
    .filter((column) => column !== 'account_id')
    .map((column) => `${column} = excluded.${column}`)
    .join(', '),
);

/** Judgements of one closed day. Backfilled days may be written again; what a live close judged stays as it was. */
const remember = (tx: WorkspaceTx, rows: Prisma.Sql, { modelId, at, day, backfilled }: Stamp & Closed): Prisma.Sql => Prisma.sql`
  INSERT INTO score_history (workspace_id, day, model_id, backfilled, written_at, ${KEPT})
  SELECT ${tx.workspaceId}::uuid, ${day}::date, ${modelId}::uuid, ${backfilled}, ${at}::timestamptz, r.* FROM (${rows}) r
  ON CONFLICT DO NOTHING`;

/** The history of a closed day that is not the present. */
export const writeHistory = (tx: WorkspaceTx, rows: readonly JudgedAccount[], stamp: Stamp & Closed): Promise<void> =>
  writing(pagesOf(rows), (page) => tx.db.$executeRaw(remember(tx, Prisma.sql`SELECT * FROM unnest(${spread(kept, page)})`, stamp)));

/** Changes of segment, with the measures they were decided on. */
export const writeTransitions = (tx: WorkspaceTx, rows: readonly JudgedAccount[], stamp: { day: Day; at: Date; backfilled: boolean }): Promise<void> =>
  writing(
    pagesOf(rows.filter(({ before, judgement }) => before !== judgement.state.segment)),
    (page) => tx.db.$executeRaw`
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
