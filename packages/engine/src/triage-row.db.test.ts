import { addDays, type Day, day, daysFromTo } from '@tideline/domain/calendar';
import { withWorkspace } from '@tideline/db/workspace';
import { upsertAccounts } from '@tideline/db/write/import-account';
import { aMember, openWorld, type World } from '@tideline/testkit/build';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as account from './account.ts';
import { closeDays } from './day.ts';
import { type TestDeps, testDeps } from './deps.fixture.ts';
import { scoreChanged } from './score.ts';
import { aScoredWorkspace, sendUsage } from './scoring.fixture.ts';

const LAST = day('2026-11-20');

let world: World;
let deps: TestDeps;
beforeAll(async () => {
  world = await openWorld();
  deps = testDeps(world.urls);
});
afterAll(() => deps.close());

test('the ranked list holds what its source says after every kind of change', async () => {
  const { workspaceId, versionId } = await aScoredWorkspace(world.arrange);
  const who = { workspaceId, userId: null, role: 'ADMIN', actor: 'Ada', ownAccountsOf: null } as const;
  const used = (name: string, on: Day) => ({ account: name, day: on, events: 1, revenue: 10 });
  const days = daysFromTo(addDays(LAST, -99), LAST);
  await sendUsage(world.arrange, workspaceId, versionId, [...days.map((on) => used('acme', on)), ...days.slice(0, 60).map((on) => used('globex', on))]);

  /** The names listed; throws where the list and its source differ. */
  const listed = async (): Promise<unknown[]> => {
    const differing = await world.arrange(
      `(SELECT * FROM triage_row WHERE workspace_id = $1 EXCEPT SELECT * FROM triage_source WHERE workspace_id = $1)
       UNION ALL (SELECT * FROM triage_source WHERE workspace_id = $1 EXCEPT SELECT * FROM triage_row WHERE workspace_id = $1)`,
      [workspaceId],
    );
    expect(differing).toEqual([]);
    const rows = await world.arrange(`SELECT name FROM triage_row WHERE workspace_id = $1 ORDER BY name`, [workspaceId]);
    return rows.map((row) => row.name);
  };
  const stake = async () => world.arrange(`SELECT stake FROM triage_row r JOIN account a ON a.id = r.account_id WHERE a.external_id = 'acme'`);

  deps.clock.now = new Date('2026-11-21T03:00:00Z');
  await closeDays(deps, workspaceId);
  expect(await listed()).toEqual(['acme', 'globex']);

  await account.put(deps, who, 'acme', { name: 'Acme Ltd' });
  expect(await listed()).toEqual(['Acme Ltd', 'globex']);
  const owner = await aMember(world.arrange, workspaceId);
  const [acme] = await world.arrange(`SELECT id FROM account WHERE workspace_id = $1 AND external_id = 'acme'`, [workspaceId]);
  await account.assign(deps, who, [String(acme?.id)], owner);
  await account.put(deps, who, 'acme', { industry: 'Retail', plan: 'Pro', region: 'EU' });
  await listed();
  await world.arrange('DELETE FROM membership WHERE workspace_id = $1 AND user_id = $2', [workspaceId, owner]);
  await listed();
  await account.put(deps, who, 'globex', { status: 'closed' });
  expect(await listed()).toEqual(['Acme Ltd']);

  const before = await stake();
  await sendUsage(world.arrange, workspaceId, versionId, [{ ...used('acme', addDays(LAST, 1)), revenue: 900 }]);
  deps.clock.now = new Date('2026-11-21T12:00:00Z');
  await scoreChanged(deps, workspaceId);
  expect(await listed()).toEqual(['Acme Ltd']);
  deps.clock.now = new Date('2026-11-22T03:00:00Z');
  await closeDays(deps, workspaceId);
  expect(await listed()).toEqual(['Acme Ltd']);
  expect(await stake()).not.toEqual(before);

  const said = { ownerId: null, industry: null, plan: null, region: null, contractStart: null, createdDay: null, fields: {} };
  const stated = [
    { ...said, externalId: 'globex', name: null, status: 'live' },
    { ...said, externalId: 'acme', name: 'Acme SE', status: null },
    { ...said, externalId: 'initech', name: 'Initech', status: null },
  ];
  await withWorkspace(deps.db, workspaceId, (tx) => upsertAccounts(tx, stated, deps.now()));
  expect(await listed()).toEqual(['Acme SE', 'globex']); // Initech is judged first when it is scored
});
