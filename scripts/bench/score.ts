/**
 * `pnpm bench score`: the golden vectors and the retail data through the database: how far every component is from the reference,
 * and how well health foretells 90 silent days (score.md 8).
 */
import { cell, goldenJson, goldenRows, goldenUsage } from '../../packages/testkit/src/golden.ts';
import { type Book, giveDays, openBook } from './book.ts';
import { type BenchResult, timed } from './rounds.ts';
import { evaluatePast, type Evaluated, importAndTest } from './score-past.ts';
import { type BenchDatabase, benchDatabase } from './server.ts';

const COLUMNS = { health: 'raw', C: 'cadence', S: 'silence', V: 'standing', M: 'momentum', log10_p_silence: 'log10p', growth: 'growth' } as const;
type Judged = Record<string, number>;

export default async (): Promise<BenchResult> => {
  const database = await benchDatabase();
  try {
    const vectors = await history(database, 'vectors_input.csv.gz');
    const retail = await history(database, 'input_OR.csv.gz');
    const cutoffs = [...new Set(goldenRows('labels_OR.csv.gz').map((row) => cell(row, 'cutoff')))].toSorted();
    const past = await importAndTest(database, cutoffs);
    const [p90, p180] = [evaluatePast(past, 'pop90'), evaluatePast(past, 'pop180')];
    return {
      bench: 'score',
      figures: {
        vectors_max_diff: worst(vectors.judged, goldenRows('vectors_expected.csv'), null),
        components_or_max_diff: worst(retail.judged, goldenRows('components_OR_2011-08-31.csv.gz'), '2011-08-31'),
        ...figuresOf('p90', p90),
        ...figuresOf('p180', p180),
      },
      notes: [
        `history of ${retail.days} days and 4,338 retail accounts judged in ${(retail.ms / 1000).toFixed(0)} s, of the vectors in ${(vectors.ms / 1000).toFixed(0)} s`,
        `through the product: imported in ${(past.importMs / 1000).toFixed(1)} s, ${cutoffs.length} cut-offs tested in ${(past.walkMs / 1000).toFixed(1)} s`,
        ...comparison(p90, p180),
        'components: standing may differ by .06 in ties',
      ],
    };
  } finally {
    await database.stop();
  }
};

/** Every day of a file's last 400 judged as history: account and day → columns. */
const history = async (database: BenchDatabase, name: string): Promise<{ judged: Map<string, Judged>; ms: number; days: number }> => {
  const { backfill } = await import('../../packages/engine/src/backfill.ts');
  const usage = goldenUsage(name);
  const last = usage.reduce((a, row) => (row.day > a ? row.day : a), usage[0]?.day ?? '');
  const book = await openBook(database, new Date('2026-11-22T06:00:00Z'), { asOfPin: last });
  await giveDays(book, usage);
  await book.owner.query('VACUUM ANALYZE');
  const run = await book.owner.query<{ id: string }>(
    `INSERT INTO background_run (workspace_id, kind, label) VALUES ($1, 'score.backfill', 'Bench') RETURNING id`,
    [book.workspaceId],
  );
  const ms = await timed(() => backfill(book.deps, book.workspaceId, run.rows[0]?.id ?? ''));
  const read = await readHistory(book);
  await book.close();
  return { ...read, ms };
};

const readHistory = async ({ owner, workspaceId }: Book): Promise<{ judged: Map<string, Judged>; days: number }> => {
  const { rows } = await owner.query<Record<string, string | number>>(
    `SELECT a.external_id AS account, h.day::text AS day, h.raw, h.cadence, h.silence, h.standing, h.momentum, h.log10p, h.growth
     FROM score_history h JOIN account a ON a.workspace_id = h.workspace_id AND a.id = h.account_id WHERE h.workspace_id = $1 AND h.raw IS NOT NULL`,
    [workspaceId],
  );
  const judged = new Map(
    rows.map((row) => [`${row.account} ${row.day}`, Object.fromEntries(Object.values(COLUMNS).map((column) => [column, Number(row[column])]))]),
  );
  return { judged, days: new Set(rows.map((row) => row.day)).size };
};

const worst = (judged: ReadonlyMap<string, Judged>, expected: readonly Record<string, string>[], cutoff: string | null): number =>
  expected.reduce((furthest, row) => {
    const own = judged.get(`${cell(row, 'account_id')} ${cutoff ?? cell(row, 'cutoff')}`);
    const distances = Object.entries(COLUMNS).map(([theirs, ours]) => Math.abs((own?.[ours] ?? Number.NaN) - Number(cell(row, theirs))));
    return Math.max(furthest, ...distances.map((distance) => (Number.isNaN(distance) ? Infinity : distance)));
  }, 0);

const figuresOf = (population: string, { rivals, brier, ece, missing }: Evaluated): Record<string, number> => ({
  ...Object.fromEntries(
    Object.entries(rivals).flatMap(([rival, { auc, lift }]) => [
      [`or_${rival}_auc_${population}`, auc],
      ...(rival === 'health' ? [[`or_lift10_${population}`, lift]] : []),
    ]),
  ),
  [`or_pr_auc_${population}`]: rivals.health.prAuc,
  [`or_brier_${population}`]: brier,
  [`or_ece_${population}`]: ece,
  [`or_missing_${population}`]: missing,
});

type Reference = Record<'pop90' | 'pop180', { auc: number; pr_auc: number; lift10: number; brier: number; ece: number }>;

/** The table of score.md 3, ours beside the reference's. */
const comparison = (p90: Evaluated, p180: Evaluated): string[] => {
  const reference = goldenJson('ref_eval_OR.json') as Reference;
  return (['pop90', 'pop180'] as const).map((population) => {
    const [own, theirs] = [population === 'pop90' ? p90 : p180, reference[population]];
    const pair = (name: string, ours: number, other: number) => `${name} ${ours.toFixed(4)} (${other.toFixed(4)})`;
    return `${population}, ours (reference): ${[
      pair('AUC', own.rivals.health.auc, theirs.auc),
      pair('PR-AUC', own.rivals.health.prAuc, theirs.pr_auc),
      pair('lift', own.rivals.health.lift, theirs.lift10),
      pair('Brier', own.brier, theirs.brier),
      pair('ECE', own.ece, theirs.ece),
    ].join(', ')}`;
  });
};
