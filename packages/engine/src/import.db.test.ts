import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { MappingFile, type UsageMapping } from '@tideline/contracts/import';
import { aMember, aWorkspace, openWorld, type World } from '@tideline/testkit/build';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Who } from './deps.ts';
import { type TestDeps, testDeps } from './deps.fixture.ts';
import * as imports from './import.ts';
import { firstRefused } from './import-refused.ts';
import { runImport } from './import-run.ts';
import { verifyUsage } from './verify.ts';

const EXAMPLE = join(import.meta.dirname, '../../../examples/online-retail');
let world: World;
let deps: TestDeps;
beforeAll(async () => {
  world = await openWorld();
  deps = testDeps(world.urls, { uploadDir: await mkdtemp(join(tmpdir(), 'tideline-uploads-')) });
});
afterAll(async () => {
  await deps.close();
  await rm(deps.uploadDir, { recursive: true });
});

const aWho = async (row: Record<string, unknown> = {}): Promise<Who> => {
  const workspaceId = await aWorkspace(world.arrange, { timezone: 'Europe/London', ...row });
  const userId = await aMember(world.arrange, workspaceId, { role: 'ADMIN' });
  return { workspaceId, userId, role: 'ADMIN', actor: 'Ada', ownAccountsOf: null };
};
const stream = (content: string | Buffer): ReadableStream<Uint8Array> => new Blob([content as string]).stream();
const mapping: UsageMapping = {
  account: { column: 'customer' },
  event: { constant: 'sale' },
  time: { column: 'at' },
  value: { product: ['quantity', 'price'] },
  properties: ['sku'],
  filter: [],
  historical: true,
};
/** Uploads a file and takes it in; answers the import as the screen shows it. */
const take = async (who: Who, content: string | Buffer, more: Partial<UsageMapping> = {}, options: { source?: string; dryRun?: boolean } = {}) => {
  const { uploadId } = await imports.upload(deps, who, stream(content), 'sales.csv');
  const wanted = {
    kind: 'usage' as const,
    mapping: { ...mapping, ...more },
    uploadId,
    fileName: 'sales.csv',
    meters: [],
    prices: [],
    dryRun: false,
    ...options,
  };
  const { id } = await imports.start(deps, who, wanted);
  await runImport(deps, { workspaceId: who.workspaceId, importId: id });
  return imports.get(deps, who, id);
};
const counts = ({ rowsRead, accepted, duplicates, conflicts, rejected }: Awaited<ReturnType<typeof take>>) => ({
  rowsRead,
  accepted,
  duplicates,
  conflicts,
  rejected,
});
const file = (rows: readonly string[]): string => ['customer,at,quantity,price,sku', ...rows].join('\n');

describe('identity', () => {
  const row = fc.constantFrom('acme,2025-03-01 10:00,1,2.50,a', 'acme,2025-03-01 10:00,1,2.50,b', 'globex,2025-03-02,2,1,a', 'globex,2025-03-02,3,1,a');
  const rows = fc.array(row, { minLength: 1, maxLength: 30 });
  const times = (list: readonly string[]) => Map.groupBy(list, (one) => one);

  test('equal rows are separate facts; a file with rows added or moved adds only what is new', async () => {
    await fc.assert(
      fc.asyncProperty(rows, rows, async (first, second) => {
        const who = await aWho();
        const shuffled = [...first, ...second].toSorted((a, b) =>
          createHash('md5').update(a).digest('hex') < createHash('md5').update(b).digest('hex') ? 1 : -1,
        );
        expect(counts(await take(who, file(first)))).toEqual({ rowsRead: first.length, accepted: first.length, duplicates: 0, conflicts: 0, rejected: 0 });
        expect(await take(who, file(shuffled))).toMatchObject({ accepted: second.length, duplicates: first.length });
        // a file that holds fewer of some rows and more of others
        const stored = times(shuffled);
        const wanted = [...times([...second, ...second])].reduce((sum, [one, list]) => sum + Math.max(0, list.length - (stored.get(one)?.length ?? 0)), 0);
        expect(await take(who, file([...second, ...second]))).toMatchObject({ accepted: wanted });
      }),
      { numRuns: 12 },
    );
  }, 120_000);

  test('two sources are told apart; a mapped id is one fact whatever its source', async () => {
    const who = await aWho();
    const one = file(['acme,2025-03-01 10:00,1,2.50,a']);
    expect(await take(who, one, {}, { source: 'north' })).toMatchObject({ accepted: 1 });
    expect(await take(who, one, {}, { source: 'south' })).toMatchObject({ accepted: 1 });
    expect(await take(who, one, { id: { column: 'sku' } }, { source: 'north' })).toMatchObject({ accepted: 1 });
    expect(await take(who, one, { id: { column: 'sku' } }, { source: 'south' })).toMatchObject({ duplicates: 1 });
    expect(await take(who, file(['acme,2025-03-01 10:00,2,2.50,a']), { id: { column: 'sku' } })).toMatchObject({ conflicts: 1 });
  });
});

