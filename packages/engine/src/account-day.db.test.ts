import { addDays, type Day } from '@tideline/domain/calendar';
import { defaultModelConfig } from '@tideline/domain/model-config';
import { aRow, openWorld, type World } from '@tideline/testkit/build';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { page } from './account-page.ts';
import { accountOnDay, movedBetweenDays } from './account-day.ts';
import { backfill } from './backfill.ts';
import { voidEvents } from './correction.ts';
import { closeDays } from './day.ts';
import { type TestDeps, testDeps } from './deps.fixture.ts';
import type { Who } from './deps.ts';
import { accept } from './ingest.ts';
import { aMeter, aRun, aScoredWorkspace } from './scoring.fixture.ts';

const FIRST = '2026-01-05' as Day;
const NAMES = ['late', 'taken', 'calm', ...Array.from({ length: 10 }, (_, i) => `peer-${i}`)];
/** Imported until here, live from here on. */
const LIVE = 200;
const LATE_ON = 206;
const NEW_MODEL = 208;
const END = 212;

let world: World;
let deps: TestDeps;
let who: Who;
const ids = new Map<string, string>();
const idOf = (name: string): string => ids.get(name) ?? '';
const dayAt = (n: number): Day => addDays(FIRST, n);
const noon = (n: number): Date => new Date(`${dayAt(n)}T12:00:00Z`);

const event = (account: string, n: number, value: number, id = `${account}:${n}`) => ({ id, account, event: 'spend', timestamp: noon(n).toISOString(), value });
const every = (name: string): number => 2 + (NAMES.indexOf(name) % 4);
const usual = (n: number) => NAMES.flatMap((name) => ((n + NAMES.indexOf(name)) % every(name) === 0 ? [event(name, n, 20 + 10 * NAMES.indexOf(name))] : []));

beforeAll(async () => {
  world = await openWorld();
  deps = testDeps(world.urls);
  const { workspaceId } = await aScoredWorkspace(world.arrange, { timezone: 'UTC' });
  who = { workspaceId, userId: null, role: 'ADMIN', actor: 'test', ownAccountsOf: null };
  deps.clock.now = noon(LIVE);
  const history = Array.from({ length: LIVE }, (_, n) => usual(n)).flat();
  await accept(deps, who, history, { historical: true, receivedAt: deps.now() });
  await backfill(deps, workspaceId, await aRun(world.arrange, workspaceId));
  for (let n = LIVE; n <= END; n++) {
    deps.clock.now = noon(n);
    await closeDays(deps, workspaceId);
    await accept(deps, who, usual(n), { historical: false, receivedAt: deps.now() });
    if (n === LATE_ON) {
      const late = Array.from({ length: 30 }, (_, i) => event('late', LIVE - 1 - i, 500, `arrears:${i}`));
      await accept(deps, who, late, { historical: false, receivedAt: deps.now() });
      const wrong = Array.from({ length: 40 }, (_, i) => `taken:${LIVE - 1 - i}`).filter((id) => history.some((one) => one.id === id));
      await voidEvents(deps, who, { ids: wrong, reason: 'Counted in a test system' });
    }
    if (n === NEW_MODEL) {
      await world.arrange(`UPDATE health_model SET state = 'retired' WHERE workspace_id = $1`, [workspaceId]);
      const config = JSON.stringify({ ...defaultModelConfig, weights: { cadence: 20, silence: 10, standing: 60, momentum: 10 } });
      await aRow(world.arrange, 'health_model', { workspace_id: workspaceId, version: 2, state: 'published', config, published_at: deps.now() });
    }
  }
  deps.clock.now = noon(END + 1);
  await closeDays(deps, workspaceId);
  for (const row of await world.arrange(`SELECT id, external_id FROM account WHERE workspace_id = $1`, [workspaceId]))
    ids.set(String(row.external_id), String(row.id));
}, 240_000); // 100 days are judged one by one
afterAll(() => deps.close());

const causesOf = (moved: { causes: { key: string; exact: number }[] }) => Object.fromEntries(moved.causes.map(({ key, exact }) => [key, exact]));
const healthOn = async (name: string, n: number): Promise<number> => {
  const [row] = await world.arrange(`SELECT health FROM score_history WHERE workspace_id = $1 AND account_id = $2 AND day = $3`, [
    who.workspaceId,
    idOf(name),
    dayAt(n),
  ]);
  return Number(row?.health);
};

