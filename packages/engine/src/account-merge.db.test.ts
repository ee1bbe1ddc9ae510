import { addDays, day } from '@tideline/domain/calendar';
import { aMember, aRow, openWorld, type World } from '@tideline/testkit/build';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { get, put } from './account.ts';
import { list, merge, preview, undo } from './account-merge.ts';
import { runMerge } from './account-merge-run.ts';
import { voidEvents } from './correction.ts';
import { runCorrection, undo as undoCorrection } from './correction-run.ts';
import { type TestDeps, testDeps } from './deps.fixture.ts';
import { accept } from './ingest.ts';
import { ingestWorld, type IngestWorld, type Sent, slowDays, type UsageRow } from './ingest.fixture.ts';
import { aModel } from './scoring.fixture.ts';
import { scoreChanged } from './score.ts';
import { verifyUsage } from './verify.ts';

let world: World;
let deps: TestDeps;
beforeAll(async () => {
  world = await openWorld();
  deps = testDeps(world.urls);
});
afterAll(() => deps.close());

const START = day('2026-03-26'); // London's clocks change on the 29th
const eventOf = (prefix: string, accounts: string[]) =>
  fc.record({
    id: fc.uuid().map((id) => `${prefix}-${id}`),
    account: fc.constantFrom(...accounts),
    event: fc.constantFrom('call', 'call', 'disk'),
    timestamp: fc.integer({ min: 0, max: 6 * 24 * 4 }).map((quarters) => new Date(Date.parse(`${START}T00:00:00Z`) + quarters * 900_000).toISOString()),
    value: fc.oneof(fc.integer({ min: -50, max: 200 }), fc.constantFrom('0.1', '2.50', '12345678901234567890.5')),
    properties: fc.record({ user: fc.constantFrom('ann', 'bob', 'cy'), kind: fc.constantFrom('sale', 'sample') }),
  });
const batch = (prefix: string, accounts: string[]) => fc.array(eventOf(prefix, accounts), { minLength: 1, maxLength: 30 });

const at = (own: IngestWorld, text: string) => {
  own.deps.clock.now = new Date(text);
  return own;
};
const send = (own: IngestWorld, events: Sent[]) => accept(own.deps, own.who, events, { historical: false, receivedAt: own.deps.now() });
const idOf = async (own: IngestWorld, key: string): Promise<string> => {
  const [row] = await world.arrange('SELECT id FROM account WHERE workspace_id = $1 AND external_id = $2', [own.who.workspaceId, key]);
  return String(row?.id);
};
const worldAt = async (text: string): Promise<IngestWorld> => {
  const own = at(await ingestWorld(world, deps), text);
  await aModel(world.arrange, own.who.workspaceId);
  await world.arrange(`INSERT INTO account (workspace_id, external_id, name) VALUES ($1, 'acme', 'Acme'), ($1, 'acme-old', 'Acme old')`, [own.who.workspaceId]);
  return own;
};
const runOf = (own: IngestWorld, begun: { mergeId: string; runId: string }) => runMerge(own.deps, { workspaceId: own.who.workspaceId, ...begun });
const merged = async (own: IngestWorld, from = 'acme-old', into = 'acme'): Promise<string> => {
  const begun = await merge(own.deps, own.who, { from: await idOf(own, from), into: await idOf(own, into) });
  await runOf(own, begun);
  return begun.mergeId;
};
const undone = async (own: IngestWorld, id: string): Promise<void> => runOf(own, await undo(own.deps, own.who, id));
/** Daily usage is what a slow count of the stored facts says, and what `verify` counts. */
const expectExact = async (own: IngestWorld): Promise<UsageRow[]> => {
  own.facts = await own.storedFacts();
  const days = await own.days(null);
  expect(days).toEqual(slowDays(own, null));
  expect((await verifyUsage(own.deps, own.who.workspaceId, () => undefined)).differences).toEqual([]);
  return days;
};
/** The days of the facts as they were sent, counted under these keys. */
const slow = (sent: Sent[], keyOf: (key: string) => string) =>
  slowDays({ facts: sent.map((one) => ({ ...one, account: keyOf(one.account), key: one.id, knownOn: START })) }, null).filter(({ meter }) => meter !== 'last');
