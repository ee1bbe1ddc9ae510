/**
 * `pnpm bench recompute [accounts] [days]`: closing a day of 100,000 accounts over 24 months against a bare scan of their days,
 * and judging a hundredth of them again (perf.md, targets).
 */
import { openBook, makeDays, type Book } from './book.ts';
import { alternate, type BenchResult, median, timed } from './rounds.ts';
import { benchDatabase } from './server.ts';

const LAST = '2026-11-21';
const ROUNDS = 3;

export default async (args: readonly string[]): Promise<BenchResult> => {
  const [accounts, days] = [Number(args[0] ?? 100_000), Number(args[1] ?? 730)];
  const database = await benchDatabase();
  try {
    const book = await openBook(database, new Date('2026-11-22T06:00:00Z'));
    const rows = await makeDays(book, accounts, days, LAST);
    const result = await measure(book, accounts);
    await book.close();
    return { ...result, notes: [`${accounts} accounts, ${rows} account-days over ${days} days`, ...(result.notes ?? [])] };
  } finally {
    await database.stop();
  }
};

const measure = async ({ deps, owner, workspaceId }: Book, accounts: number): Promise<BenchResult> => {
  const { closeDays } = await import('../../packages/engine/src/day.ts');
  const { scoreChanged } = await import('../../packages/engine/src/score.ts');
  const again = () =>
    owner.query(
      `WITH h AS (DELETE FROM score_history WHERE workspace_id = $1), c AS (DELETE FROM day_close WHERE workspace_id = $1), t AS (DELETE FROM segment_transition WHERE workspace_id = $1)
       UPDATE workspace SET closed_through = NULL WHERE id = $1`,
      [workspaceId],
    );
  const taken = await alternate(
    { scan: () => owner.query('SELECT count(*), sum(revenue), max(day) FROM account_day'), close: () => closeDays(deps, workspaceId) },
    { rounds: ROUNDS, before: async (name) => name === 'close' && again() },
  );
  const changed = Math.round(accounts / 100);
  const parts: number[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    // usage stays as it is: what is timed is rating and judging, not what came of it
    await owner.query(
      `INSERT INTO rescore (workspace_id, account_id, from_day, marked_at) SELECT workspace_id, id, '${LAST}'::date + 1, now() FROM account WHERE workspace_id = $1 ORDER BY md5(id::text || $2) LIMIT $3`,
      [workspaceId, String(i), changed],
    );
    parts.push(await timed(() => scoreChanged(deps, workspaceId)));
  }
  return {
    bench: 'recompute',
    figures: { full_vs_scan: taken.close / taken.scan, one_percent_vs_full: median(parts) / taken.close },
    notes: [
      `close ${(taken.close / 1000).toFixed(1)} s, scan ${(taken.scan / 1000).toFixed(2)} s, ${changed} accounts ${median(parts).toFixed(0)} ms (medians of ${ROUNDS})`,
    ],
  };
};
