import { addDays, type Day, daysFromTo } from '@tideline/domain/calendar';
import { aRow, openWorld, type World } from '@tideline/testkit/build';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { START, names, faultScene } from './data-fault.fixture.ts';
import { testDeps, type TestDeps } from './deps.fixture.ts';
import { accept } from './ingest.ts';
import { emptyProgress, mappingOf, takerOf } from './source-take.ts';

let world: World;
let deps: TestDeps;
beforeAll(async () => {
  world = await openWorld();
  deps = testDeps(world.urls);
});
afterAll(() => deps.close());
const scene = {
  get world() {
    return world;
  },
  get deps() {
    return deps;
  },
};
const { aLiveWorkspace, morning, standing, present, alerts, stampOf } = faultScene(scene);

/** A database or bucket that is read by the clock: rows come by the path of its pages. */
const readBySource = (workspaceId: string, sourceId: string) => async (days: readonly Day[], accounts: readonly string[]) => {
  const map = {
    account: { column: 'account' },
    event: { constant: 'spend' },
    time: { column: 'at' },
    value: { constant: '40' },
    id: { column: 'id' },
    historical: true,
  };
  const taker = await takerOf(deps, { workspaceId, sourceId, mapping: mappingOf('usage', map), progress: emptyProgress() }, ['account', 'at', 'id']);
  const rows = days.flatMap((on) => accounts.map((account) => ({ fields: [account, `${on}T10:00:00Z`, `${account} ${on}`], place: account })));
  await taker.take(rows, () => Promise.resolve([]));
  await taker.end();
};

describe('when one of two senders stops', () => {
  it('holds the accounts of a source that is not readable any more, and lets them go when it is', { timeout: 120_000 }, async () => {
    const { workspaceId } = await aLiveWorkspace();
    const sourceOf = async (name: string) => {
      const row = { workspace_id: workspaceId, name, kind: 'usage', connection: {}, mapping: {}, every_minutes: 15 };
      return readBySource(workspaceId, await aRow(world.arrange, 'source', { ...row, next_at: deps.clock.now, created_at: deps.clock.now }));
    };
    const [warehouse, bucket] = [await sourceOf('Warehouse'), await sourceOf('Bucket')];
    const [stored, kept] = [names('wh', 6), names('bu', 14)];
    deps.clock.now = new Date(`${addDays(START, 1)}T01:00:00Z`);
    const past = daysFromTo(addDays(START, -100), START);
    await warehouse(past, stored);
    await bucket(past, [...kept, 'leaves']);
    await morning(workspaceId, START);
    const ofWarehouse = async () => (await present(workspaceId)).filter(({ account }) => String(account).startsWith('wh'));
    const before = await ofWarehouse();
    const days = daysFromTo(addDays(START, 1), addDays(START, 25));
    for (const on of days) {
      await bucket([on], kept);
      expect(await morning(workspaceId, on)).toEqual([on]);
    }
    expect(await standing(workspaceId)).toMatchObject([
      { scope: 'source', name: 'Warehouse', since: addDays(START, 1), active: 0, usual: 6, accounts: 6, as: null },
    ]);
    expect(await ofWarehouse()).toEqual(before);
    expect(await stampOf(workspaceId, 'wh0')).toMatchObject({
      words: 'Score held as of 1 Oct: no usage has arrived from the source “Warehouse” since Fri 2 Oct',
    });
    expect(await stampOf(workspaceId, 'bu0')).toMatchObject({ words: null });
    expect(await alerts(workspaceId)).toEqual([{ account: 'leaves' }]);

    await warehouse(days, stored);
    await bucket([addDays(START, 26)], kept);
    await warehouse([addDays(START, 26)], stored);
    expect(await morning(workspaceId, addDays(START, 26))).toEqual([addDays(START, 26)]);
    expect(await standing(workspaceId)).toMatchObject([{ scope: 'source', as: 'returned' }]);
    expect(await stampOf(workspaceId, 'wh0')).toMatchObject({ words: null });
    expect(await alerts(workspaceId)).toEqual([{ account: 'leaves' }]);
  });

  it('holds its accounts alone, and lets them go when it sends again', { timeout: 120_000 }, async () => {
    const { workspaceId } = await aLiveWorkspace();
    const senders = [];
    for (const name of ['Europe', 'America']) {
      const id = await aRow(world.arrange, 'api_key', { workspace_id: workspaceId, name, prefix: 'tl', hash: Buffer.from(name), scopes: ['ingest'] });
      const key = { id, eventsPerMinute: null, workspaceEventsPerMinute: 3_000_000 };
      senders.push({ workspaceId, userId: null, role: 'ADMIN' as const, actor: name, ownAccountsOf: null, key });
    }
    const [europe, america] = senders;
    if (!europe || !america) throw new Error('two were made');
    const accountsOf = { Europe: names('eu', 6), America: names('us', 14) };
    const send = (who: typeof europe, days: readonly Day[], accounts: readonly string[]) => {
      const events = days.flatMap((on) =>
        accounts.map((account) => ({ id: `${account} ${on}`, account, event: 'spend', value: 40, timestamp: `${on}T10:00:00Z` })),
      );
      return accept(deps, who, events, { historical: true, receivedAt: deps.clock.now });
    };
    deps.clock.now = new Date(`${addDays(START, 1)}T01:00:00Z`);
    const past = daysFromTo(addDays(START, -100), START);
    await send(europe, past, accountsOf.Europe);
    await send(america, past, [...accountsOf.America, 'leaves']);
    await morning(workspaceId, START);
    const ofEurope = async () => (await present(workspaceId)).filter(({ account }) => String(account).startsWith('eu'));
    const before = await ofEurope();
    const days = daysFromTo(addDays(START, 1), addDays(START, 25));
    for (const on of days) {
      await send(america, [on], accountsOf.America);
      expect(await morning(workspaceId, on)).toEqual([on]);
    }
    expect(await standing(workspaceId)).toMatchObject([{ scope: 'key', name: 'Europe', since: addDays(START, 1), active: 0, usual: 6, accounts: 6, as: null }]);
    expect(await ofEurope()).toEqual(before);
    expect(await alerts(workspaceId)).toEqual([{ account: 'leaves' }]);

    await send(europe, [...days, addDays(START, 26)], accountsOf.Europe);
    await send(america, [addDays(START, 26)], accountsOf.America);
    expect(await morning(workspaceId, addDays(START, 26))).toEqual([addDays(START, 26)]);
    expect(await standing(workspaceId)).toMatchObject([{ as: 'returned' }]);
    expect((await ofEurope()).map(({ day: on, segment }) => ({ on, segment }))).toEqual(before.map(({ segment }) => ({ on: addDays(START, 26), segment })));
    expect(await alerts(workspaceId)).toEqual([{ account: 'leaves' }]);
  });
});