describe('what moved it between two days', () => {
  test.each(NAMES)('adds up to the change of what the closes kept of %s', async (name) => {
    for (const [a, b] of [
      [150, 190],
      [180, 203],
      [203, 207],
      [205, 211],
      [207, 210],
    ] as const) {
      const moved = await movedBetweenDays(deps, who, idOf(name), dayAt(a), dayAt(b));
      const [from, to] = [await healthOn(name, a), await healthOn(name, b)];
      expect(moved.causes.reduce((sum, { exact }) => sum + exact, 0)).toBeCloseTo(to - from, 9);
      const printed = Number(to.toFixed(1)) - Number(from.toFixed(1));
      expect(moved.causes.reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(printed, 6);
      const { data, model } = causesOf(moved);
      if (b < LATE_ON || (name !== 'late' && name !== 'taken')) expect(data).toBeCloseTo(0, 6);
      if (b < NEW_MODEL) expect(model).toBe(0);
    }
  });

  test('finds late usage, usage taken back, and new weights, each by its name', async () => {
    const late = causesOf(await movedBetweenDays(deps, who, idOf('late'), dayAt(204), dayAt(207)));
    expect(late.data).toBeGreaterThan(3);
    const taken = causesOf(await movedBetweenDays(deps, who, idOf('taken'), dayAt(204), dayAt(207)));
    expect(taken.data).toBeLessThan(-3);
    const reweighed = causesOf(await movedBetweenDays(deps, who, idOf('peer-1'), dayAt(207), dayAt(210)));
    expect(Math.abs(reweighed.model ?? 0)).toBeGreaterThan(1);
    // known on both days by then: nothing is late any more
    expect(causesOf(await movedBetweenDays(deps, who, idOf('late'), dayAt(207), dayAt(210))).data).toBeCloseTo(0, 6);
  });

  test('is what the page of the account says, up to the present', async () => {
    const { moved } = await page(deps, who, idOf('late'));
    for (const { from, to, causes } of moved) {
      const { first, last, ...between } = await movedBetweenDays(deps, who, idOf('late'), from.day as Day, null);
      expect(between).toMatchObject({ from, to, causes });
      expect([first, last]).toEqual([dayAt(91), dayAt(END)]);
    }
  });

  test('refuses days without a score, and says which have one', async () => {
    await expect(movedBetweenDays(deps, who, idOf('calm'), dayAt(20), dayAt(150))).rejects.toThrow(
      `no score on ${dayAt(20)}: there is one from ${dayAt(91)} to ${dayAt(END)}`,
    );
    await expect(movedBetweenDays(deps, who, idOf('calm'), dayAt(150), dayAt(150))).rejects.toThrow(/is not after/);
    await expect(
      movedBetweenDays(deps, { ...who, workspaceId: who.workspaceId }, '00000000-0000-4000-8000-000000000000', dayAt(150), null),
    ).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});

describe('a past day', () => {
  test('as it was known then and as it is known now', async () => {
    const { asKnown: then, now, meters, backfilled } = await accountOnDay(deps, who, idOf('late'), dayAt(203));
    expect(backfilled).toBe(false);
    expect(then.health).toBe(await healthOn('late', 203));
    expect(now.health! - then.health!).toBeCloseTo(causesOf(await movedBetweenDays(deps, who, idOf('late'), dayAt(203), dayAt(207))).data ?? 0, 6);
    const late = Array.from({ length: 30 }, (_, i) => LIVE - 1 - i).filter((n) => n > 203 - 28).length;
    expect(Number(now.revenue) - Number(then.revenue)).toBe(late * 500);
    expect(meters.map(({ key, now: is, asKnown: was }) => [key, Number(is) - Number(was)])).toEqual([['spend', late * 500]]);
    expect(now.usageDays).toBeGreaterThan(then.usageDays);
    const taken = await accountOnDay(deps, who, idOf('taken'), dayAt(203));
    expect(taken.now.usageDays).toBeLessThan(taken.asKnown.usageDays);
    expect(Number(taken.now.revenue)).toBeLessThan(Number(taken.asKnown.revenue));
  });

  test('is the same where nothing came late, also where history was imported', async () => {
    for (const n of [120, 160, 199, 202, 211]) {
      const { asKnown: then, now, meters } = await accountOnDay(deps, who, idOf('calm'), dayAt(n));
      expect(now).toEqual({ ...then, health: expect.closeTo(then.health!, 6) });
      expect(meters.every((meter) => meter.asKnown === meter.now)).toBe(true);
    }
  });

  test('a level is known as it was then where nothing came late, and is not guessed where something did', async () => {
    const { versionId } = await aMeter(world.arrange, who.workspaceId, { key: 'seats', aggregation: 'LAST' });
    const [early, later] = [dayAt(150), dayAt(190)];
    await world.arrange(
      `INSERT INTO daily_usage (workspace_id, account_id, meter_version_id, day, quantity, active, last_at, last_key)
       SELECT $1, id, $2, d, 40, 1, d, '\\x01' FROM unnest($3::uuid[]) id, unnest($4::date[]) d`,
      [who.workspaceId, versionId, [idOf('calm'), idOf('late')], [early, later]],
    );
    await world.arrange(
      `INSERT INTO daily_usage_late (workspace_id, account_id, meter_version_id, day, known_on, quantity, active) VALUES ($1, $2, $3, $4, $5, 40, 1)`,
      [who.workspaceId, idOf('late'), versionId, later, dayAt(195)],
    );
    const seats = async (name: string, n: number) =>
      (await accountOnDay(deps, who, idOf(name), dayAt(n))).meters.filter(({ key }) => key === 'seats').map(({ now, asKnown }) => [now, asKnown]);
    expect(await seats('calm', 203)).toEqual([['40', '40']]);
    expect(await seats('late', 160)).toEqual([['40', '40']]);
    expect(await seats('late', 192)).toEqual([['40', null]]);
    expect(await seats('late', 203)).toEqual([['40', '40']]);
  });
});