const noLast = (rows: UsageRow[]) => rows.filter(({ meter }) => meter !== 'last');

test('any events of two accounts, merged, more under the old key, and taken apart again: every day is counted as it was sent', async () => {
  await fc.assert(
    fc.asyncProperty(
      batch('a', ['acme', 'acme-old', 'globex']),
      batch('b', ['acme', 'acme-old']),
      batch('c', ['acme-old', 'acme']),
      async (first, more, last) => {
        const own = await worldAt(`${addDays(START, 6)}T12:00:00Z`);
        await send(own, first);
        const before = await expectExact(own);
        at(own, `${addDays(START, 8)}T12:00:00Z`);
        const id = await merged(own);
        const together = await expectExact(own);
        const toOne = (key: string) => (key === 'acme-old' ? 'acme' : key);
        expect(noLast(together)).toEqual(slow(first, toOne));
        expect(await own.days(addDays(START, 7))).toEqual(before); // what was known then stays
        await send(own, more);
        expect(noLast(await expectExact(own))).toEqual(slow([...first, ...more], toOne));
        const standing = await own.days(null);
        at(own, `${addDays(START, 10)}T12:00:00Z`);
        await undone(own, id);
        expect(noLast(await expectExact(own))).toEqual(slow([...first, ...more], (key) => key));
        expect(await own.days(addDays(START, 9))).toEqual(standing);
        expect(await own.days(addDays(START, 7))).toEqual(before);
        await send(own, last);
        expect(noLast(await expectExact(own))).toEqual(slow([...first, ...more, ...last], (key) => key));
      },
    ),
    { numRuns: 12 },
  );
}, 180_000);

const call = (id: string, account: string, value: number, on = START): Sent => ({
  id,
  account,
  event: 'call',
  value,
  timestamp: `${on}T09:00:00Z`,
  properties: { user: 'ann', kind: 'sale' },
});
const sums = async (own: IngestWorld) =>
  (await own.days(null)).filter(({ meter }) => meter === 'sum').map(({ account, day: on, quantity }) => `${account} ${on} ${quantity}`);

