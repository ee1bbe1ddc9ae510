/** A workspace to score for a bench: a published model, one priced meter, accounts and their days, given or made up. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Deps } from '../../packages/engine/src/deps.ts';
import type { BenchDatabase } from './server.ts';

export type Book = { workspaceId: string; deps: Deps; owner: pg.Client; close: () => Promise<void> };

type Where = { asOfPin?: string; /** A workspace that somebody has set up; absent: one of its own. */ workspaceId?: string };

/** `now`: the moment the product believes it is. */
export const openBook = async (database: BenchDatabase, now: Date, { asOfPin, workspaceId = randomUUID() }: Where = {}): Promise<Book> => {
  const { createDb } = await import('../../packages/db/src/client.ts');
  const { asSystemDb } = await import('../../packages/db/src/system.ts');
  const { withWorkspace } = await import('../../packages/db/src/workspace.ts');
  const { setUpWorkspace } = await import('../../packages/engine/src/set-up-workspace.ts');
  const db = createDb({ url: database.appUrl, poolSize: 4 });
  const system = asSystemDb(createDb({ url: database.systemUrl, poolSize: 1 }));
  const silent = () => undefined;
  const deps: Deps = {
    db,
    system,
    now: () => now,
    log: { info: silent, warn: silent, error: silent },
    mail: async () => ({ sent: false }),
    jobs: { enqueue: async () => undefined, close: async () => undefined },
    baseUrl: 'http://localhost:3000',
    uploadDir: '/nowhere',
    webhookRanges: [],
    sources: { ranges: [], folders: [], sealingKey: null },
  };
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  const { rowCount } = await owner.query(
    `INSERT INTO workspace (id, slug, name, currency, as_of_pin) VALUES ($1, $2, 'Bench', 'GBP', $3) ON CONFLICT (id) DO NOTHING`,
    [workspaceId, workspaceId.slice(0, 8), asOfPin ?? null],
  );
  if (rowCount === 1) await withWorkspace(db, workspaceId, (tx) => setUpWorkspace(tx, now));
  await owner.query(
    `WITH m AS (INSERT INTO meter (workspace_id, key, name, unit) VALUES ($1, 'spend', 'Spend', 'GBP') RETURNING id),
       v AS (INSERT INTO meter_version (workspace_id, meter_id, version, event_name, aggregation, counts_activity) SELECT $1, id, 1, 'spend', 'SUM', true FROM m)
     INSERT INTO price (workspace_id, meter_id, currency, plan, effective_from) SELECT $1, id, 'GBP', '{"kind": "flat", "unitPrice": "1"}', '2000-01-01' FROM m`,
    [workspaceId],
  );
  const close = async () => {
    await owner.end();
    await Promise.all([db.close(), system.close()]);
  };
  return { workspaceId, deps, owner, close };
};

/** Days as given: `active` marks usage days, money counts in any case. */
export const giveDays = async (
  { owner, workspaceId }: Book,
  rows: readonly { account: string; day: string; events: number; revenue: number }[],
): Promise<void> => {
  await owner.query(
    `INSERT INTO account (workspace_id, external_id, name, created_day) SELECT $1, n, n, min(d) FROM unnest($2::text[], $3::date[]) AS u (n, d) GROUP BY n`,
    [workspaceId, rows.map((row) => row.account), rows.map((row) => row.day)],
  );
  await owner.query(
    `INSERT INTO account_day (workspace_id, account_id, day, active, revenue, quantity)
     SELECT $1, a.id, u.day, u.events > 0, u.revenue, 0 FROM unnest($2::text[], $3::date[], $4::int[], $5::numeric[]) AS u (name, day, events, revenue)
     JOIN account a ON a.workspace_id = $1 AND a.external_id = u.name`,
    [workspaceId, rows.map((row) => row.account), rows.map((row) => row.day), rows.map((row) => row.events), rows.map((row) => row.revenue)],
  );
  await spans({ owner, workspaceId });
};

/** `accounts` companies over `days` days to `last`, a fifth of all days in use on average, stored as they came: by day; the same for the same numbers. */
export const makeDays = async (book: Book, accounts: number, days: number, last: string): Promise<number> => {
  const { owner, workspaceId } = book;
  await owner.query('SELECT setseed(0.42)');
  await owner.query(
    `INSERT INTO account (workspace_id, external_id, name, industry, region, plan, created_day)
     SELECT $1, 'a' || n, 'Account ' || n, 'Industry ' || n % 12, 'Region ' || n % 5, 'Plan ' || n % 3, $3::date - ($4::int - 1) + (n * 7919) % greatest(1, $4::int * 3 / 4)
     FROM generate_series(1, $2::int) n`,
    [workspaceId, accounts, last, days],
  );
  // session_replication_role leaves the foreign keys unchecked: the rows are made from the accounts themselves
  await owner.query('SET session_replication_role = replica');
  const { rowCount } = await owner.query(
    `INSERT INTO account_day (workspace_id, account_id, day, active, revenue, quantity)
     SELECT $1, a.id, d.day, true, round((5 + 200 * random())::numeric, 2), 0
     FROM (SELECT *, CASE n % 5 WHEN 0 THEN 0.9 WHEN 1 THEN 0.35 WHEN 2 THEN 0.15 WHEN 3 THEN 0.06 ELSE 0.02 END AS often, CASE WHEN n % 7 = 0 THEN 60 ELSE 0 END AS gone
       FROM (SELECT id, created_day, substr(external_id, 2)::int AS n FROM account WHERE workspace_id = $1) b) a
     CROSS JOIN LATERAL (SELECT g::date AS day, random() AS chance FROM generate_series(a.created_day, $2::date - a.gone, interval '1 day') g OFFSET 0) d
     WHERE d.chance < a.often ORDER BY d.day`,
    [workspaceId, last],
  );
  await owner.query('SET session_replication_role = origin');
  await spans(book);
  await owner.query('VACUUM ANALYZE');
  return rowCount ?? 0;
};

/** One more day behind the last, in use as it was a week before. */
export const addDay = async ({ owner, workspaceId }: Book, day: string): Promise<void> => {
  await owner.query(
    `INSERT INTO account_day (workspace_id, account_id, day, active, revenue, quantity)
     SELECT workspace_id, account_id, $2, active, revenue, quantity FROM account_day WHERE workspace_id = $1 AND day = $2::date - 7`,
    [workspaceId, day],
  );
  await owner.query(
    `UPDATE account_span s SET last_day = d.day, usage_days = usage_days + 1 FROM account_day d
     WHERE s.workspace_id = $1 AND d.workspace_id = s.workspace_id AND d.account_id = s.account_id AND d.day = $2 AND d.active`,
    [workspaceId, day],
  );
};

const spans = ({ owner, workspaceId }: Pick<Book, 'owner' | 'workspaceId'>) =>
  owner.query(
    `INSERT INTO account_span (workspace_id, account_id, first_day, last_day, usage_days, start_days)
     SELECT s.*, b.bits FROM (SELECT workspace_id, account_id, min(day) AS first, max(day), count(*) FROM account_day WHERE workspace_id = $1 AND active GROUP BY 1, 2) s
     CROSS JOIN LATERAL (SELECT bit_or(1::bigint << (d.day - s.first)) AS bits FROM account_day d
       WHERE d.workspace_id = s.workspace_id AND d.account_id = s.account_id AND d.active AND d.day BETWEEN s.first AND s.first + 59) b`,
    [workspaceId],
  );
