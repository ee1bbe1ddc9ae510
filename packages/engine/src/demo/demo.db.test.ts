import { withWorkspace } from '@tideline/db/workspace';
import { askRunToStop } from '@tideline/db/write/background-run';
import { addDays, daysFromTo, type Day } from '@tideline/domain/calendar';
import { openWorld, type World } from '@tideline/testkit/build';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { backfill } from '../backfill.ts';
import { testDeps, type TestDeps } from '../deps.fixture.ts';
import { verifyUsage } from '../verify.ts';
import { accountsOf, eventsOn } from './business.ts';
import { catchUp, closeDue } from './catch-up.ts';
import { type AlertSeen, heldBy, mortal, smallBusiness, type Held } from './demo.fixture.ts';
import { makeDemo } from './demo.ts';
import { writeOlder } from './older.ts';
import { stageOf } from './stage.ts';

const cast = [smallBusiness];
const LAST = '2026-11-21' as Day; // the last complete day when it is made
const FIRST = addDays(LAST, -119); // the first of the days that come first
const OLDEST = addDays(LAST, -180);
const at = (days: number) => new Date(Date.parse('2026-11-22T15:00:00Z') + days * 86_400_000);
const silent = () => undefined;

type Site = { world: World; deps: TestDeps; held: Held };
const openSite = async (): Promise<Site> => {
  const world = await openWorld();
  const deps = testDeps(world.urls);
  deps.clock.now = at(0);
  return { world, deps, held: heldBy(world.arrange, smallBusiness.slug) };
};
/** All that people see. */
const shownIn = async ({ held }: Site) => ({
  usage: await held.usage(),
  closes: await held.closes(),
  alerts: await held.alerts(),
  tasks: await held.tasks(),
  touches: await held.touches(),
  contacts: await held.contacts(),
  tickets: await held.tickets(),
});
const stageIn = async ({ deps }: Site) => {
  const stage = await stageOf(deps, smallBusiness.slug, cast);
  if (!stage) throw new Error('no stage');
  return stage;
};

/** What the story tells of these days: one meter per event, so every event is one row of daily usage. */
const told = (from: Day, to: Day) => {
  const accounts = accountsOf(smallBusiness, LAST);
  const keys = new Map(smallBusiness.meters.map(({ event, key }) => [event, key]));
  return daysFromTo(from, to).flatMap((day) =>
    eventsOn(smallBusiness, accounts, day, LAST)
      .map(({ account, event, value }) => `${day} ${account} ${keys.get(event)} ${Number(value)}`)
      .toSorted(),
  );
};
const read = async (held: Held, from: Day) =>
  (await held.usage(from)).map(({ account, meter, day, quantity }) => `${day} ${account} ${meter} ${Number(quantity)}`).toSorted();

let one: Site; // caught up with five days at once
let other: Site; // was there every morning
let broken: Site; // was interrupted over and over while it was made
let first: Awaited<ReturnType<typeof shownIn>>;
beforeAll(async () => {
  one = await openSite();
  other = await openSite();
  broken = await openSite();
  await makeDemo(one.deps, silent, cast);
  await makeDemo(other.deps, silent, cast);
  first = await shownIn(one);
}, 60_000);
afterAll(() => Promise.all([one, other, broken].map(({ deps }) => deps.close())));

test('the same business made on the same day is the same to the last word, and its usage is what its story tells', async () => {
  expect(await shownIn(other)).toEqual(first);
  expect(await read(one.held, OLDEST)).toEqual(told(FIRST, LAST));
  expect(first.usage.length).toBeGreaterThan(500);
  expect(await one.held.events()).toBe(first.usage.length);
});

test('the last 28 days were closed live, those before are assumed, and alerts come from live closes alone', async () => {
  const live = first.closes.filter(({ backfilled }) => backfilled === false).map(({ day }) => day);
  expect(live).toEqual(daysFromTo(addDays(LAST, -27), LAST));
  expect(first.closes.length).toBeGreaterThan(live.length);
  expect(first.closes.filter(({ late }) => late)).toEqual([]);
  expect(first.alerts.length).toBeGreaterThan(0);
  expect(first.alerts.filter(({ openedOn, digest }) => digest || !live.includes(openedOn))).toEqual([]);
  expect(first.tasks.filter(({ alerted }) => alerted).length).toBeGreaterThan(0);
  expect(first.touches.length).toBeGreaterThan(0);
  expect(first.touches.filter(({ contact }) => contact !== null).length).toBeGreaterThan(first.touches.length / 2);
  expect(new Set(first.contacts.map(({ account }) => account)).size).toBe(12);
  expect(first.tickets.filter(({ closedAt }) => closedAt !== null).length).toBeGreaterThan(0);
});

test('making it again adds nothing', async () => {
  await makeDemo(one.deps, silent, cast);
  expect(await catchUp(one.deps, silent, cast)).toBe(0);
  expect(await shownIn(one)).toEqual(first);
  expect(await one.held.events()).toBe(first.usage.length);
});

test('one whose making was interrupted, wherever that was, is finished by the next start', { timeout: 60_000 }, async () => {
  const left = { calls: 0 };
  const deps = { ...broken.deps, db: mortal(broken.deps.db, left) };
  let starts = 0;
  for (let whole = false; !whole && starts < 20; starts++) {
    left.calls = 2 ** starts;
    whole = await makeDemo(deps, silent, cast).then(
      () => true,
      () => false,
    );
  }
  expect(starts).toBeGreaterThan(4);
  expect(await shownIn(broken)).toEqual(first);
});

