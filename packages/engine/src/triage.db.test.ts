import { TriageFilter, TriagePage, TriageQuery, triageOperations, TriageSummary } from '@tideline/contracts/triage';
import { createLiveHub } from '@tideline/db/live';
import { addDays, type Day } from '@tideline/domain/calendar';
import { reasons } from '@tideline/domain/reason';
import { byTriage } from '@tideline/domain/stake';
import { staysDone } from '@tideline/domain/triage';
import { aMember, aRow, aWorkspace, openWorld, type World } from '@tideline/testkit/build';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { testDeps, type TestDeps } from './deps.fixture.ts';
import type { Who } from './deps.ts';
import * as openWork from './open-work.ts';
import * as touch from './touch.ts';
import * as act from './triage-act.ts';
import { exportCsv } from './triage-export.ts';
import { aHistoryDay, aJudgedAccount, aModel, CLOSED, TODAY } from './triage.fixture.ts';
import { glance } from './triage-glance.ts';
import { summary } from './triage-summary.ts';
import { addTasks } from './triage-task.ts';
import * as triage from './triage.ts';

let world: World;
let deps: TestDeps;
let workspaceId: string;
let modelId: string;
let mara: string;
let teo: string;
let who: Who;

beforeAll(async () => {
  world = await openWorld();
  deps = testDeps(world.urls);
});
afterAll(() => deps.close());
beforeEach(async () => {
  workspaceId = await aWorkspace(world.arrange, { closed_through: CLOSED });
  modelId = await aModel(world.arrange, workspaceId);
  mara = await aMember(world.arrange, workspaceId, { name: 'Mara' });
  teo = await aMember(world.arrange, workspaceId, { name: 'Teo' });
  who = { workspaceId, userId: mara, role: 'LEADER', actor: 'Mara', ownAccountsOf: null };
});

const account = (given: Parameters<typeof aJudgedAccount>[3] = {}) => aJudgedAccount(world.arrange, workspaceId, modelId, given);
const list = async (query: Record<string, string> = {}, as = who) => TriagePage.parse(await triage.list(deps, as, TriageQuery.parse(query)));
const names = async (query: Record<string, string> = {}, as = who) => (await list(query, as)).items.map((row) => row.name);
const summarised = async (query: Record<string, string> = {}, as = who) => TriageSummary.parse(await summary(deps, as, TriageFilter.parse(query)));
/** Every page of two rows, one after the other. */
const paged = async (query: Record<string, string>): Promise<string[]> => {
  const all: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: TriagePageOut = await list({ ...query, limit: '2', ...(cursor ? { cursor } : {}) });
    all.push(...page.items.map((row) => row.name));
    cursor = page.next;
  }
  return all;
};
type TriagePageOut = Awaited<ReturnType<typeof list>>;
const anAlert = async (accountId: string, openedAt: string, state = 'open') => {
  const rule = await aRow(world.arrange, 'alert_rule', { workspace_id: workspaceId, name: 'At risk', kind: 'health_below', config: {} });
  return aRow(world.arrange, 'alert', {
    workspace_id: workspaceId,
    rule_id: rule,
    account_id: accountId,
    state,
    opened_on: openedAt.slice(0, 10),
    opened_at: openedAt,
    sentence: 'Fell below 50',
    evidence: {},
  });
};

