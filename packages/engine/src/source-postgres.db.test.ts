import { type Arrange, openWorld, type World } from '@tideline/testkit/build';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestDeps, testDeps } from './deps.fixture.ts';
import * as source from './source.ts';
import { aWho, pullDue, SOURCES, stored, usage } from './source.fixture.ts';
import * as look from './source-look.ts';
import { pull } from './source-pull.ts';
import { verifyUsage } from './verify.ts';

let world: World;
let deps: TestDeps;
let theirs: Arrange;
let url: string;
beforeAll(async () => {
  world = await openWorld();
  deps = testDeps(world.urls, { sources: SOURCES });
  const other = await openWorld();
  url = `${other.urls.ownerUrl}?sslmode=disable`;
  theirs = other.arrange;
});
afterAll(async () => {
  await deps.close();
});
beforeEach(async () => {
  await theirs(`DROP TABLE IF EXISTS calls; CREATE TABLE calls (id bigint PRIMARY KEY, customer text, at timestamptz, quantity numeric, region text)`);
});

const fill = (from: number, to: number): Promise<unknown> =>
  theirs(
    `INSERT INTO calls SELECT i, 'c' || i % 50, timestamptz '2026-11-01' + i * interval '1 minute', i % 7 + 0.25, 'eu' FROM generate_series($1::int, $2::int) i`,
    [from, to],
  );
const calls = (more: object = {}) => ({ connector: 'postgres' as const, url, query: 'calls', cursor: 'id', overlap: 0, ...more });
const expected = async () => (await theirs('SELECT count(*)::int AS events, coalesce(sum(quantity), 0)::text AS sum FROM calls'))[0];
const same = async (who: Awaited<ReturnType<typeof aWho>>) => {
  const [ours, want] = [await stored(world, who), await expected()];
  expect(ours?.events).toBe(want?.events);
  expect(Number(ours?.sum)).toBe(Number(want?.sum));
  expect((await verifyUsage(deps, who.workspaceId, () => undefined)).differences).toEqual([]);
};

