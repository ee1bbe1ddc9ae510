/**
 * `pnpm bench recompute [accounts] [days]`: closing a day of 100,000 accounts over 24 months against a bare scan of their days, from nothing
 * and as it is every day, with what the closes before it carried; and judging a hundredth of them again (perf.md, targets).
 */
import { addDays, type Day, day } from '../../packages/domain/src/calendar.ts';
import { addDay, type Book, makeDays, openBook } from './book.ts';
import { alternate, type BenchResult, median, timed } from './rounds.ts';
import { benchDatabase } from './server.ts';

const LAST = day('2026-11-21');
const ROUNDS = 3;
/** Weeks are carried from the same day of the week before. */
const WARM = 7;

export default async (args: readonly string[]): Promise<BenchResult> => {
  const [accounts, days] = [Number(args[0] ?? 100_000), Number(args[1] ?? 730)];
  const database = await benchDatabase();
  try {
    const book = await openBook(database, new Date());
    const rows = await makeDays(book, accounts, days, LAST);
    const result = await measure(book, accounts);
    await book.close();
    return { ...result, notes: [`${accounts} accounts, ${rows} account-days over ${days} days`, ...(result.notes ?? [])] };
  } finally {
    await database.stop();
  }
};

const measure = async (book: Book, accounts: number): Promise<BenchResult> => {
  const { closeDays } = await import('../../packages/engine/src/day.ts');
  const { scoreChanged } = await import('../../packages/engine/src/score.ts');
  const { owner, workspaceId } = book;
  let last: Day = LAST;
  const deps = { ...book.deps, now: () => new Date(`${addDays(last, 1)}T06:00:00Z`) };
  const scan = () => owner.query('SELECT count(*), sum(revenue), max(day) FROM account_day');
  const close = async () => {
    const closed = await closeDays(deps, workspaceId);
    if (closed.join() !== last) throw new Error(`closed ${closed.join(', ') || 'nothing'} where ${last} was due`);
  };
  const next = async () => {
    last = addDays(last, 1);
    await addDay(book, last);
  };
  const nothing = { close: await timed(close), scan: await timed(scan) };
  const warming: number[] = [];
  for (let i = 0; i < WARM; i++) {
    await next();
    warming.push(await timed(close));
  }
  const taken = await alternate({ scan, close }, { rounds: ROUNDS, before: async (name) => name === 'close' && next() });
  const changed = Math.round(accounts / 100);
  const parts: number[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    // usage stays as it is: what is timed is rating and judging, not what came of it
    await owner.query(
      `INSERT INTO rescore (workspace_id, account_id, from_day, marked_at) SELECT workspace_id, id, '${last}'::date + 1, now() FROM account WHERE workspace_id = $1 ORDER BY md5(id::text || $2) LIMIT $3`,
      [workspaceId, String(i), changed],
    );
    parts.push(await timed(() => scoreChanged(deps, workspaceId)));
  }
  const s = (ms: number) => (ms / 1000).toFixed(1);
  return {
    bench: 'recompute',
    figures: { full_vs_scan: taken.close / taken.scan, from_nothing_vs_scan: nothing.close / nothing.scan, one_percent_vs_full: median(parts) / taken.close },
    notes: [
      `a day ${s(taken.close)} s, scan ${s(taken.scan)} s, ${changed} accounts ${median(parts).toFixed(0)} ms (medians of ${ROUNDS})`,
      `from nothing ${s(nothing.close)} s, scan ${s(nothing.scan)} s; the days of the first week ${warming.map(s).join(', ')} s`,
    ],
  };
};