describe('order', () => {
  test('most money times urgency first, ties by name, whole groups after one another', async () => {
    await account({ name: 'Small', stake: 10 });
    await account({ name: 'Pressing', stake: 60, urgency: 2 });
    await account({ name: 'Big', stake: 100 });
    await account({ name: 'Also big', stake: 100 });
    await account({ name: 'Using less', why: 'declining', stake: 900 });
    expect(await names()).toEqual(['Pressing', 'Also big', 'Big', 'Small', 'Using less']);
    expect(await names({ group: 'none' })).toEqual(['Using less', 'Pressing', 'Also big', 'Big', 'Small']);
  });

  test('is that of byTriage, page by page, for any accounts', async () => {
    const codes = Object.keys(reasons) as (keyof typeof reasons)[];
    const someAccount = fc.record({
      name: fc.constantFrom('a', 'B', 'ä', 'Z', 'aa', '_'),
      stake: fc.integer({ min: 0, max: 4 }),
      urgency: fc.constantFrom(1, 1.5, 2),
      why: fc.constantFrom(...codes),
    });
    const random = fc.sample(fc.array(someAccount, { minLength: 30, maxLength: 30 }), { seed: 7, numRuns: 1 })[0] ?? [];
    for (const [i, one] of random.entries()) await account({ ...one, name: `${one.name}${i}` });
    const expected = random
      .map((one, i) => ({ ...one, name: `${one.name}${i}`, moneyAtStake: one.stake }))
      .toSorted((a, b) => reasons[a.why].order - reasons[b.why].order || byTriage(a, b))
      .map((one) => one.name);
    expect(await paged({ tab: 'all' })).toEqual(expected);
    const upwards = expected.toSorted((a, b) => (a < b ? -1 : 1));
    expect(await paged({ tab: 'all', group: 'none', sort: 'name' })).toEqual(upwards);
    expect(await paged({ tab: 'all', group: 'none', sort: 'name', direction: 'desc' })).toEqual(upwards.toReversed());
  });

  test.each([
    ['health', ['Low', 'High', 'None']],
    ['change', ['High', 'Low', 'None']],
    ['run_rate', ['None', 'High', 'Low']],
    ['touched', ['None', 'High', 'Low']],
  ])('by %s: the useful end first, what is not known last, pages agree', async (sort, expected) => {
    const low = await account({ name: 'Low', health: 20, runRate: 1 });
    const high = await account({ name: 'High', health: 48, runRate: 2 });
    await account({ name: 'None', health: null, band: null, runRate: 3 });
    await aHistoryDay(world.arrange, workspaceId, modelId, low, addDays(CLOSED, -28), { health: 21 });
    await aHistoryDay(world.arrange, workspaceId, modelId, high, addDays(CLOSED, -28), { health: 90 });
    for (const [id, day] of [
      [low, '2026-11-20'],
      [high, '2026-10-01'],
    ] as const) {
      await touch.log(deps, who, { account: id, kind: 'call', body: '', day: day as Day });
    }
    expect(await names({ sort, group: 'none' })).toEqual(expected);
    expect(await paged({ sort, group: 'none' })).toEqual(expected);
    expect((await paged({ sort, group: 'none', direction: 'desc' })).toSorted()).toEqual(expected.toSorted());
  });

  test('group lines carry the sums of the whole group, also when folded or not on the page', async () => {
    await account({ name: 'A', stake: 100.25, runRate: 10 });
    await account({ name: 'B', stake: 50.5, runRate: 20 });
    await account({ name: 'C', why: 'declining', stake: 7, runRate: 1 });
    const page = await list({ limit: '1', fold: 'gone_quiet' });
    expect(page.items.map((row) => row.name)).toEqual(['C']);
    expect(page.groups).toEqual([
      { why: 'gone_quiet', heading: 'Gone quiet', accounts: 2, runRate: '30', stake: '150.75' },
      { why: 'declining', heading: 'Using less', accounts: 1, runRate: '1', stake: '7' },
    ]);
    expect(page).toMatchObject({ accounts: 3, stake: '157.75', next: null });
  });

  test('a cursor that is none of ours is refused', async () => {
    await expect(list({ cursor: 'bm9uc2Vuc2U' })).rejects.toMatchObject({ code: 'invalid-request' });
  });
});