test('five days later it is brought up to yesterday as if it had been there every morning', { timeout: 60_000 }, async () => {
  one.deps.clock.now = at(5);
  const lines: string[] = [];
  expect(await catchUp(one.deps, (line) => void lines.push(line), cast)).toBe(5);
  expect(lines).toEqual([expect.stringContaining('2026-11-26 is written and closed, 5 of 5 missed days')]);
  const { workspaceId } = await stageIn(other);
  for (let days = 1; days <= 5; days++) {
    other.deps.clock.now = at(days);
    await closeDue(other.deps, workspaceId, cast);
    await closeDue(other.deps, workspaceId, cast); // a retry
  }
  const days = daysFromTo(addDays(LAST, 1), addDays(LAST, 5));
  expect(await read(one.held, addDays(LAST, 1))).toEqual(told(addDays(LAST, 1), addDays(LAST, 5)));
  const now = await shownIn(one);
  expect(now).toEqual(await shownIn(other));
  expect(now.closes.slice(-5)).toMatchObject(days.map((day) => ({ day, backfilled: false, late: false })));
  expect(now.closes.slice(0, -5)).toEqual(first.closes);
  const key = ({ account, rule, openedOn }: AlertSeen) => `${account} ${rule} ${openedOn}`;
  expect(new Set(now.alerts.map(key)).size).toBe(now.alerts.length);
  expect(now.alerts.filter(({ openedOn }) => openedOn <= LAST)).toEqual(first.alerts);
  expect(now.alerts.filter(({ digest }) => digest)).toEqual([]);
  expect(await catchUp(one.deps, silent, cast)).toBe(0);
  expect(await shownIn(one)).toEqual(now);
});

test('the older history is laid behind: it may die, be stopped and be repeated, and doubles nothing', { timeout: 60_000 }, async () => {
  const { deps, held, world } = one;
  const { workspaceId } = await stageIn(one);
  const before = await shownIn(one);
  const runs = () => world.arrange(`SELECT id, state, done, total FROM background_run WHERE kind = 'demo.history' ORDER BY started_at`);
  const runId = String((await runs())[0]?.id);
  const dying = { ...deps, db: mortal(deps.db, { calls: 5 }) };
  await expect(writeOlder(dying, { workspaceId, runId }, cast)).rejects.toThrow('killed');
  expect(await runs()).toMatchObject([{ state: 'running', done: 30, total: 61 }]);

  await withWorkspace(deps.db, workspaceId, (tx) => askRunToStop(tx, runId));
  await writeOlder(deps, { workspaceId, runId }, cast);
  expect(await runs()).toMatchObject([{ state: 'cancelled', done: 30 }]);
  expect(await read(held, OLDEST)).toEqual(told(addDays(FIRST, -30), addDays(LAST, 5))); // no gap

  await makeDemo(deps, silent, cast); // the next start goes on
  const again = String((await runs())[1]?.id);
  await writeOlder(deps, { workspaceId, runId: again }, cast);
  await writeOlder(deps, { workspaceId, runId: again }, cast);
  expect((await runs())[1]).toMatchObject({ state: 'done', done: 61, total: 61 });
  expect(await read(held, OLDEST)).toEqual(told(OLDEST, addDays(LAST, 5)));
  expect(await held.events()).toBe(told(OLDEST, addDays(LAST, 5)).length);

  const judging = await world.arrange(`SELECT id FROM background_run WHERE kind = 'score.backfill' AND state = 'running' ORDER BY started_at`);
  expect(judging).toHaveLength(2); // after the stop, and at the end
  for (const { id } of judging) expect(await backfill(deps, workspaceId, String(id))).toBe('done');
  const now = await shownIn(one);
  // judging begins 91 days after the first usage
  const begun = (told(OLDEST, FIRST)[0] ?? '').slice(0, 10) as Day;
  expect(now.closes.map(({ day }) => day)).toEqual(daysFromTo(addDays(begun, 91), addDays(LAST, 5)));
  expect(now.closes.filter(({ backfilled }) => !backfilled)).toEqual(before.closes.filter(({ backfilled }) => !backfilled));
  expect([now.alerts, now.tasks, now.touches]).toEqual([before.alerts, before.tasks, before.touches]);
  expect(await verifyUsage(deps, workspaceId, silent)).toMatchObject({ differences: [] });
});

test('with the older history there, the last close says what the present says', { timeout: 60_000 }, async () => {
  const whole = await openSite();
  const pending = (kind: string) => whole.world.arrange(`SELECT id FROM background_run WHERE kind = '${kind}' AND state = 'running'`);
  await makeDemo(whole.deps, silent, cast);
  const { workspaceId } = await stageIn(whole);
  for (const { id } of await pending('demo.history')) await writeOlder(whole.deps, { workspaceId, runId: String(id) }, cast);
  for (const { id } of await pending('score.backfill')) await backfill(whole.deps, workspaceId, String(id));
  const standing = await whole.world.arrange(
    `SELECT s.health, h.health AS closed FROM score s JOIN score_history h USING (workspace_id, account_id) WHERE h.day = s.as_of`,
  );
  expect(standing.length).toBeGreaterThan(8);
  expect(standing.filter(({ health, closed }) => health !== closed)).toEqual([]);
  const entered = await whole.world.arrange(
    `SELECT s.account_id, s.segment_since::text AS since, max(t.day)::text AS entered FROM score s JOIN segment_transition t USING (workspace_id, account_id) WHERE t.to_segment = s.segment GROUP BY 1, 2`,
  );
  expect(entered).toHaveLength(standing.length);
  expect(entered.filter((one) => one.since !== one.entered)).toEqual([]);
  await whole.deps.close();
});