describe('reading', () => {
  test('brings in every row once, then only what is new', async () => {
    const who = await aWho(world);
    await fill(1, 4_500);
    const { id } = await source.create(deps, who, usage(calls(), { id: { column: 'id' } }));
    expect(deps.jobs.asked.at(-1)).toEqual({ name: 'source.pull', payload: { workspaceId: who.workspaceId, sourceId: id } });
    expect(await pullDue(deps, who, id)).toMatchObject({ state: 'waiting', rowsRead: 4_500, accepted: 4_500, error: null, position: '4500' });
    await same(who);
    await fill(4_501, 4_600);
    expect(await pullDue(deps, who, id)).toMatchObject({ rowsRead: 4_600, accepted: 4_600 });
    expect(await pullDue(deps, who, id)).toMatchObject({ rowsRead: 4_600, accepted: 4_600 });
    await same(who);
    const { items } = await source.runs(deps, who, id);
    expect(items.map(({ state, accepted }) => [state, accepted])).toEqual([
      ['done', 100],
      ['done', 4_500],
    ]);
  });

  test.each([
    ['with an id of its own', { id: { column: 'id' } }],
    ['without one', {}],
  ])('a crash between a durable page and its place repeats the page, and each row counts once (%s)', async (_, more) => {
    const who = await aWho(world);
    await fill(1, 5_000);
    const { id } = await source.create(deps, who, usage(calls(), more));
    // The place behind the second page is not kept: the process is as good as dead between the two.
    await world.arrange(`
      CREATE OR REPLACE FUNCTION crash() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF NEW.rows_read > 2000 AND NEW.position IS DISTINCT FROM OLD.position THEN RAISE 'power cut'; END IF; RETURN NEW; END $$;
      CREATE TRIGGER crash BEFORE UPDATE ON source FOR EACH ROW WHEN (NEW.id = '${id}') EXECUTE FUNCTION crash()`);
    expect(await pullDue(deps, who, id)).toMatchObject({ state: 'failed', accepted: 2_000, position: '2000' });
    expect(await stored(world, who)).toMatchObject({ events: 4_000 });
    await world.arrange('DROP TRIGGER crash ON source');
    expect(await pullDue(deps, who, id)).toMatchObject({ state: 'waiting', position: '5000', error: null });
    const [last] = (await source.runs(deps, who, id)).items;
    expect(last).toMatchObject({ rowsRead: 3_000, duplicates: 2_000, accepted: 1_000, conflicts: 0 });
    await same(who);
  });

  test('rows that share a time are told apart across pages, by a column or by themselves', async () => {
    for (const tie of [{ tieBreak: 'id' }, {}]) {
      const who = await aWho(world);
      await theirs('TRUNCATE calls');
      await theirs(`INSERT INTO calls SELECT i, 'c1', '2026-11-01', 1, 'eu' FROM generate_series(1, 4500) i`);
      const { id } = await source.create(deps, who, usage(calls({ cursor: 'at', ...tie })));
      expect(await pullDue(deps, who, id)).toMatchObject({ rowsRead: 4_500, accepted: 4_500 });
      await same(who);
    }
  });

  test('a row that is committed late is found by reading the last minutes again', async () => {
    const who = await aWho(world);
    await theirs(`INSERT INTO calls VALUES (1, 'c1', '2026-11-01 10:00', 1, 'eu'), (2, 'c1', '2026-11-01 10:10:00.123456', 1, 'eu')`);
    const { id } = await source.create(deps, who, usage(calls({ cursor: 'at', overlap: 5, query: 'SELECT * FROM calls WHERE true -- all;' })));
    expect(await pullDue(deps, who, id)).toMatchObject({ accepted: 2, position: '2026-11-01 10:10:00.123456+00' });
    await theirs(`INSERT INTO calls VALUES (3, 'c1', '2026-11-01 10:06', 1, 'eu'), (4, 'c1', '2026-11-01 10:01', 1, 'eu')`);
    expect(await pullDue(deps, who, id)).toMatchObject({ accepted: 3, rowsRead: 4 }); // 10:01 is older than what is read again
  });

  test('accounts are made and changed; what cannot be taken is counted and shown', async () => {
    const who = await aWho(world);
    await theirs(`INSERT INTO calls VALUES (1, 'acme', now(), 1, 'eu'), (2, '', now(), 1, 'eu'), (3, 'globex', now(), 1, 'us')`);
    const body = {
      name: 'CRM',
      kind: 'accounts' as const,
      connection: calls(),
      everyMinutes: 60,
      mapping: { account: { column: 'customer' }, region: { column: 'region' }, fields: [] },
    };
    const { id } = await source.create(deps, who, body);
    expect(await pullDue(deps, who, id)).toMatchObject({ accepted: 2, rowsRead: 3 });
    const [run] = (await source.runs(deps, who, id)).items;
    expect(run).toMatchObject({ rejected: 1, reasons: [{ reason: 'no-account', rows: 1 }], samples: [{ place: '2', message: 'The row names no account' }] });
  });

  test('accounts are part of others that a later page brings', async () => {
    const who = await aWho(world);
    await theirs(`INSERT INTO calls SELECT n, 'unit' || n, now(), 1, 'group' FROM generate_series(1, 2100) n`);
    await theirs(`INSERT INTO calls VALUES (2101, 'group', now(), 1, ''), (2102, 'lost', now(), 1, 'nowhere')`);
    const mapping = { account: { column: 'customer' }, parent: { column: 'region' }, fields: [] };
    const { id } = await source.create(deps, who, { name: 'CRM', kind: 'accounts' as const, connection: calls(), everyMinutes: 60, mapping });
    expect(await pullDue(deps, who, id)).toMatchObject({ accepted: 2_102 });
    expect((await source.runs(deps, who, id)).items[0]).toMatchObject({ rejected: 0, reasons: [{ reason: 'no-parent', rows: 1 }] });
    const under = `SELECT count(*)::int AS accounts FROM account a JOIN account p ON p.id = a.parent_id AND p.external_id = 'group' WHERE a.workspace_id = $1`;
    expect(await world.arrange(under, [who.workspaceId])).toEqual([{ accounts: 2_100 }]);
  });

  test('a pause stops it behind the present page; going on finds the rest', async () => {
    const who = await aWho(world);
    await fill(1, 5_000);
    const { id } = await source.create(deps, who, usage(calls(), { id: { column: 'id' } }));
    await world.arrange(`
      CREATE FUNCTION paused() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.paused = true; RETURN NEW; END $$;
      CREATE TRIGGER paused BEFORE UPDATE OF position ON source FOR EACH ROW WHEN (NEW.id = '${id}' AND NEW.rows_read = 2000) EXECUTE FUNCTION paused()`);
    expect(await pullDue(deps, who, id)).toMatchObject({ state: 'paused', rowsRead: 2_000 });
    expect(await pull(deps, { workspaceId: who.workspaceId, sourceId: id })).toBe(false);
    await expect(source.pullNow(deps, who, id)).rejects.toThrow('paused');
    await source.pause(deps, who, id, false);
    expect(await pullDue(deps, who, id)).toMatchObject({ state: 'waiting', rowsRead: 5_000, accepted: 5_000 });
  });
});