describe('the report', () => {
  const content = file([
    'acme,2025-03-01 10:00,1,2.50,a',
    ',2025-03-01 10:00,1,2.50,a',
    'acme,yesterday,1,2.50,a',
    'acme,2025-03-01 10:00,one,2.50,"a, or ""b"""',
    'acme,2025-03-01 10:00,1,2.50',
    'acme,1999-03-01 10:00,1,2.50,a',
    'acme,2025-03-01 10:00,1,2.50,skip',
  ]);
  const filter = [{ column: 'sku', op: 'ne' as const, value: 'skip' }];

  test('counts every refused row by reason and offers them as a file', async () => {
    const who = await aWho();
    const done = await take(who, gzipSync(content), { filter });
    expect(counts(done)).toEqual({ rowsRead: 7, accepted: 1, duplicates: 0, conflicts: 0, rejected: 5 });
    expect(done.reasons.map(({ reason }) => reason).toSorted((a, b) => a.localeCompare(b))).toEqual([
      'bad-number',
      'bad-time',
      'no-account',
      'timestamp-out-of-range',
      'wrong-columns',
    ]);
    expect((await firstRefused(deps, who, done.id, 4)).map(({ row, column, message }) => [row, column, message])).toEqual([
      [2, 'customer', 'The row names no account'],
      [3, 'at', '"yesterday" is not a time that can be read'],
      [4, 'quantity', '"one" is not a number'],
      [5, null, 'The row has 4 columns, the header 5'],
    ]);
    for (const { remedy } of await firstRefused(deps, who, done.id, 5)) expect(remedy).toMatch(/^[A-Z].+[^.]$/);
    await expect(firstRefused(deps, await aWho(), done.id, 5)).rejects.toMatchObject({ code: 'not-found' });
    const { fileName, lines } = await imports.rejectLines(deps, who, done.id);
    let text = '';
    for await (const line of lines) text += line;
    expect(fileName).toBe('rejected-sales.csv');
    expect(text.split('\n').slice(0, 5)).toEqual([
      'row,reason,message,customer,at,quantity,price,sku',
      '2,no-account,The row names no account,,2025-03-01 10:00,1,2.50,a',
      '3,bad-time,"""yesterday"" is not a time that can be read",acme,yesterday,1,2.50,a',
      '4,bad-number,"""one"" is not a number",acme,2025-03-01 10:00,one,2.50,"a, or ""b"""',
      '5,wrong-columns,"The row has 4 columns, the header 5",acme,2025-03-01 10:00,1,2.50',
    ]);
    expect(await readdir(join(deps.uploadDir, who.workspaceId))).toEqual([]); // its work is done
    expect(await world.arrange(`SELECT count(*)::int FROM import_row`)).toEqual([{ count: 0 }]);
  });

  test('a preview says the same of the first rows, and a dry run of all, and neither stores anything', async () => {
    const who = await aWho();
    const { uploadId, columns, sample } = await imports.upload(deps, who, stream(content), 'x.csv');
    expect([columns, sample.length]).toEqual([['customer', 'at', 'quantity', 'price', 'sku'], 7]);
    const seen = await imports.preview(deps, who, { kind: 'usage', mapping: { ...mapping, filter }, uploadId });
    expect(seen).toMatchObject({ looked: 7, taken: 1, filtered: 1 });
    expect(seen.rows[0]?.mapped).toEqual({
      id: null,
      account: 'acme',
      event: 'sale',
      time: '2025-03-01T10:00:00.000Z',
      value: '2.5',
      properties: { sku: 'a' },
      arrival: null,
    });
    expect(await take(who, content, { filter }, { dryRun: true })).toMatchObject({ dryRun: true, accepted: 1, rejected: 5, duplicates: 0 });
    expect(await world.arrange(`SELECT count(*)::int FROM event WHERE workspace_id = $1`, [who.workspaceId])).toEqual([{ count: 0 }]);
    await take(who, content, { filter });
    expect(await take(who, content, { filter }, { dryRun: true })).toMatchObject({ accepted: 0, duplicates: 1 });
  });

  test('a file that waits can be looked into again, by its own workspace, until it has done its work', async () => {
    const [who, other] = [await aWho(), await aWho()];
    const { uploadId } = await imports.upload(deps, who, stream(content), 'x.csv');
    expect(await imports.uploaded(deps, who, uploadId, 'x.csv')).toMatchObject({
      columns: ['customer', 'at', 'quantity', 'price', 'sku'],
      bytes: content.length,
    });
    expect(await imports.uploaded(deps, other, uploadId, 'x.csv')).toBeNull();
    expect(await imports.uploaded(deps, who, '../../../etc/hostname', 'x.csv')).toBeNull();
    const tried = await take(who, content, { filter }, { dryRun: true });
    const asked = await imports.askedOf(deps, who, tried.id);
    expect(asked).toMatchObject({ kind: 'usage', source: 'sales.csv', fileName: 'sales.csv', map: { ...mapping, filter } });
    expect(await imports.uploaded(deps, who, asked.uploadId ?? '', 'sales.csv')).not.toBeNull();
    const done = await take(who, content, { filter });
    expect(await imports.askedOf(deps, who, done.id)).toMatchObject({ uploadId: null });
    await expect(imports.askedOf(deps, other, done.id)).rejects.toMatchObject({ code: 'not-found' });
  });

  test.each<[string, string | Buffer, Partial<UsageMapping>, RegExp]>([
    ['a column that is not there', file([]), { account: { column: 'client' } }, /no column "client": it has customer/],
    ['an empty file', '', {}, /empty/],
    ['half a gzip archive', gzipSync(file(Array.from({ length: 5_000 }, (_, i) => `a${i},2025-03-01,1,1,a`))).subarray(0, 9_000), {}, /cut short/],
  ])('%s is refused in words', async (_, content2, more, words) => {
    const who = await aWho();
    const ended = await take(who, content2, more).catch((error: unknown) => ({ error: error instanceof Error ? error.message : '', state: 'refused' }));
    expect(ended.error).toMatch(words);
  });
});

