/**
 * `pnpm bench revenue [accounts]`: the data of the revenue screen for 100,000 accounts over 24 months, against one sum
 * over the monthly table (perf.md, targets).
 */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Who } from '../../packages/engine/src/deps.ts';
import { benchDatabase } from './server.ts';
import { alternate, type BenchResult, percentile, timed } from './rounds.ts';

const ROUNDS = 60;
const WINDOWS = ['month', 'quarter', 'year'] as const;

/** Accounts with 24 months of revenue that grow, shrink, pause and leave; owners and industries as a book has them. */
const fill = async (ownerUrl: string, accounts: number): Promise<string> => {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  const workspaceId = randomUUID();
  try {
    await client.query(`INSERT INTO workspace (id, slug, name) VALUES ($1, 'bench', 'Bench')`, [workspaceId]);
    await client.query(
      `WITH people AS (INSERT INTO app_user (email, name) SELECT 'csm' || n || '@bench.example', 'CSM ' || n FROM generate_series(1, 40) n RETURNING id)
       INSERT INTO membership (workspace_id, user_id, role) SELECT $1, id, 'CSM' FROM people`,
      [workspaceId],
    );
    await client.query(
      `INSERT INTO account (workspace_id, external_id, name, owner_id, industry, region, plan)
       SELECT $1, 'a' || n, 'Account ' || n, p.ids[1 + n % 40], 'Industry ' || n % 12, 'Region ' || n % 5, 'Plan ' || n % 3
       FROM generate_series(1, $2::int) n, (SELECT array_agg(user_id) AS ids FROM membership WHERE workspace_id = $1) p`,
      [workspaceId, accounts],
    );
    await client.query(
      `INSERT INTO monthly_revenue (workspace_id, account_id, month, amount, usage_days)
       SELECT $1, a.id, m::date, round(((20 + 400 * random()) * (1 + 0.02 * n))::numeric, 2), 20
       FROM (SELECT id, random() AS start, random() AS leave FROM account WHERE workspace_id = $1) a,
         generate_series(date '2024-11-01', date '2026-10-01', interval '1 month') WITH ORDINALITY g (m, n)
       WHERE n >= a.start * 20 - 8 AND NOT (a.leave < 0.15 AND n > 10 + a.leave * 60)`,
      [workspaceId],
    );
    await client.query(
      `INSERT INTO account_day (workspace_id, account_id, day, active, revenue, quantity) SELECT $1, id, '2024-11-01', true, 1, 1 FROM account WHERE workspace_id = $1 LIMIT 1`,
      [workspaceId],
    );
    await client.query('VACUUM ANALYZE');
    return workspaceId;
  } finally {
    await client.end();
  }
};

export default async (args: readonly string[]): Promise<BenchResult> => {
  const accounts = Number(args[0] ?? 100_000);
  const database = await benchDatabase();
  try {
    const { createDb } = await import('../../packages/db/src/client.ts');
    const { withWorkspace } = await import('../../packages/db/src/workspace.ts');
    const { settleRevenue } = await import('../../packages/engine/src/revenue.ts');
    const { revenuePage } = await import('../../packages/engine/src/revenue-page.ts');
    const { day } = await import('../../packages/domain/src/calendar.ts');
    const workspaceId = await fill(database.ownerUrl, accounts);
    const db = createDb({ url: database.appUrl, poolSize: 4 });
    const deps = { db, now: () => new Date() };
    const who: Who = { workspaceId, userId: null, role: 'LEADER', actor: 'bench', ownAccountsOf: null };
    const settled = await timed(() => settleRevenue(deps, workspaceId, day('2026-10-31')));
    const pages: number[] = [];
    let round = 0;
    const page = async () => pages.push(await timed(() => revenuePage(deps, who, { window: WINDOWS[round++ % WINDOWS.length] })));
    const sum = () =>
      withWorkspace(db, workspaceId, (tx) => tx.db.$queryRaw`SELECT sum(amount)::text AS total FROM monthly_revenue WHERE workspace_id = ${workspaceId}::uuid`);
    const taken = await alternate({ page, sum }, { rounds: ROUNDS, warmUp: 3 });
    await db.close();
    return {
      bench: 'revenue',
      figures: { page_vs_sum: taken.page / taken.sum, page_p95_ms: percentile(pages.slice(3), 0.95) },
      notes: [
        `${accounts} accounts, 24 months: page ${taken.page.toFixed(1)} ms, sum over the monthly table ${taken.sum.toFixed(0)} ms (medians of ${ROUNDS})`,
        `judging and summing everything anew, as a month's end does: ${(settled / 1000).toFixed(0)} s in the background`,
      ],
    };
  } finally {
    await database.stop();
  }
};
