/** `pnpm bench triage [accounts]`: pages of the ranked list under every filter and sort offered, 100,000 accounts (perf.md, targets). */
import type { Who } from '../../packages/engine/src/deps.ts';
import { makeDays, openBook } from './book.ts';
import { type BenchResult, percentile, timed } from './rounds.ts';
import { benchDatabase } from './server.ts';

const TABS = ['needs_you', 'churn_risk', 'expansion_candidate', 'onboarding_laggard', 'steady', 'dormant', 'all'];
const SORTS = ['stake', 'run_rate', 'health', 'change', 'touched', 'name'];
const FILTERS: readonly Record<string, string>[] = [
  {},
  { industry: 'Industry 3' },
  { band: 'at_risk' },
  { q: 'Account 99' },
  { region: 'Region 1', plan: 'Plan 2' },
];

export default async (args: readonly string[]): Promise<BenchResult> => {
  const accounts = Number(args[0] ?? 100_000);
  const database = await benchDatabase();
  try {
    const { TriageQuery } = await import('../../packages/contracts/src/triage.ts');
    const { closeDays } = await import('../../packages/engine/src/day.ts');
    const { list } = await import('../../packages/engine/src/triage.ts');
    const book = await openBook(database, new Date('2026-11-22T06:00:00Z'));
    await makeDays(book, accounts, 150, '2026-11-21');
    await closeDays(book.deps, book.workspaceId);
    await book.owner.query('VACUUM ANALYZE');
    const who: Who = { workspaceId: book.workspaceId, userId: null, role: 'LEADER', actor: 'bench', ownAccountsOf: null };
    const first: { ms: number; what: string }[] = [];
    for (const tab of TABS) {
      for (const sort of SORTS) {
        for (const filter of FILTERS) {
          const query = TriageQuery.parse({ tab, sort, ...filter });
          await list(book.deps, who, query);
          const ms = await timed(() => list(book.deps, who, query));
          first.push({ ms, what: `${tab} by ${sort} ${JSON.stringify(filter)}` });
        }
      }
    }
    await book.close();
    const slowest = first.toSorted((a, b) => b.ms - a.ms).slice(0, 3);
    return {
      bench: 'triage',
      figures: {
        page_p95_ms: percentile(
          first.map(({ ms }) => ms),
          0.95,
        ),
      },
      notes: [`${first.length} first pages with their groups, ${accounts} accounts`, ...slowest.map(({ ms, what }) => `slowest: ${ms.toFixed(0)} ms, ${what}`)],
    };
  } finally {
    await database.stop();
  }
};
