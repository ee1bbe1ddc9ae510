import { anAccount, openWorld, type World } from '@tideline/testkit/build';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDeps, testDeps } from './deps.fixture.ts';
import { ingestWorld } from './ingest.fixture.ts';
import * as meter from './meter.ts';
import * as milestone from './milestone.ts';

let world: World;
let deps: TestDeps;
beforeAll(async () => {
  world = await openWorld();
  deps = testDeps(world.urls);
});
afterAll(() => deps.close());

test('says how many live accounts reached a milestone, and by when half of them do', async () => {
  const { who } = await ingestWorld(world, deps);
  const [counted] = await meter.list(deps, who);
  const first = await milestone.create(deps, who, { name: 'First calls', meterId: counted?.id ?? '', threshold: '10', firstValue: true });
  expect(first).toMatchObject({ accounts: 0, reached: 0, medianDays: null, p90Days: null });
  const account = async (start: Record<string, unknown>, reached: string | null) => {
    const id = await anAccount(world.arrange, who.workspaceId, { created_at: '2026-11-20T00:00:00Z', ...start });
    if (reached) await world.arrange('INSERT INTO milestone_reached VALUES ($1, $2, $3, $4)', [who.workspaceId, id, first.id, reached]);
    return id;
  };
  await account({ created_day: '2026-11-01' }, '2026-11-05');
  await account({ contract_start: '2026-11-01', created_day: '2026-10-01' }, '2026-11-09');
  await account({ created_day: '2026-11-10' }, null);
  await account({ created_day: '2026-10-01' }, null);
  await account({ created_day: '2026-11-01', status: 'test' }, '2026-11-02');
  await account({ created_day: '2026-12-24' }, null); // has not started
  expect((await milestone.list(deps, who))[0]).toMatchObject({ accounts: 4, reached: 2, medianDays: 8, p90Days: null });
  const used = await account({}, '2026-11-22');
  await world.arrange(
    `INSERT INTO account_day (workspace_id, account_id, day, active, meters, quantity, revenue) VALUES ($1, $2, '2026-11-21', true, 1, 1, 0)`,
    [who.workspaceId, used],
  );
  // the day it is reached counts although it is not over: after one day from first usage
  expect((await milestone.list(deps, who))[0]).toMatchObject({ accounts: 5, reached: 3, medianDays: 8 });
});