test('one reader at a time; a reader that died is followed by another', async () => {
  const who = await aWho();
  const { uploadId } = await imports.upload(deps, who, stream(file(['acme,2025-03-01 10:00,1,1,a', 'acme,2025-03-01 10:00,1,1,a'])), 'x.csv');
  const { id } = await imports.start(deps, who, { kind: 'usage', mapping, uploadId, fileName: 'x.csv', meters: [], prices: [], dryRun: false });
  const payload = { workspaceId: who.workspaceId, importId: id };
  // a reader that counted one row and died
  await world.arrange(`UPDATE import SET state = 'running', claim = gen_random_uuid(), claimed_until = $2 WHERE id = $1`, [
    id,
    new Date(deps.clock.now.getTime() + 30_000),
  ]);
  await world.arrange(`INSERT INTO import_row SELECT workspace_id, id, '\\x00', 1 FROM import WHERE id = $1`, [id]);
  expect(await runImport(deps, payload)).toBe(false);
  deps.clock.now = new Date(deps.clock.now.getTime() + 61_000);
  expect(await runImport(deps, payload)).toBe(true);
  expect(await imports.get(deps, who, id)).toMatchObject({ state: 'done', accepted: 2 });
  expect(await runImport(deps, payload)).toBe(false);
  await expect(imports.cancel(deps, who, id)).rejects.toMatchObject({ code: 'conflict' });
});