describe('a merge', () => {
  test('is previewed, moves the work, and gives it back', async () => {
    const own = await worldAt(`${addDays(START, 1)}T12:00:00Z`);
    const { workspaceId } = own.who;
    await send(own, [call('a', 'acme', 1), call('b', 'acme-old', 20), call('c', 'acme-old', 300, addDays(START, 1))]);
    const [from, into] = [await idOf(own, 'acme-old'), await idOf(own, 'acme')];
    const rows = { workspace_id: workspaceId, account_id: from };
    const rule = { workspace_id: workspaceId, kind: 'health_below', config: '{}' };
    const rules = [await aRow(world.arrange, 'alert_rule', { ...rule, name: 'one' }), await aRow(world.arrange, 'alert_rule', { ...rule, name: 'two' })];
    const alert = { ...rows, opened_on: START, opened_at: START, sentence: 's', evidence: '{}' };
    const both = await aRow(world.arrange, 'alert', { ...alert, rule_id: rules[0] });
    const only = await aRow(world.arrange, 'alert', { ...alert, rule_id: rules[1] });
    await aRow(world.arrange, 'alert', { ...alert, account_id: into, rule_id: rules[0] });
    await aRow(world.arrange, 'task', { ...rows, title: 'Call' });
    const contact = await aRow(world.arrange, 'contact', { ...rows, external_id: 'ann', name: 'Ann', role: 'champion' });
    await aRow(world.arrange, 'ticket', { ...rows, external_id: 't-1', subject: 'Slow', severity: 'high', opened_at: START });
    await aRow(world.arrange, 'touch', { ...rows, kind: 'call', body: 'Spoke', day: START, at: START, contact_id: contact });
    await aRow(world.arrange, 'contract', { ...rows, start_day: START, end_day: addDays(START, 365) });
    await world.arrange(
      `INSERT INTO monthly_revenue (workspace_id, account_id, month, amount, usage_days) VALUES ($1, $2, '2026-03-01', 320, 2), ($1, $3, '2026-03-01', 1, 1)`,
      [workspaceId, from, into],
    );
    expect(await preview(own.deps, own.who, { from, into })).toMatchObject({
      from: { name: 'Acme old' },
      events: 2,
      days: 2,
      usage: [
        { name: 'count', quantity: '2' },
        { name: 'sum', quantity: '320' },
      ],
      tasks: { all: 1, open: 1 },
      alerts: { all: 2, open: 2 },
      touches: 1,
      contacts: 1,
      tickets: 1,
      contracts: 1,
      revenue: [{ month: '2026-03-01', from: '320', into: '1', together: '321' }],
    });
    const kept = () =>
      world.arrange(
        `SELECT 'alert' AS kind, id::text, account_id::text, state FROM alert WHERE workspace_id = $1 UNION ALL SELECT 'task', id::text, account_id::text, state FROM task WHERE workspace_id = $1
         UNION ALL SELECT 'touch', id::text, account_id::text, contact_id::text FROM touch WHERE workspace_id = $1
         UNION ALL SELECT 'contact', id::text, account_id::text, role FROM contact WHERE workspace_id = $1 UNION ALL SELECT 'ticket', id::text, account_id::text, severity FROM ticket WHERE workspace_id = $1 UNION ALL SELECT 'contract', id::text, account_id::text, '' FROM contract WHERE workspace_id = $1 ORDER BY 1, 2`,
        [workspaceId],
      );
    const before = await kept();
    const id = await merged(own);
    const after = await kept();
    expect(new Set(after.map((row) => row.account_id))).toEqual(new Set([into]));
    expect(after.find((row) => row.id === both)).toMatchObject({ state: 'resolved' });
    expect(after.find((row) => row.id === only)).toMatchObject({ state: 'open' });
    expect(await sums(own)).toEqual([`acme ${START} 21`, `acme ${addDays(START, 1)} 300`]);
    const [revenue] = await world.arrange(`SELECT count(*)::int AS rows FROM rescore WHERE workspace_id = $1`, [workspaceId]);
    expect(revenue).toEqual({ rows: 0 }); // both were rated and judged
    expect(await list(own.deps, own.who)).toMatchObject([{ state: 'merged', events: 2, actor: 'test', from: { name: 'Acme old' }, into: { name: 'Acme' } }]);
    await undone(own, id);
    expect(await kept()).toEqual(before);
    expect(await sums(own)).toEqual([`acme ${START} 1`, `acme-old ${START} 20`, `acme-old ${addDays(START, 1)} 300`]);
    const actions = await world.arrange(`SELECT action FROM audit_log WHERE workspace_id = $1 ORDER BY at, action`, [workspaceId]);
    expect(actions.map(({ action }) => action)).toEqual(['account.merge', 'account.unmerge']);
    await expect(undo(own.deps, own.who, id)).rejects.toMatchObject({ code: 'conflict' });
  });

  test('goes on where it stopped, and takes what comes for the old key while it runs', async () => {
    const own = await worldAt(`${addDays(START, 1)}T12:00:00Z`);
    await send(
      own,
      Array.from({ length: 4_500 }, (_, n) => call(`e${n}`, 'acme-old', 1, addDays(START, -(n % 9)))),
    );
    const begun = await merge(own.deps, own.who, { from: await idOf(own, 'acme-old'), into: await idOf(own, 'acme') });
    await expect(merge(own.deps, own.who, { from: await idOf(own, 'acme'), into: await idOf(own, 'acme-old') })).rejects.toMatchObject({ code: 'conflict' });
    let steps = 0;
    const dying = { ...own.deps, now: () => (++steps > 3 ? fail() : own.deps.now()) };
    const fail = (): never => {
      throw new Error('killed');
    };
    await expect(runMerge(dying, { workspaceId: own.who.workspaceId, ...begun })).rejects.toThrow('killed');
    await expectExact(own);
    await send(own, [call('late', 'acme-old', 5, addDays(START, -20))]);
    await Promise.all([runOf(own, begun), send(own, [call('meanwhile', 'acme-old', 7, addDays(START, -21))])]);
    await runOf(own, begun);
    const days = await expectExact(own);
    expect(new Set(days.map(({ account }) => account))).toEqual(new Set(['acme']));
    expect(await world.arrange('SELECT state FROM background_run WHERE workspace_id = $1', [own.who.workspaceId])).toEqual([{ state: 'done' }]);
  }, 60_000);

  test('of a merged account into a third is undone in the order it came', async () => {
    const own = await worldAt(`${addDays(START, 1)}T12:00:00Z`);
    await send(own, [call('a', 'acme-old', 1), call('b', 'acme', 20), call('c', 'globex', 300)]);
    const one = await merged(own);
    const two = await merged(own, 'acme', 'globex');
    await send(own, [call('d', 'acme-old', 4_000), call('e', 'acme', 50_000)]);
    expect(await sums(own)).toEqual([`globex ${START} 54321`]);
    await expect(undo(own.deps, own.who, one)).rejects.toThrow(/itself merged/);
    await undone(own, two);
    expect(await sums(own)).toEqual([`acme ${START} 54021`, `globex ${START} 300`]);
    await send(own, [call('f', 'acme-old', 600_000)]);
    await undone(own, one);
    expect(await sums(own)).toEqual([`acme ${START} 50020`, `acme-old ${START} 604001`, `globex ${START} 300`]);
    await expectExact(own);
  });

  test('adds the revenue of both by day, and takes it apart to the cent, levels too', async () => {
    const own = await worldAt(`${addDays(START, 10)}T12:00:00Z`);
    const { workspaceId } = own.who;
    await world.arrange(
      `INSERT INTO price (workspace_id, meter_id, currency, plan, effective_from) SELECT workspace_id, id, 'USD', '{"kind":"flat","unitPrice":"2"}', '2026-01-01' FROM meter
       WHERE workspace_id = $1 AND key IN ('sum', 'last')`,
      [workspaceId],
    );
    const disk = (id: string, account: string, value: number, on = START): Sent => ({ ...call(id, account, value, on), event: 'disk' });
    await send(own, [call('a', 'acme', 1), call('b', 'acme-old', 20, addDays(START, 2)), disk('c', 'acme', 31), disk('d', 'acme-old', 62, addDays(START, 3))]);
    await scoreChanged(own.deps, workspaceId);
    const earned = () =>
      world.arrange(
        `SELECT a.external_id AS account, r.day::text, trim_scale(r.amount)::text AS amount FROM daily_revenue r JOIN account a ON a.id = r.account_id
         WHERE r.workspace_id = $1 AND r.amount <> 0 ORDER BY 1, 2, 3`,
        [workspaceId],
      );
    const before = await earned();
    const id = await merged(own);
    const together = await earned();
    expect(new Set(together.map(({ account }) => account))).toEqual(new Set(['acme']));
    const onDay = (offset: number) => together.flatMap(({ day: on, amount }) => (on === addDays(START, offset) ? [amount] : []));
    expect([onDay(0), onDay(1), onDay(2), onDay(3), onDay(4)]).toEqual([['2', '2'], ['2'], ['2', '40'], ['4'], ['4']]);
    await undone(own, id);
    expect(await earned()).toEqual(before);
  });

  test('carries what corrections hold, so that they can be undone afterwards', async () => {
    const own = await worldAt(`${addDays(START, 1)}T12:00:00Z`);
    await send(own, [call('a', 'acme-old', 1), call('b', 'acme-old', 20)]);
    const { correctionId } = await voidEvents(own.deps, own.who, { ids: ['a'], reason: 'Test' });
    const id = await merged(own);
    const begun = await undoCorrection(own.deps, own.who, correctionId);
    await runCorrection(own.deps, { workspaceId: own.who.workspaceId, ...begun, undo: correctionId });
    expect(await sums(own)).toEqual([`acme ${START} 21`]);
    await voidEvents(own.deps, own.who, { ids: ['b'], reason: 'Test' });
    await undone(own, id);
    expect(await sums(own)).toEqual([`acme-old ${START} 1`]);
    await expectExact(own);
  });

  test('keeps what is said under the old key apart, and answers with the surviving account', async () => {
    const own = await worldAt(`${addDays(START, 1)}T12:00:00Z`);
    await merged(own);
    const term = { startDay: START, endDay: addDays(START, 90), commitment: '100' };
    expect(await put(own.deps, own.who, 'acme-old', { name: 'Acme elder', status: 'live', contract: term })).toMatchObject({
      name: 'Acme elder',
      status: 'merged',
      mergedInto: { externalId: 'acme' },
      contracts: [],
    });
    expect(await get(own.deps, own.who, 'acme-old')).toMatchObject({ externalId: 'acme', name: 'Acme', status: 'live', contracts: [{ commitment: '100' }] });
    const [made] = await list(own.deps, own.who);
    await undone(own, made?.id ?? '');
    expect(await get(own.deps, own.who, 'acme-old')).toMatchObject({
      name: 'Acme elder',
      status: 'live',
      mergedInto: null,
      contracts: [{ commitment: '100' }],
    });
    expect(await get(own.deps, own.who, 'acme')).toMatchObject({ contracts: [] });
  });

  test('is refused where events are past their retention, and of accounts that were merged', async () => {
    const own = await worldAt(`${addDays(START, 1)}T12:00:00Z`);
    await send(own, [call('a', 'acme-old', 1)]);
    const pair = { from: await idOf(own, 'acme-old'), into: await idOf(own, 'acme') };
    await world.arrange(`UPDATE workspace SET raw_from = $2 WHERE id = $1`, [own.who.workspaceId, addDays(START, 1)]);
    await expect(merge(own.deps, own.who, pair)).rejects.toThrow(/past their retention/);
    await world.arrange(`UPDATE workspace SET raw_from = NULL WHERE id = $1`, [own.who.workspaceId]);
    await merged(own);
    await expect(merge(own.deps, own.who, pair)).rejects.toThrow(/already/);
    await expect(preview(own.deps, own.who, { ...pair, into: await aMember(world.arrange, own.who.workspaceId) })).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('a merge of accounts that are part of others', () => {
  const grow = async (own: IngestWorld, links: Record<string, string>): Promise<void> => {
    for (const [child, parent] of Object.entries(links)) {
      for (const key of [parent, child]) await put(own.deps, own.who, key, {});
      await put(own.deps, own.who, child, { parent });
    }
  };
  const tree = async (own: IngestWorld) => {
    const rows = await world.arrange(
      `SELECT a.external_id AS key, p.external_id AS parent FROM account a JOIN account p ON p.workspace_id = a.workspace_id AND p.id = a.parent_id
       WHERE a.workspace_id = $1 AND a.status <> 'merged' ORDER BY 1`,
      [own.who.workspaceId],
    );
    return Object.fromEntries(rows.map(({ key, parent }) => [key, parent])) as Record<string, string>;
  };
  const previewed = async (own: IngestWorld) => preview(own.deps, own.who, { from: await idOf(own, 'acme-old'), into: await idOf(own, 'acme') });
  const start = () => worldAt(`${addDays(START, 1)}T12:00:00Z`);

  test('gives its children to the surviving one, and has them back, but not those that went elsewhere since', async () => {
    const own = await start();
    const before = { one: 'acme-old', two: 'acme-old', three: 'acme-old', 'acme-old': 'group' };
    await grow(own, before);
    expect((await previewed(own)).family).toMatchObject({ children: 3, place: null, leaves: { externalId: 'group' } });
    const id = await merged(own);
    expect(await tree(own)).toEqual({ one: 'acme', two: 'acme', three: 'acme' });
    await put(own.deps, own.who, 'three', { parent: 'group' });
    await put(own.deps, own.who, 'four', { parent: 'acme-old' }); // the old key means the surviving account
    expect(await tree(own)).toMatchObject({ four: 'acme' });
    await undone(own, id);
    expect(await tree(own)).toEqual({ ...before, three: 'group', four: 'acme' });
  });

  test('into one below it lets that take its place; into one above it changes nothing else', async () => {
    const own = await start();
    const before = { 'acme-old': 'group', between: 'acme-old', acme: 'between', beside: 'acme-old', under: 'acme' };
    await grow(own, before);
    expect((await previewed(own)).family).toMatchObject({ children: 2, place: { parent: { externalId: 'group' } }, leaves: null });
    const down = await merged(own);
    expect(await tree(own)).toEqual({ acme: 'group', between: 'acme', beside: 'acme', under: 'acme' });
    await undone(own, down);
    expect(await tree(own)).toEqual(before);
    const up = await merged(own, 'acme', 'acme-old');
    expect(await tree(own)).toEqual({ 'acme-old': 'group', between: 'acme-old', beside: 'acme-old', under: 'acme-old' });
    await undone(own, up);
    expect(await tree(own)).toEqual(before);
  });

  test('that makes too many levels is refused before anything moves', async () => {
    const own = await start();
    const before = { two: 'one', three: 'two', four: 'three', acme: 'four', 'unit-of-old': 'acme-old' };
    await grow(own, before);
    await expect(previewed(own)).rejects.toThrow(/With what is part of Acme old under Acme there would be more than 5 levels/);
    await expect(merge(own.deps, own.who, { from: await idOf(own, 'acme-old'), into: await idOf(own, 'acme') })).rejects.toMatchObject({
      code: 'rule-violated',
    });
    expect(await tree(own)).toEqual(before);
    expect(await list(own.deps, own.who)).toEqual([]);
  });

  test('any families, any merge, more moves, and its undoing: never a circle or a level too many; untouched, all is as before', async () => {
    const KEYS = ['acme', 'acme-old', 'a', 'b', 'c', 'd'];
    const move = fc.record({ id: fc.constantFrom(...KEYS), parent: fc.option(fc.constantFrom(...KEYS), { nil: null, freq: 6 }) });
    const all = (own: IngestWorld) =>
      world.arrange(`SELECT external_id, parent_id, status FROM account WHERE workspace_id = $1 ORDER BY 1`, [own.who.workspaceId]);
    const expectFamilies = async (own: IngestWorld) => {
      const [row] = await world.arrange(
        `WITH RECURSIVE up AS (SELECT id, parent_id, 1 AS level FROM account WHERE workspace_id = $1
           UNION ALL SELECT up.id, a.parent_id, level + 1 FROM up JOIN account a ON a.id = up.parent_id WHERE level < 10) SELECT max(level)::int AS levels FROM up`,
        [own.who.workspaceId],
      );
      expect(row?.levels).toBeLessThanOrEqual(5);
    };
    const able = async (own: IngestWorld, moves: { id: string; parent: string | null }[]) => {
      for (const { id, parent } of moves)
        await put(own.deps, own.who, id, { parent }).catch((error: unknown) => expect(error).toMatchObject({ code: 'rule-violated' }));
    };
    const moves = fc.array(move, { minLength: 3, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(moves, fc.array(move, { maxLength: 3 }), async (first, since) => {
        const own = await start();
        for (const key of KEYS) await put(own.deps, own.who, key, {});
        await able(own, first);
        const before = await all(own);
        const id = await merged(own).catch((error: unknown) => {
          expect(error).toMatchObject({ code: 'rule-violated' });
          return null;
        });
        await expectFamilies(own);
        if (id === null) return;
        const [{ under } = { under: null }] = await world.arrange(
          `SELECT count(*)::int AS under FROM account a JOIN account p ON p.id = a.parent_id AND p.status = 'merged' WHERE a.workspace_id = $1`,
          [own.who.workspaceId],
        );
        expect(under).toBe(0);
        await able(own, since);
        await undone(own, id);
        await expectFamilies(own);
        if (since.length === 0) expect(await all(own)).toEqual(before);
      }),
      { numRuns: 25 },
    );
  }, 120_000);
});
