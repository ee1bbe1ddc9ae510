import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UsageMapping } from '@tideline/contracts/import';
import { type Arrange, openWorld, type World } from '@tideline/testkit/build';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Who } from './deps.ts';
import { type TestDeps, testDeps } from './deps.fixture.ts';
import * as imports from './import.ts';
import { runImport } from './import-run.ts';
import * as refusedEvent from './refused-event.ts';
import * as source from './source.ts';
import { aWho, pullDue, SOURCES, usage } from './source.fixture.ts';
import { verifyUsage } from './verify.ts';

let world: World;
let deps: TestDeps;
let theirs: Arrange;
let url: string;
beforeAll(async () => {
  world = await openWorld();
  deps = testDeps(world.urls, { sources: SOURCES, uploadDir: await mkdtemp(join(tmpdir(), 'tideline-uploads-')) });
  const other = await openWorld();
  url = `${other.urls.ownerUrl}?sslmode=disable`;
  theirs = other.arrange;
});
afterAll(async () => {
  await deps.close();
  await rm(deps.uploadDir, { recursive: true });
});

const NOW = new Date('2026-11-22T09:00:00Z');
const DAY_MS = 86_400_000;
const mapping: UsageMapping = {
  account: { column: 'customer' },
  event: { constant: 'sale' },
  time: { column: 'at' },
  value: { column: 'quantity' },
  properties: ['sku'],
  filter: [],
  historical: true,
};
const file = (rows: readonly string[]): string => ['customer,at,quantity,sku,told', ...rows].join('\n');
const take = async (who: Who, rows: readonly string[], more: Partial<UsageMapping> = {}, dryRun = false) => {
  const { uploadId } = await imports.upload(deps, who, new Blob([file(rows)]).stream(), 'sales.csv');
  const { id } = await imports.start(deps, who, {
    kind: 'usage',
    mapping: { ...mapping, ...more },
    uploadId,
    fileName: 'sales.csv',
    meters: [],
    prices: [],
    dryRun,
  });
  await runImport(deps, { workspaceId: who.workspaceId, importId: id });
  return imports.get(deps, who, id);
};
/** A workspace that knows one account and creates none. */
const strict = async (): Promise<Who> => {
  deps.clock.now = NOW;
  const who = await aWho(world);
  await world.arrange(`UPDATE workspace SET unknown_accounts = 'refuse' WHERE id = $1`, [who.workspaceId]);
  await account(who, 'acme');
  return who;
};
const account = (who: Who, key: string) => world.arrange(`INSERT INTO account (workspace_id, external_id, name) VALUES ($1, $2, $2)`, [who.workspaceId, key]);
const kept = async (who: Who, origin?: string) => {
  const { groups } = await refusedEvent.list(deps, who, { limit: 1, ...(origin ? { origin } : {}) });
  return Object.fromEntries(groups.map((group) => [group.reason, group.kept]));
};
const events = (who: Who) =>
  world.arrange(
    `SELECT a.external_id AS account, e.time, e.value::text AS value, e.properties, e.known_at, e.known_assumed FROM event e
     JOIN account a ON a.workspace_id = e.workspace_id AND a.id = e.account_id WHERE e.workspace_id = $1 ORDER BY e.time, 1, 3`,
    [who.workspaceId],
  );
const whole = async (who: Who) => expect((await verifyUsage(deps, who.workspaceId, () => undefined)).differences).toEqual([]);

test('rows of an import that were refused are kept with their import, and counted once the cause is gone, as they happened', async () => {
  const who = await strict();
  const rows = ['new,2025-03-01 10:00,1,a,', 'new,2025-03-01 10:00,1,a,', 'acme,2025-03-01 10:00,one,a,', ',2025-03-01,1,a,', 'acme,2026-11-24 09:00,5,b,'];
  expect(await take(who, rows, {}, true)).toMatchObject({ accepted: 0, rejected: 5 });
  expect(await kept(who)).toEqual({}); // a dry run keeps nothing
  const done = await take(who, [...rows, 'acme,2025-03-01 10:00,2,a,']);
  expect(done).toMatchObject({ accepted: 1, rejected: 5 }); // the report is as it was
  expect(await kept(who)).toEqual({ 'unknown-account': 2, 'invalid-value': 1, 'clock-ahead': 1 });
  expect(await kept(who, done.id)).toEqual(await kept(who));
  const { items } = await refusedEvent.list(deps, who, { limit: 9, reason: 'unknown-account' });
  expect(items).toMatchObject([
    { client: 'import', originId: done.id, originName: 'sales.csv', eventId: null, account: 'new', event: 'sale', times: 1, whole: true },
    { originId: done.id },
  ]);
  expect(JSON.parse(items[0]?.body ?? '')).toEqual({
    account: 'new',
    event: 'sale',
    timestamp: '2025-03-01T10:00:00.000Z',
    value: '1',
    properties: { sku: 'a' },
  });

  await account(who, 'new');
  expect(await refusedEvent.retry(deps, who, { origin: done.id })).toMatchObject({ accepted: 2, duplicates: 0, refused: 2 });
  deps.clock.now = new Date(NOW.getTime() + 3 * DAY_MS);
  expect(await refusedEvent.retry(deps, who, { reason: 'clock-ahead' })).toMatchObject({ accepted: 1, refused: 0 });
  const stored = await events(who);
  expect(stored.map(({ account: key, value }) => [key, value])).toEqual([
    ['acme', '2'],
    ['new', '1'],
    ['new', '1'],
    ['acme', '5'],
  ]);
  for (const { time, known_at: known, known_assumed: assumed } of stored) expect([known, assumed]).toEqual([time, true]);
  expect(await take(who, rows)).toMatchObject({ accepted: 0, duplicates: 3, rejected: 2 });
  await whole(who);
});