test('a cancelled import does not start, and one that runs stops', async () => {
  const who = await aWho();
  const begin = async () => {
    const { uploadId } = await imports.upload(deps, who, stream(file(['acme,2025-03-01 10:00,1,1,a'])), 'x.csv');
    return imports.start(deps, who, { kind: 'usage', mapping, uploadId, fileName: 'x.csv', meters: [], prices: [], dryRun: false });
  };
  const waiting = await begin();
  await imports.cancel(deps, who, waiting.id);
  expect(await runImport(deps, { workspaceId: who.workspaceId, importId: waiting.id })).toBe(false);
  const running = await begin();
  await world.arrange(`UPDATE import SET cancel_requested = true WHERE id = $1`, [running.id]);
  expect(await runImport(deps, { workspaceId: who.workspaceId, importId: running.id })).toBe(true);
  expect((await imports.list(deps, who)).map(({ state }) => state)).toEqual(['cancelled', 'cancelled']);
});

test('accounts come with owners by e-mail; who is no member leaves them unassigned', async () => {
  const who = await aWho();
  const [{ email = '' } = {}] = await world.arrange(`SELECT email FROM app_user WHERE id = $1`, [who.userId]);
  const content = [
    'key,name,mail,state,since,seats',
    `acme,Acme,${String(email).toUpperCase()},,2024-05-01,12`,
    'globex,,nobody@example.com,closed,,',
    ',x,,,,',
    'initech,Initech,,asleep,,',
    'hooli,Hooli,,,01/02/2024,',
  ].join('\n');
  const column = (name: string) => ({ column: name });
  const mapped = {
    kind: 'accounts' as const,
    mapping: {
      account: column('key'),
      name: column('name'),
      owner: column('mail'),
      status: column('state'),
      contractStart: column('since'),
      fields: ['seats'],
    },
  };
  const run = async () => {
    const { uploadId } = await imports.upload(deps, who, stream(content), 'a.csv');
    const { id } = await imports.start(deps, who, { ...mapped, uploadId, fileName: 'a.csv', meters: [], prices: [], dryRun: false });
    await runImport(deps, { workspaceId: who.workspaceId, importId: id });
    return imports.get(deps, who, id);
  };
  const first = await run();
  expect(counts(first)).toEqual({ rowsRead: 5, accepted: 2, duplicates: 0, conflicts: 0, rejected: 3 });
  expect(first.reasons.map(({ reason }) => reason).toSorted((a, b) => a.localeCompare(b))).toEqual([
    'bad-day',
    'bad-status',
    'no-account',
    'owner-not-a-member',
  ]);
  expect(
    await world.arrange(
      `SELECT external_id, name, owner_id, status, contract_start::text, fields, created_via FROM account WHERE workspace_id = $1 ORDER BY 1`,
      [who.workspaceId],
    ),
  ).toEqual([
    { external_id: 'acme', name: 'Acme', owner_id: who.userId, status: 'live', contract_start: '2024-05-01', fields: { seats: '12' }, created_via: 'import' },
    { external_id: 'globex', name: 'globex', owner_id: null, status: 'closed', contract_start: null, fields: {}, created_via: 'import' },
  ]);
  await world.arrange(`UPDATE account SET name = 'Globex' WHERE external_id = 'globex'`);
  expect(await run()).toMatchObject({ accepted: 0, duplicates: 2 });
});