describe('a connection that cannot be used says why', () => {
  const faults: [string, object, RegExp][] = [
    ['a table that is not there', { query: 'nothing' }, /"nothing" does not exist: change the query/],
    ['two statements', { query: 'SELECT 1 AS id) AS t; DROP TABLE calls; SELECT (1' }, /cannot insert multiple commands|syntax error/],
    ['a statement that writes', { query: "SELECT id, nextval('s') FROM calls, (SELECT 1) x" }, /does not exist/],
    ['a cursor that does not grow', { cursor: 'region' }, /"region" cannot be the cursor/],
    ['a column that is not there', { cursor: 'nothing' }, /no column "nothing"/],
    ['nobody at the port', { url: 'postgres://reader@127.0.0.1:1/x?sslmode=disable' }, /127\.0\.0\.1:1: nothing answers there/],
    ['no encryption', { url: () => url.replace('?sslmode=disable', '') }, /does not encrypt/],
    ['a private address', { url: 'postgres://reader@10.1.2.3/x' }, /10\.1\.2\.3, which is a private or reserved address.*SOURCE_RANGES/],
    ['a setting that is not known', { url: 'postgres://reader@127.0.0.1/x?sslmode=maybe' }, /sslmode=maybe is not known/],
  ];
  test.each(faults)('%s', async (_, more, words) => {
    const who = await aWho(world);
    const given = Object.fromEntries(
      Object.entries(more).map(([key, value]: [string, unknown]) => [key, typeof value === 'function' ? (value as () => unknown)() : value]),
    );
    await expect(source.create(deps, who, usage(calls(given)))).rejects.toThrow(words);
    expect(await source.list(deps, who)).toEqual([]);
  });

  test('what breaks later stands on the source, and is tried again ever later', async () => {
    const who = await aWho(world);
    await fill(1, 10);
    const { id } = await source.create(deps, who, usage(calls()));
    await theirs('DROP TABLE calls');
    expect(await pullDue(deps, who, id)).toMatchObject({ state: 'failed', failures: 1, error: expect.stringContaining('does not exist') });
    const again = await pullDue(deps, who, id);
    expect(again).toMatchObject({ failures: 2 });
    expect((again.nextAt?.getTime() ?? 0) - deps.clock.now.getTime()).toBe(30 * 60_000);
  });
});

describe('the password', () => {
  test('is kept sealed, answered by nothing, and goes to no other server', async () => {
    const who = await aWho(world);
    await theirs(`DROP ROLE IF EXISTS reader_of_calls; CREATE ROLE reader_of_calls LOGIN PASSWORD 'pass%word'; GRANT SELECT ON calls TO reader_of_calls`);
    await fill(1, 3);
    const own = url.replace(/\/\/[^@]*@/, '//reader_of_calls:pass%25word@');
    const made = await source.create(deps, who, usage(calls({ url: own }), { id: { column: 'id' } }));
    expect(await pullDue(deps, who, made.id)).toMatchObject({ accepted: 3, error: null });
    const kept = JSON.stringify([made, await world.arrange('SELECT * FROM source'), await world.arrange('SELECT * FROM audit_log')]);
    expect(kept).not.toContain('pass%');
    expect(kept).not.toContain('pass%25');
    const elsewhere = {
      ...usage(calls({ url: made.connection.connector === 'postgres' ? made.connection.url.replace('127.0.0.1', 'localhost') : '' })),
      again: false,
    };
    await expect(source.change(deps, who, made.id, elsewhere)).rejects.toThrow('give it again');
    await theirs('REVOKE SELECT ON calls FROM reader_of_calls; DROP ROLE reader_of_calls');
  });

  test('a preview shows the first rows as they will be read', async () => {
    const who = await aWho(world);
    await fill(1, 20);
    await theirs(`UPDATE calls SET quantity = NULL, customer = NULL WHERE id = 2`);
    expect(await look.lookInto(deps, who, { connection: calls() })).toMatchObject({
      columns: ['id', 'customer', 'at', 'quantity', 'region'],
      cursors: ['id', 'at', 'quantity'],
    });
    const { kind, mapping, connection } = usage(calls());
    const read = await look.preview(deps, who, { kind, mapping, connection });
    expect(read).toMatchObject({ looked: 20, taken: 19, reasons: [{ reason: 'no-account', rows: 1 }] });
    expect(read.rows[0]?.mapped).toMatchObject({ account: 'c1', event: 'call', time: '2026-11-01T00:01:00.000Z', value: '1.25', properties: { region: 'eu' } });
  });
});