describe('what the list holds', () => {
  test('accounts that ask for somebody: by segment, or by an open alert', async () => {
    await account({ name: 'Risk' });
    await account({ name: 'Room', segment: 'expansion_candidate', why: 'room' });
    await account({ name: 'Late', segment: 'onboarding_laggard', why: 'slow_start' });
    await account({ name: 'Calm', segment: 'steady', why: 'steady' });
    const alerted = await account({ name: 'Alerted', segment: 'steady', why: 'steady' });
    await account({ name: 'Closed', status: 'closed' });
    await account({ name: 'Test', status: 'test' });
    await anAlert(alerted, '2026-11-20T10:00:00Z');
    expect((await names()).toSorted()).toEqual(['Alerted', 'Late', 'Risk', 'Room']);
    expect(await names({ tab: 'steady' })).toEqual(['Alerted', 'Calm']);
    const { counts, accounts } = await summarised();
    expect(counts).toEqual({
      needs_you: 4,
      churn_risk: 1,
      expansion_candidate: 1,
      onboarding_laggard: 1,
      onboarding_on_track: 0,
      steady: 2,
      dormant: 0,
      all: 5,
    });
    expect(accounts).toBe(5);
  });

  test('what waits for a person: their book in triage, its alerts, their tasks; what is done waits no more', async () => {
    const mine = await account({ name: 'Mine', segment: 'churn_risk', owner: mara });
    const alerted = await account({ name: 'Alerted', segment: 'steady', why: 'steady', owner: mara });
    await account({ name: 'Theirs', segment: 'churn_risk', owner: teo });
    await anAlert(alerted, '2026-11-20T10:00:00Z');
    await addTasks(deps, who, { accounts: [mine], title: 'Call them', dueDay: null, note: '' });
    expect(await openWork.count(deps, who)).toEqual({ alerts: 1, tasks: 1, needsYou: 2, proposals: 0, uncounted: [], faults: [] });
    await act.markDone(deps, who, [mine]);
    expect(await openWork.count(deps, who)).toMatchObject({ needsYou: 1 });
    expect(await summarised({ owner: 'me' })).toMatchObject({ counts: { needs_you: 1 } });
  });

  test('filters: owner, nobody, industry, band, words; several are "or" within one and "and" between them', async () => {
    await account({ name: 'Northwind', owner: mara, industry: 'Robotics' });
    await account({ name: 'Pellucid', owner: teo, industry: 'Geodata|Maps', band: 'watch', health: 55 });
    await account({ name: '100%_wind', industry: 'Robotics' });
    expect(await names({ owner: 'me' })).toEqual(['Northwind']);
    expect(await names({ owner: `unassigned|${teo}` })).toEqual(['100%_wind', 'Pellucid']);
    expect(await names({ industry: 'Robotics', owner: 'unassigned' })).toEqual(['100%_wind']);
    expect(await names({ industry: 'Geodata%7CMaps' })).toEqual(['Pellucid']);
    expect(await names({ band: 'watch' })).toEqual(['Pellucid']);
    expect(await names({ q: 'WIND' })).toEqual(['100%_wind', 'Northwind']);
    expect(await names({ q: '%_' })).toEqual(['100%_wind']);
    expect((await summarised({ q: 'wind' })).counts.all).toBe(2);
  });

  test('a member restricted to their own book sees and changes only that', async () => {
    const own = await account({ name: 'Own', owner: mara });
    const other = await account({ name: 'Other', owner: teo });
    const restricted = { ...who, role: 'CSM' as const, ownAccountsOf: mara };
    expect(await names({ tab: 'all' }, restricted)).toEqual(['Own']);
    expect((await summarised({}, restricted)).accounts).toBe(1);
    expect(await act.markDone(deps, restricted, [own, other])).toEqual({ accounts: [own] });
    await expect(glance(deps, restricted, other)).rejects.toMatchObject({ code: 'not-found' });
    await expect(touch.log(deps, restricted, { account: other, kind: 'call', body: '' })).rejects.toMatchObject({ code: 'not-found' });
  });

  test("another workspace's accounts are as if they did not exist", async () => {
    const own = await account();
    const stranger = { ...who, workspaceId: await aWorkspace(world.arrange, { closed_through: CLOSED }) };
    expect(await names({ tab: 'all' }, stranger)).toEqual([]);
    expect(await act.markDone(deps, stranger, [own])).toEqual({ accounts: [] });
    expect(await act.snooze(deps, stranger, { accounts: [own], until: '2026-11-25' as Day, reason: 'seasonal', note: '' })).toEqual({ accounts: [] });
    await expect(addTasks(deps, stranger, { accounts: [own], title: 'Call', dueDay: null, note: '' })).rejects.toMatchObject({ code: 'not-found' });
    await expect(glance(deps, stranger, own)).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('done', () => {
  test('leaves the list, is undone, and the day counts it', async () => {
    const id = await account({ name: 'Acme', stake: 120 });
    await act.markDone(deps, who, [id]);
    expect(await names()).toEqual([]);
    expect((await list({ tab: 'churn_risk' })).items[0]?.done).toEqual({ day: TODAY, by: 'Mara' });
    expect((await summarised()).day).toMatchObject({ done: 1, doneStake: '120' });
    expect(await names({ tab: 'all', state: 'done' })).toEqual(['Acme']);
    await act.undoDone(deps, who, [id]);
    expect(await names()).toEqual(['Acme']);
  });

  test('stays out until something new happens, exactly as the domain says', async () => {
    const cases = [
      { name: 'nothing new', now: {}, alertSince: false, day: TODAY },
      { name: 'other segment', now: { segment: 'onboarding_laggard' }, alertSince: false, day: TODAY },
      { name: 'other reason', now: { why: 'declining' }, alertSince: false, day: TODAY },
      { name: 'back again', now: { why: 'active_again' }, alertSince: false, day: TODAY },
      { name: 'fell by ten', now: { health: 30 }, alertSince: false, day: TODAY },
      { name: 'fell by nine', now: { health: 31 }, alertSince: false, day: TODAY },
      { name: 'no health now', now: { health: null }, alertSince: false, day: TODAY },
      { name: 'alert since', now: {}, alertSince: true, day: TODAY },
      { name: '27 days ago', now: {}, alertSince: false, day: addDays(TODAY, -27) },
      { name: '28 days ago', now: {}, alertSince: false, day: addDays(TODAY, -28) },
    ];
    const then = { segment: 'churn_risk', why: 'gone_quiet', health: 40 };
    for (const { name, now, alertSince, day } of cases) {
      const id = await account({ name, ...then, ...now });
      await world.arrange(
        `INSERT INTO triage_done (workspace_id, account_id, day, at, segment, why, health) VALUES ($1, $2, $3, $4, 'churn_risk', 'gone_quiet', 40)`,
        [workspaceId, id, day, `${day}T08:00:00Z`],
      );
      if (alertSince) await anAlert(id, `${TODAY}T08:30:00Z`);
    }
    const out = cases.filter(({ now, alertSince, day }) => staysDone({ ...then, day }, { ...then, ...now, alertSince, today: TODAY })).map(({ name }) => name);
    expect(await names({ tab: 'all', state: 'done', group: 'none', sort: 'name' })).toEqual(out.toSorted());
  });
});

describe('snooze', () => {
  test('out until the morning of the day, with the reason in words; back by hand or by itself', async () => {
    const id = await account();
    await act.snooze(deps, who, { accounts: [id], until: '2026-11-25' as Day, reason: 'waiting_for_customer', note: 'Ada is away' });
    expect(await names()).toEqual([]);
    expect((await list({ tab: 'all' })).items[0]?.snoozed).toEqual({ until: '2026-11-25', reason: 'Waiting for the customer: Ada is away' });
    expect((await summarised()).day).toMatchObject({ snoozed: 1, nextBack: '2026-11-25' });
    deps.clock.now = new Date('2026-11-25T09:00:00Z');
    expect(await names()).toEqual(['Acme']);
    deps.clock.now = new Date('2026-11-22T09:00:00Z');
    expect(await act.unsnooze(deps, who, [id])).toEqual({ accounts: [id] });
    expect(await names()).toEqual(['Acme']);
  });
  test.each([
    ['today', TODAY, 'seasonal' as const, ''],
    ['beyond a quarter', addDays(TODAY, 93), 'seasonal' as const, ''],
    ['other without words', addDays(TODAY, 3), 'other' as const, ' '],
  ])('refused: %s', async (_, until, reason, note) => {
    await expect(act.snooze(deps, who, { accounts: [await account()], until, reason, note: note.trim() })).rejects.toMatchObject({ code: 'rule-violated' });
  });
});

describe('the row actions', () => {
  test('a touch is the last touch, a note is not; only who logged it takes it back', async () => {
    const id = await account();
    const { id: logged } = await touch.log(deps, who, { account: id, kind: 'call', body: 'No answer', day: '2026-11-20' as Day });
    await touch.log(deps, who, { account: id, kind: 'note', body: 'Migration in December' });
    expect((await list()).items[0]?.lastTouch).toEqual({ day: '2026-11-20', kind: 'call' });
    expect((await summarised()).has).toEqual({ touches: true, contracts: false });
    await expect(touch.log(deps, who, { account: id, kind: 'call', body: '', day: addDays(TODAY, 1) })).rejects.toMatchObject({ code: 'rule-violated' });
    await expect(touch.log(deps, who, { account: id, kind: 'note', body: '' })).rejects.toMatchObject({ code: 'rule-violated' });
    await expect(touch.remove(deps, { ...who, userId: teo }, logged)).rejects.toMatchObject({ code: 'not-found' });
    await touch.remove(deps, who, logged);
    expect((await list()).items[0]?.lastTouch).toBeNull();
  });

  test('tasks go to the owner, else to who asks; endpoints that listen are owed the fact', async () => {
    const [owned, orphan] = [await account({ owner: teo }), await account()];
    await aRow(world.arrange, 'webhook_endpoint', {
      workspace_id: workspaceId,
      url: 'https://example.com',
      secret: 'whsec_c2VjcmV0',
      events: ['task.created'],
    });
    const { tasks } = await addTasks(deps, who, { accounts: [owned, orphan], title: 'Call them', dueDay: '2026-11-24' as Day, note: '' });
    const rows = await world.arrange('SELECT account_id, owner_id, title FROM task WHERE workspace_id = $1', [workspaceId]);
    expect(new Map(rows.map((row) => [row.account_id, row.owner_id]))).toEqual(
      new Map([
        [owned, teo],
        [orphan, mara],
      ]),
    );
    const facts = await world.arrange('SELECT fact FROM notification WHERE workspace_id = $1', [workspaceId]);
    expect(facts.map((row) => row.fact).toSorted()).toEqual(tasks.map(({ id }) => `task.created:${id}`).toSorted());
  });

  test('an action tells open pages which rows changed', async () => {
    const id = await account();
    const hub = createLiveHub(world.urls.appUrl, () => undefined);
    try {
      const heard = new Promise((resolve) => hub.subscribe(workspaceId, resolve));
      // The connection opens behind `subscribe`: what is told before it listens is not heard.
      const again = setInterval(() => void act.markDone(deps, who, [id]), 50);
      expect(await heard).toMatchObject({ kind: 'account', ids: [id] });
      clearInterval(again);
    } finally {
      await hub.close();
    }
  });
});

describe('rows again', () => {
  const again = async (query: Record<string, string>) =>
    triageOperations.triageRows.reply.parse(await triage.rows(deps, who, triageOperations.triageRows.query.parse(query)));

  test('come whatever list they are in; matching says which the list holds within what was read', async () => {
    const [a, b, c] = [await account({ name: 'A', stake: 30 }), await account({ name: 'B', stake: 20 }), await account({ name: 'C', stake: 10 })];
    const { next } = await list({ limit: '2' });
    await act.markDone(deps, who, [a]);
    const { items, matching } = await again({ ids: [a, b, c].join('|'), before: next ?? '' });
    expect(items.map((row) => row.id)).toEqual([a, b, c]);
    expect(matching).toEqual([b]);
    expect((await again({ ids: [a, b, c].join('|') })).matching.toSorted()).toEqual([b, c].toSorted());
  });
});

describe('figures', () => {
  test('the strip: run rate against 28 days ago, stake against 7 days ago', async () => {
    const risk = await account({ stake: 300, runRate: 900 });
    await account({ segment: 'steady', why: 'steady', stake: 5, runRate: 1_100 });
    await aHistoryDay(world.arrange, workspaceId, modelId, risk, addDays(CLOSED, -7), { health: 60, stake: 100, segment: 'churn_risk' });
    await aHistoryDay(world.arrange, workspaceId, modelId, risk, addDays(CLOSED, -28), { health: 60, runRate: 1_600 });
    const { strip } = await summarised();
    expect(strip.book).toEqual({ accounts: 2, runRate: '2000', runRateChange28: 0.25 });
    expect(strip.churn_risk).toEqual({ accounts: 1, runRate: '900', stake: '300', stakeChange7: '200' });
    expect(strip.expansion_candidate.upside).toBeNull();
  });

  test('sparkline, commitment and change of a row; usage in the panel', async () => {
    const id = await account({ health: 40 });
    await aRow(world.arrange, 'contract', { workspace_id: workspaceId, account_id: id, start_day: '2026-11-02', end_day: '2026-12-01', commitment: '1000' });
    await world.arrange(
      `INSERT INTO account_day (workspace_id, account_id, day, active, revenue, quantity)
       SELECT $1, $2, d::date, true, 10, 1 FROM generate_series($3::date - 90, $3::date - 7, '1 day') d`,
      [workspaceId, id, CLOSED],
    );
    await aRow(world.arrange, 'price', {
      workspace_id: workspaceId,
      meter_id: await aRow(world.arrange, 'meter', { workspace_id: workspaceId, key: 'm', name: 'M', unit: 'calls' }),
      currency: 'USD',
      plan: { kind: 'flat', unitPrice: '1' },
      effective_from: '2020-01-01',
    });
    await aHistoryDay(world.arrange, workspaceId, modelId, id, addDays(CLOSED, -28), { health: 82 });
    await aHistoryDay(world.arrange, workspaceId, modelId, id, addDays(CLOSED, -7), { health: 60 });
    const [row] = (await list()).items;
    expect(row?.spark).toEqual([...Array.from({ length: 12 }, () => 1), 0]);
    expect(row).toMatchObject({ delta28: -42, delta7: -20, commitment: { used: 0.13, plan: 20 / 30, pace: 'under' } });
    const shown = triageOperations.triageGlance.reply.parse(await glance(deps, who, id));
    expect(shown.usage.days).toHaveLength(91);
    expect(shown.usage.normal).toEqual({ low: '8.5', high: '11.5' });
  });

  test('the export holds every row of the list once, exact, and no cell a spreadsheet would run', async () => {
    await account({ name: '=cmd()', stake: 12.34 });
    await account({ name: 'Say "hi", Acme', stake: 99.99 });
    const text = await exportCsv(deps, who, TriageQuery.parse({ fold: 'gone_quiet' })).text();
    const lines = text.trimEnd().split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^\uFEFF?account,name,owner/);
    expect(lines[1]).toContain('"Say ""hi"", Acme"');
    expect(lines[1]).toContain(',99.99,');
    expect(lines[2]).toContain(",'=cmd(),");
    expect(lines[2]).toContain('Silent 12 days');
  });
});