test('the example: a year of invoices, its meters and its money, and the same file again adds nothing', async () => {
  const who = await aWho({ currency: 'GBP' });
  const example = MappingFile.parse(JSON.parse(await readFile(join(EXAMPLE, 'invoices.mapping.json'), 'utf8')));
  const content = await readFile(join(EXAMPLE, 'invoices.csv'));
  await imports.applyMetering(deps, who, example);
  if (example.kind !== 'usage') throw new Error('the example is usage');
  const first = await take(who, content, example.mapping, { source: 'invoices' });
  expect(first).toMatchObject({ accepted: 22_190, rejected: 0, newestDay: '2011-12-09', offerAsOf: '2011-12-09' });
  expect(await take(who, gzipSync(content), example.mapping, { source: 'invoices' })).toMatchObject({ accepted: 0, duplicates: 22_190 });
  const sums = `SELECT m.key, trim_scale(sum(d.quantity))::text AS total FROM daily_usage d JOIN meter_version v ON v.id = d.meter_version_id JOIN meter m ON m.id = v.meter_id WHERE d.workspace_id = $1 GROUP BY 1 ORDER BY 1`;
  expect(await world.arrange(sums, [who.workspaceId])).toEqual([
    { key: 'orders', total: '18536' },
    { key: 'spend', total: '8300065.814' },
    { key: 'units', total: '4906888' },
  ]);
  const usage = `SELECT count(*)::int AS days, count(DISTINCT account_id)::int AS accounts FROM (SELECT DISTINCT account_id, day FROM daily_usage WHERE workspace_id = $1 AND active > 0) d`;
  expect(await world.arrange(usage, [who.workspaceId])).toEqual([{ days: 16_763, accounts: 4_338 }]);
  // daily totals against an independent sum over the file
  await world.arrange(`CREATE TABLE raw_invoice (invoice text, customer text, at text, sold numeric, units numeric, amount numeric)`);
  const lines = content.toString().trim().split('\n').slice(1);
  await world.arrange(
    `INSERT INTO raw_invoice SELECT l[1], l[2], l[3], l[4]::numeric, l[5]::numeric, l[6]::numeric FROM (SELECT string_to_array(x, ',') AS l FROM unnest($1::text[]) x) s`,
    [lines],
  );
  const differences = `SELECT 1 FROM (
      SELECT customer, left(at, 10)::date AS day, sum(amount) AS spend, sum(units) AS units, count(DISTINCT invoice) FILTER (WHERE invoice NOT LIKE 'C%') AS orders FROM raw_invoice GROUP BY 1, 2) r
    FULL JOIN (
      SELECT a.external_id AS customer, d.day, sum(d.quantity) FILTER (WHERE m.key = 'spend') AS spend, sum(d.quantity) FILTER (WHERE m.key = 'units') AS units, coalesce(sum(d.quantity) FILTER (WHERE m.key = 'orders'), 0) AS orders
      FROM daily_usage d JOIN account a ON a.id = d.account_id JOIN meter_version v ON v.id = d.meter_version_id JOIN meter m ON m.id = v.meter_id WHERE d.workspace_id = $1 GROUP BY 1, 2) t
    USING (customer, day) WHERE (r.spend, r.units, r.orders) IS DISTINCT FROM (t.spend, t.units, t.orders)`;
  expect(await world.arrange(differences, [who.workspaceId])).toEqual([]);
  expect((await verifyUsage(deps, who.workspaceId, () => undefined)).differences).toEqual([]);
  expect(deps.jobs.asked.filter(({ name, payload }) => name === 'score.backfill' && (payload as Who).workspaceId === who.workspaceId)).toHaveLength(1);
}, 240_000);

test('accounts name what they are part of, which may stand further down; what cannot be is told and the account is taken in', async () => {
  const who = await aWho();
  const content = ['key,parent', 'unit,group', 'lost,nowhere', 'group,top', 'top,unit', 'self,self', 'top,', 'unit,group'].join('\n');
  const mapped = { kind: 'accounts' as const, mapping: { account: { column: 'key' }, parent: { column: 'parent' }, fields: [] } };
  const { uploadId } = await imports.upload(deps, who, stream(content), 'a.csv');
  const { id } = await imports.start(deps, who, { ...mapped, uploadId, fileName: 'a.csv', meters: [], prices: [], dryRun: false });
  await runImport(deps, { workspaceId: who.workspaceId, importId: id });
  const done = await imports.get(deps, who, id);
  expect(counts(done)).toMatchObject({ rowsRead: 7, accepted: 5, rejected: 0 });
  expect(done.reasons.map(({ reason, rows }) => [reason, rows]).toSorted()).toEqual([
    ['no-parent', 1],
    ['parent-refused', 2],
  ]);
  const kept = await world.arrange(
    `SELECT a.external_id AS key, p.external_id AS parent FROM account a LEFT JOIN account p ON p.id = a.parent_id WHERE a.workspace_id = $1 ORDER BY 1`,
    [who.workspaceId],
  );
  const found = Object.fromEntries(kept.map(({ key, parent }) => [key, parent])) as Record<string, string | null>;
  expect(found).toMatchObject({ lost: null, self: null });
  expect(['unit', 'group', 'top'].filter((key) => found[key] === null)).toHaveLength(1); // a circle of three is left open at one place
  const rejects = await world.arrange(`SELECT message FROM import_reject WHERE workspace_id = $1`, [who.workspaceId]);
  expect(rejects.map(({ message }) => String(message)).join('\n')).toMatch(/There is no account with the key "nowhere": send it, then the row of lost again/);
});