test('when a row says since when it is known, its replay keeps to that', async () => {
  const who = await strict();
  await take(who, ['new,2025-03-01 10:00,1,a,2025-03-05 08:00'], { arrival: { column: 'told' } });
  await account(who, 'new');
  expect(await refusedEvent.retry(deps, who, {})).toMatchObject({ accepted: 1 });
  expect(await events(who)).toMatchObject([{ known_at: new Date('2025-03-05T08:00:00Z'), known_assumed: false }]);
});

test('any rows, replayed and imported again in any order: each counts once', async () => {
  const row = fc.constantFrom('new,2025-03-01 10:00,1,a,', 'new,2025-03-01 10:00,2,a,', 'acme,2025-03-02 10:00,1,a,', 'acme,2026-11-24 10:00,3,b,');
  const step = fc.constantFrom('replay', 'import', 'day', 'account');
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 8 }), fc.array(step, { maxLength: 5 }), async (rows, steps) => {
      const who = await strict();
      await take(who, rows);
      let known = false;
      for (const one of [...steps, 'account', 'day', 'day', 'day', 'replay'] as const) {
        if (one === 'replay') await refusedEvent.retry(deps, who, {});
        else if (one === 'import') await take(who, rows);
        else if (one === 'day') deps.clock.now = new Date(deps.clock.now.getTime() + DAY_MS);
        else if (!known) {
          await account(who, 'new');
          known = true;
        }
      }
      expect(await kept(who)).toEqual({});
      const stored = (await events(who)).map(({ account: key, value }) => `${String(key)} ${String(value)}`);
      const sent = rows.map((text) => `${text.split(',')[0] ?? ''} ${text.split(',')[2] ?? ''}`);
      expect(stored.toSorted()).toEqual(sent.toSorted());
      expect(await take(who, rows)).toMatchObject({ accepted: 0, duplicates: rows.length });
      await whole(who);
    }),
    { numRuns: 10 },
  );
}, 120_000);

test('rows of a source that were refused are kept with their source, and each is counted once', async () => {
  const who = await strict();
  await theirs(`DROP TABLE IF EXISTS calls; CREATE TABLE calls (id bigint PRIMARY KEY, customer text, at timestamptz, quantity text, region text)`);
  await theirs(`INSERT INTO calls VALUES (1, 'acme', '2026-11-01', '1', 'eu'), (2, 'new', '2026-11-01', '2', 'eu'), (3, 'new', '2026-11-01', '2', 'eu'),
    (4, 'acme', '2026-11-24 12:00Z', '4', 'eu'), (5, 'acme', '2026-11-01', 'five', 'eu')`);
  const { id } = await source.create(deps, who, usage({ connector: 'postgres', url, query: 'calls', cursor: 'id', overlap: 0 }));
  expect(await pullDue(deps, who, id)).toMatchObject({ state: 'waiting', accepted: 1 });
  expect(await kept(who, id)).toEqual({ 'unknown-account': 2, 'clock-ahead': 1, 'invalid-value': 1 });
  expect((await refusedEvent.list(deps, who, { limit: 1 })).items).toMatchObject([{ client: 'source', originId: id, originName: 'Warehouse' }]);
  const [run] = (await source.runs(deps, who, id)).items;
  expect(run).toMatchObject({ accepted: 1, rejected: 4 });
  await account(who, 'new');
  deps.clock.now = new Date(NOW.getTime() + 3 * DAY_MS);
  expect(await refusedEvent.retry(deps, who, { origin: id })).toMatchObject({ accepted: 3, refused: 1 });
  // The source starts over: what was taken in from here is met again.
  await world.arrange(`UPDATE source SET position = NULL WHERE id = $1`, [id]);
  await pullDue(deps, who, id);
  expect((await source.runs(deps, who, id)).items[0]).toMatchObject({ accepted: 0, duplicates: 4, rejected: 1 });
  expect(await kept(who)).toEqual({ 'invalid-value': 1 });
  await whole(who);
});
