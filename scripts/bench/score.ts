/**
 * `pnpm bench score`: the golden vectors and the retail data through the database: how far every component is from the reference,
 * and how well health foretells 90 silent days (score.md 8).
 */
import { cell, goldenRows, goldenUsage } from '../../packages/testkit/src/golden.ts';
import { type Book, giveDays, openBook } from './book.ts';
import { type BenchResult, timed } from './rounds.ts';
import { type BenchDatabase, benchDatabase } from './server.ts';

const COLUMNS = { health: 'raw', C: 'cadence', S: 'silence', V: 'standing', M: 'momentum', log10_p_silence: 'log10p', growth: 'growth' } as const;
type Judged = Record<string, number>;

export default async (): Promise<BenchResult> => {
  const database = await benchDatabase();
  try {
    const vectors = await history(database, 'vectors_input.csv.gz');
    const retail = await history(database, 'input_OR.csv.gz');
    const labels = goldenRows('labels_OR.csv.gz').filter((row) => cell(row, 'is_test') === '1');
    const evaluated = (population: string) =>
      evaluate(
        labels.filter((row) => cell(row, population) === '1'),
        retail.judged,
      );
    const [p90, p180] = [evaluated('pop90'), evaluated('pop180')];
    return {
      bench: 'score',
      figures: {
        vectors_max_diff: worst(vectors.judged, goldenRows('vectors_expected.csv'), null),
        components_or_max_diff: worst(retail.judged, goldenRows('components_OR_2011-08-31.csv.gz'), '2011-08-31'),
        or_auc_p90: p90.auc,
        or_auc_p180: p180.auc,
        or_lift10: p90.lift,
        or_brier: p90.brier,
      },
      notes: [
        `history of ${retail.days} days and 4,338 retail accounts judged in ${(retail.ms / 1000).toFixed(0)} s, of the vectors in ${(vectors.ms / 1000).toFixed(0)} s`,
        'components: standing may differ by .06 in ties; Brier with the default map, as no fit to own snapshots exists yet (reference, refitted: .196)',
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

type Case = { risk: number; silent: boolean };

/** Means over the cut-offs of the area under the curve, the lift of the riskiest tenth and the Brier score of the default map. */
const evaluate = (labels: readonly Record<string, string>[], judged: ReadonlyMap<string, Judged>): { auc: number; lift: number; brier: number } => {
  const results = [...Map.groupBy(labels, (row) => cell(row, 'cutoff'))].map(([cutoff, rows]) => {
    const cases = rows.map((row): Case => ({
      risk: -(judged.get(`${cell(row, 'account_id')} ${cutoff}`)?.raw ?? Number.NaN),
      silent: cell(row, 'churn_90') === '1',
    }));
    return {
      auc: areaUnderCurve(cases),
      lift: liftOfTenth(cases),
      brier: mean(cases.map(({ risk, silent }) => (1 / (1 + Math.exp((-risk - 45) / 11)) - (silent ? 1 : 0)) ** 2)),
    };
  });
  return { auc: mean(results.map((r) => r.auc)), lift: mean(results.map((r) => r.lift)), brier: mean(results.map((r) => r.brier)) };
};

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

const areaUnderCurve = (cases: readonly Case[]): number => {
  const sorted = cases.toSorted((a, b) => a.risk - b.risk);
  let [rankSum, silent] = [0, 0];
  for (let i = 0; i < sorted.length;) {
    let j = i;
    while (j < sorted.length && sorted[j]?.risk === sorted[i]?.risk) j++;
    const ties = sorted.slice(i, j).filter((one) => one.silent).length;
    rankSum += (ties * (i + 1 + j)) / 2;
    silent += ties;
    i = j;
  }
  return (rankSum - (silent * (silent + 1)) / 2) / (silent * (sorted.length - silent));
};

/** Accounts tied at the border of the tenth count in part. */
const liftOfTenth = (cases: readonly Case[]): number => {
  const sorted = cases.toSorted((a, b) => b.risk - a.risk);
  const size = sorted.length / 10;
  const border = sorted[Math.ceil(size) - 1]?.risk ?? 0;
  const above = sorted.filter((one) => one.risk > border);
  const tied = sorted.filter((one) => one.risk === border);
  const hits = above.filter((one) => one.silent).length + (tied.filter((one) => one.silent).length * (size - above.length)) / tied.length;
  return hits / size / (sorted.filter((one) => one.silent).length / sorted.length);
};
