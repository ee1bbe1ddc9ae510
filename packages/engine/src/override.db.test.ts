import { TriagePage, TriageQuery } from '@tideline/contracts/triage';
import { addDays, day } from '@tideline/domain/calendar';
import { aMember, openWorld, type World } from '@tideline/testkit/build';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { page } from './account-page.ts';
import { backfill } from './backfill.ts';
import { closeDays } from './day.ts';
import type { Who } from './deps.ts';
import { type TestDeps, testDeps } from './deps.fixture.ts';
import { accept } from './ingest.ts';
import { end, list, set } from './override.ts';
import { aRun, aScoredWorkspace, sendUsage } from './scoring.fixture.ts';
import { list as listTriage } from './triage.ts';

const LAST = day('2026-06-30');
const TODAY = addDays(LAST, 1);
let world: World;
let deps: TestDeps;
let who: Who;
const ids = new Map<string, string>();
const idOf = (name: string): string => ids.get(name) ?? '';

beforeAll(async () => {
  world = await openWorld();
  deps = testDeps(world.urls);
  deps.clock.now = new Date(`${TODAY}T09:00:00Z`);
  const { workspaceId, versionId } = await aScoredWorkspace(world.arrange, { timezone: 'UTC' });
  const userId = await aMember(world.arrange, workspaceId, { name: 'Mara Oyelund' });
  who = { workspaceId, userId, role: 'CSM', actor: 'Mara Oyelund', ownAccountsOf: null };
  const rows = (account: string, until: number) =>
    Array.from({ length: 150 }, (_, n) => n)
      .filter((n) => n <= until)
      .map((n) => ({ account, day: addDays(LAST, n - 149), revenue: 100, events: 1 }));
  await sendUsage(world.arrange, workspaceId, versionId, [...rows('stays', 149), ...rows('quiet', 120)]);
  await backfill(deps, workspaceId, await aRun(world.arrange, workspaceId));
  for (const row of await world.arrange(`SELECT id, external_id FROM account WHERE workspace_id = $1`, [workspaceId]))
    ids.set(String(row.external_id), String(row.id));
}, 120_000);
afterAll(() => deps.close());

const said = { band: 'healthy', reason: 'They moved to a yearly batch', until: addDays(TODAY, 30) } as const;

test('stands beside the score until its day, and changes nothing of the judgement', async () => {
  const before = (await page(deps, who, idOf('quiet'))).judgement!;
  await set(deps, who, idOf('quiet'), said);
  const { override, judgement } = await page(deps, who, idOf('quiet'));
  expect(override).toMatchObject({ ...said, by: 'Mara Oyelund', from: TODAY, modelHealth: before.health, modelBand: 'at_risk', verdict: null });
  expect(judgement).toEqual(before);
  deps.clock.now = new Date(`${said.until}T09:00:00Z`);
  expect((await page(deps, who, idOf('quiet'))).override).toBeNull();
  deps.clock.now = new Date(`${TODAY}T09:00:00Z`);
});

test('is refused without a reason, and for a day that is gone or too far; another takes its place; it is taken back once', async () => {
  await expect(set(deps, who, idOf('stays'), { ...said, reason: '' })).rejects.toMatchObject({ code: 'rule-violated', message: /Say why/ });
  await expect(set(deps, who, idOf('stays'), { ...said, until: TODAY })).rejects.toMatchObject({ message: /after today/ });
  await set(deps, who, idOf('stays'), said);
  await set(deps, who, idOf('stays'), { ...said, band: 'at_risk', reason: 'Their champion left' });
  expect((await page(deps, who, idOf('stays'))).override).toMatchObject({ band: 'at_risk' });
  expect((await list(deps, who)).items.filter(({ accountId }) => accountId === idOf('stays')).map(({ band, endedOn }) => [band, endedOn])).toEqual([
    ['at_risk', null],
    ['healthy', TODAY],
  ]);
  await end(deps, who, idOf('stays'));
  await expect(end(deps, who, idOf('stays'))).rejects.toMatchObject({ code: 'not-found' });
  expect((await page(deps, who, idOf('stays'))).override).toBeNull();
  const audit = await world.arrange(`SELECT action FROM audit_log WHERE workspace_id = $1 AND target_id = $2`, [who.workspaceId, idOf('stays')]);
  expect(audit.map(({ action }) => action).toSorted()).toEqual(['override.end', 'override.set', 'override.set']);
});

test('who sees only the own book is told of its accounts alone', async () => {
  const mine = { ...who, ownAccountsOf: who.userId };
  const listed = async () => new Set((await list(deps, mine)).items.map(({ accountId }) => accountId));
  expect(await listed()).toEqual(new Set());
  await world.arrange('UPDATE account SET owner_id = $2 WHERE id = $1', [idOf('stays'), who.userId]);
  expect(await listed()).toEqual(new Set([idOf('stays')]));
});

test('stands on the row of triage while it holds, and moves neither the score nor the place', async () => {
  const rows = async () => TriagePage.parse(await listTriage(deps, who, TriageQuery.parse({ tab: 'all' }))).items;
  const before = await rows();
  expect(before.map(({ override }) => override?.by ?? null).toSorted()).toEqual(['Mara Oyelund', null]); // as said above
  await set(deps, who, idOf('stays'), { ...said, band: 'watch', reason: 'Their champion left' });
  const after = await rows();
  const own = after.find(({ id }) => id === idOf('stays'))?.override;
  expect(own).toEqual({ band: 'watch', until: said.until, reason: 'Their champion left', by: 'Mara Oyelund' });
  const plain = (all: typeof before) => all.map((row) => ({ ...row, override: null }));
  expect(plain(after)).toEqual(plain(before));
  deps.clock.now = new Date(`${said.until}T09:00:00Z`);
  expect((await rows()).map(({ override }) => override)).toEqual([null, null]);
  deps.clock.now = new Date(`${TODAY}T09:00:00Z`);
  await end(deps, who, idOf('stays'));
  expect((await rows()).find(({ id }) => id === idOf('stays'))?.override).toBeNull();
});

test('is held against what happened once 90 days are over', { timeout: 120_000 }, async () => {
  const until = 91;
  for (let n = 1; n <= until; n += 10) {
    deps.clock.now = new Date(`${addDays(LAST, n)}T12:00:00Z`);
    const usage = Array.from({ length: 10 }, (_, i) => addDays(LAST, n - i)).map((on) => ({
      id: `stays:${on}`,
      account: 'stays',
      event: 'spend',
      timestamp: `${on}T06:00:00Z`,
      value: 100,
    }));
    await accept(deps, who, usage, { historical: false, receivedAt: deps.now() });
  }
  deps.clock.now = new Date(`${addDays(LAST, 91)}T09:00:00Z`);
  await closeDays(deps, who.workspaceId);
  expect((await list(deps, who)).items.every(({ verdict }) => verdict === null)).toBe(true);
  deps.clock.now = new Date(`${addDays(LAST, 92)}T09:00:00Z`);
  await closeDays(deps, who.workspaceId);
  const { items } = await list(deps, who);
  const of = (name: string, band: string) => items.find(({ accountId, band: its }) => accountId === idOf(name) && its === band)?.verdict;
  expect(of('quiet', 'healthy')).toEqual({ trouble: true, person: false, model: true });
  expect(of('stays', 'at_risk')).toEqual({ trouble: false, person: false, model: true });
  expect(of('stays', 'healthy')).toEqual({ trouble: false, person: true, model: true });
});
