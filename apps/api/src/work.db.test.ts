import { randomUUID } from 'node:crypto';
import { aMember, aModel, anAccount, aRow, aScore, aWorkspace, openWorld, type World } from '@tideline/testkit/build';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { testApi, type Answer } from './api.fixture.ts';

let world: World;
let api: ReturnType<typeof testApi>;
let workspaceId: string;
let slug: string;
let admin: string;
let csm: string;
let account: string;
let rule: string;

beforeAll(async () => {
  world = await openWorld();
  api = testApi(world.urls);
});
afterAll(() => api.deps.close());
beforeEach(async () => {
  slug = `w-${randomUUID().slice(0, 8)}`;
  workspaceId = await aWorkspace(world.arrange, { slug });
  admin = await aMember(world.arrange, workspaceId, { name: 'Ada', role: 'ADMIN' });
  csm = await aMember(world.arrange, workspaceId, { name: 'Cem', role: 'CSM' });
  account = await anAccount(world.arrange, workspaceId, { name: 'Acme', external_id: 'acme', owner_id: csm });
  const config = { threshold: 50, clear: 54, severity: 'high', coolDownDays: 7 };
  rule = await aRow(world.arrange, 'alert_rule', { workspace_id: workspaceId, name: 'At risk', kind: 'health_below', config });
  model = await aModel(world.arrange, workspaceId);
  await scored(account, 41, '900');
  api.deps.jobs.asked.length = 0;
});

let model: string;
const scored = (accountId: string, health: number, stake: string) => aScore(world.arrange, { workspaceId, accountId, modelId: model }, { health, stake });
let opened = 0;
const anAlert = async (more: Record<string, unknown> = {}) => {
  const ruleId = await aRow(world.arrange, 'alert_rule', { workspace_id: workspaceId, name: 'Own', kind: 'health_below', config: {} });
  return aRow(world.arrange, 'alert', {
    workspace_id: workspaceId,
    rule_id: ruleId,
    account_id: account,
    opened_on: '2026-11-20',
    opened_at: new Date(Date.UTC(2026, 10, 21, 3, 0, opened++)),
    sentence: 'Health fell from 62 to 41, below 50',
    evidence: {
      rule: { kind: 'health_below' },
      day: '2026-11-20',
      before: { health: 62, segment: 'steady' },
      after: { health: 41, segment: 'steady' },
      reason: null,
    },
    assignee_id: csm,
    ...more,
  });
};
const ask = (method: string, path: string, body?: unknown, as: string | null = csm): Promise<Answer> => api.ask(as, method, `/w/${slug}${path}`, body);
const itemsOf = ({ body }: Answer) => body.items as Record<string, unknown>[];
const idsOf = (answer: Answer) => itemsOf(answer).map(({ id }) => id);
const stateOf = async (table: string, id: string) => (await world.arrange(`SELECT state FROM ${table} WHERE id = $1`, [id]))[0]?.state;

describe('the inbox', () => {
  test('shows an alert with its account, evidence and tasks', async () => {
    const id = await anAlert();
    const task = await aRow(world.arrange, 'task', { workspace_id: workspaceId, account_id: account, alert_id: id, title: 'Call Acme', owner_id: csm });
    const answer = await ask('GET', '/alerts');
    expect(answer.status).toBe(200);
    expect(itemsOf(answer)).toMatchObject([
      {
        id,
        state: 'open',
        openedOn: '2026-11-20',
        rule: { kind: 'health_below' },
        evidence: { before: { health: 62 } },
        account: { name: 'Acme', owner: { name: 'Cem' }, health: 41, stake: '900' },
        assignee: { id: csm, name: 'Cem' },
        tasks: [{ id: task, title: 'Call Acme', state: 'open' }],
      },
    ]);
  });

  test('pages through every alert once, by time and by money', async () => {
    const dear = await anAccount(world.arrange, workspaceId, { name: 'Dear' });
    await scored(dear, 30, '5000');
    const ids = [await anAlert(), await anAlert({ account_id: dear }), await anAlert(), await anAlert()];
    const walk = async (sort: string) => {
      const seen: unknown[] = [];
      for (let cursor = ''; ;) {
        const answer = await ask('GET', `/alerts?limit=2&sort=${sort}${cursor && `&cursor=${cursor}`}`);
        seen.push(...idsOf(answer));
        if (answer.body.next === null) return seen;
        cursor = String(answer.body.next);
      }
    };
    expect(await walk('newest')).toEqual(ids.toReversed());
    const byMoney = await walk('stake');
    expect(byMoney[0]).toBe(ids[1]);
    expect(byMoney.toSorted()).toEqual(ids.toSorted());
  });

  test('filters by state, owner, rule and account, and counts', async () => {
    const mine = await anAlert();
    const snoozed = await anAlert({ state: 'snoozed', snoozed_until: '2026-12-01' });
    const strays = await anAlert({ assignee_id: null, rule_id: rule });
    const resolved = await anAlert({ state: 'resolved', resolved_on: '2026-11-21' });
    const ids = async (query: string) => idsOf(await ask('GET', `/alerts?${query}`)).toSorted();
    expect(await ids('')).toEqual([mine, snoozed, strays].toSorted());
    expect(await ids('state=resolved')).toEqual([resolved]);
    expect(await ids('state=snoozed&owner=me')).toEqual([snoozed]);
    expect(await ids('owner=unassigned')).toEqual([strays]);
    expect(await ids(`rule=${rule}`)).toEqual([strays]);
    expect(await ids(`account=${randomUUID()}`)).toEqual([]);
    expect((await ask('GET', '/alerts/counts?owner=me')).body).toEqual({ open: 1, acknowledged: 0, snoozed: 1, resolved: 1 });
  });

  test.each([['cursor=nonsense'], ['state=sleeping'], [`cursor=${Buffer.from('["2026-99-99 00:00:00+00","x"]').toString('base64url')}`]])(
    'refuses %s',
    async (query) => {
      expect((await ask('GET', `/alerts?${query}`)).status).toBe(400);
    },
  );

  test('acknowledges, snoozes, wakes, assigns and resolves many at once, and says what it left', async () => {
    const [one, two] = [await anAlert(), await anAlert()];
    const done = await anAlert({ state: 'resolved', resolved_on: '2026-11-21' });
    const missing = randomUUID();
    const move = (move: string, more: Record<string, unknown> = {}) => ask('POST', '/alerts/move', { move, ids: [one, two, done, missing], ...more });
    const refused = [
      { id: done, why: 'This alert is resolved' },
      { id: missing, why: 'There is nothing here' },
    ];
    expect((await move('acknowledge')).body).toEqual({ changed: [one, two], refused });
    expect((await move('snooze', { until: '2026-12-01', reason: 'seasonal', note: 'Christmas' })).body).toEqual({ changed: [one, two], refused });
    const rows = await world.arrange('SELECT state, snoozed_until::text AS until, snooze_reason AS reason FROM alert WHERE id = $1', [one]);
    expect(rows).toEqual([{ state: 'snoozed', until: '2026-12-01', reason: 'Seasonal, comes back by itself: Christmas' }]);
    expect((await move('wake')).body).toEqual({ changed: [one, two], refused });
    expect((await move('resolve', { resolution: 'Talked it through' })).body).toEqual({ changed: [one, two], refused });
    expect(await stateOf('alert', one)).toBe('resolved');
    expect(itemsOf(await ask('GET', '/alerts?state=resolved'))).toContainEqual(
      expect.objectContaining({ id: one, resolvedBy: { id: csm, name: 'Cem' }, resolution: 'Talked it through', resolvedOn: '2026-11-22' }),
    );
    const log = await world.arrange('SELECT action FROM audit_log WHERE workspace_id = $1 ORDER BY at', [workspaceId]);
    expect(log.map(({ action }) => action)).toEqual(['alert.acknowledge', 'alert.snooze', 'alert.wake', 'alert.resolve']);
  });

  test('hands an alert and its open task to another member, and to nobody else', async () => {
    const id = await anAlert();
    const task = await aRow(world.arrange, 'task', { workspace_id: workspaceId, account_id: account, alert_id: id, title: 'Call', owner_id: csm });
    expect((await ask('POST', '/alerts/move', { move: 'assign', ids: [id], assignee: admin })).body).toMatchObject({ changed: [id] });
    expect(await world.arrange('SELECT owner_id FROM task WHERE id = $1', [task])).toEqual([{ owner_id: admin }]);
    expect(await ask('POST', '/alerts/move', { move: 'assign', ids: [id], assignee: randomUUID() })).toMatchObject({
      status: 422,
      body: { code: 'rule-violated' },
    });
  });

  test('refuses to snooze into the past and to move as a viewer', async () => {
    const id = await anAlert();
    expect(await ask('POST', '/alerts/move', { move: 'snooze', ids: [id], until: '2026-11-22', note: 'x' })).toMatchObject({
      status: 422,
      body: { detail: 'Choose a day after today' },
    });
    const viewer = await aMember(world.arrange, workspaceId, { role: 'VIEWER' });
    expect((await ask('GET', '/alerts', undefined, viewer)).status).toBe(200);
    expect((await ask('POST', '/alerts/move', { move: 'acknowledge', ids: [id] }, viewer)).status).toBe(403);
    expect((await ask('GET', '/alerts', undefined, null)).status).toBe(401);
  });
});

describe('tasks', () => {
  const create = (more: Record<string, unknown> = {}) => ask('POST', '/tasks', { account, title: 'Call Acme', ...more });

  test('are created for the owner of the account, edited, closed with an outcome and reopened', async () => {
    const made = await create({ dueDay: '2026-11-20' });
    expect(made).toMatchObject({
      status: 201,
      body: { title: 'Call Acme', overdue: true, owner: { id: csm }, createdBy: { id: csm }, account: { name: 'Acme' } },
    });
    const id = String(made.body.id);
    expect((await ask('PATCH', `/tasks/${id}`, { title: 'Visit Acme', owner: null, dueDay: '2026-11-23' })).body).toMatchObject({
      title: 'Visit Acme',
      owner: null,
      overdue: false,
    });
    expect((await ask('POST', '/tasks/move', { move: 'done', ids: [id], outcome: 'They renewed' })).body).toEqual({ changed: [id], refused: [] });
    expect(itemsOf(await ask('GET', '/tasks?state=closed'))).toMatchObject([{ id, state: 'done', outcome: 'They renewed', closedBy: { id: csm } }]);
    expect((await ask('PATCH', `/tasks/${id}`, { title: 'Too late' })).status).toBe(422);
    expect((await ask('POST', '/tasks/move', { move: 'done', ids: [id] })).body).toMatchObject({ changed: [], refused: [{ id }] });
    expect((await ask('POST', '/tasks/move', { move: 'reopen', ids: [id] })).body).toMatchObject({ changed: [id] });
    expect(itemsOf(await ask('GET', '/tasks'))).toMatchObject([{ id, state: 'open', outcome: null, closedAt: null }]);
  });

  test('list the first due first and those without a day last, page by page', async () => {
    const ids: unknown[] = [];
    for (const dueDay of ['2026-11-20', '2026-11-22', '2026-11-29', '2026-12-24', null]) ids.push((await create({ dueDay })).body.id);
    const first = await ask('GET', '/tasks?limit=3');
    const rest = await ask('GET', `/tasks?limit=3&cursor=${String(first.body.next)}`);
    expect([...idsOf(first), ...idsOf(rest)]).toEqual(ids);
    expect(rest.body.next).toBeNull();
    expect(idsOf(await ask('GET', '/tasks?due=overdue'))).toEqual(ids.slice(0, 1));
    expect(idsOf(await ask('GET', '/tasks?due=today'))).toEqual(ids.slice(0, 2));
    expect(idsOf(await ask('GET', '/tasks?due=week&owner=me'))).toEqual(ids.slice(0, 3));
    expect(idsOf(await ask('GET', '/tasks?owner=me', undefined, admin))).toEqual([]);
  });

  test('are postponed, assigned and dismissed with a reason', async () => {
    const id = String((await create()).body.id);
    const move = (body: Record<string, unknown>) => ask('POST', '/tasks/move', { ids: [id], ...body });
    expect((await move({ move: 'postpone', dueDay: '2026-11-22' })).body).toMatchObject({ refused: [{ why: 'Choose a day after today' }] });
    expect((await move({ move: 'postpone', dueDay: '2026-11-25' })).body).toMatchObject({ changed: [id] });
    expect((await move({ move: 'assign', owner: admin })).body).toMatchObject({ changed: [id] });
    expect((await move({ move: 'dismiss', outcome: ' ' })).body).toMatchObject({ refused: [{ id }] });
    expect((await move({ move: 'dismiss', outcome: 'A duplicate' })).body).toMatchObject({ changed: [id] });
    expect(itemsOf(await ask('GET', '/tasks?state=dismissed'))).toMatchObject([{ dueDay: '2026-11-25', owner: { id: admin }, outcome: 'A duplicate' }]);
  });

  test('tell webhooks when they are made and closed', async () => {
    await aRow(world.arrange, 'webhook_endpoint', {
      workspace_id: workspaceId,
      url: 'https://example.com',
      secret: 's',
      events: ['task.created', 'task.closed'],
    });
    const id = String((await create()).body.id);
    await ask('POST', '/tasks/move', { move: 'done', ids: [id], outcome: 'Done' });
    const owed = await world.arrange(`SELECT payload FROM notification WHERE workspace_id = $1 ORDER BY fact`, [workspaceId]);
    expect(owed.map(({ payload }) => (payload as { type: string }).type)).toEqual(['task.closed', 'task.created']);
    expect(api.deps.jobs.asked).toEqual([
      { name: 'notify.send', payload: { workspaceId } },
      { name: 'notify.send', payload: { workspaceId } },
    ]);
  });

  test.each([
    ['an account that is not there', { account: randomUUID() }, 404],
    ['no title', { title: ' ' }, 400],
    ['an owner who is no member', { owner: randomUUID() }, 422],
  ])('are refused for %s', async (_, more, status) => {
    expect((await create(more)).status).toBe(status);
  });
});

describe('a CSM who sees only their own accounts', () => {
  test('finds and moves only their own work', async () => {
    await world.arrange(`UPDATE workspace SET csm_scope = 'own' WHERE id = $1`, [workspaceId]);
    const foreign = await anAccount(world.arrange, workspaceId, { name: 'Foreign', owner_id: admin });
    const [own, theirs] = [await anAlert(), await anAlert({ account_id: foreign })];
    const task = await aRow(world.arrange, 'task', { workspace_id: workspaceId, account_id: foreign, title: 'Theirs' });
    expect(idsOf(await ask('GET', '/alerts'))).toEqual([own]);
    expect((await ask('GET', '/alerts/counts')).body).toMatchObject({ open: 1 });
    expect((await ask('POST', '/alerts/move', { move: 'acknowledge', ids: [own, theirs] })).body).toEqual({
      changed: [own],
      refused: [{ id: theirs, why: 'There is nothing here' }],
    });
    expect(idsOf(await ask('GET', '/tasks'))).toEqual([]);
    expect((await ask('PATCH', `/tasks/${task}`, { title: 'Mine now' })).status).toBe(404);
    expect((await ask('POST', '/tasks', { account: foreign, title: 'x' })).status).toBe(404);
    expect(idsOf(await ask('GET', '/alerts', undefined, admin)).toSorted()).toEqual([own, theirs].toSorted());
  });
});

describe("another workspace's ids", () => {
  test('answer exactly as ids that are not there', async () => {
    const [alert, task] = [await anAlert(), String((await ask('POST', '/tasks', { account, title: 'x' })).body.id)];
    const hook = await aRow(world.arrange, 'webhook_endpoint', {
      workspace_id: workspaceId,
      url: 'https://example.com',
      secret: 's',
      events: ['task.created'],
    });
    const elsewhere = `w-${randomUUID().slice(0, 8)}`;
    const stranger = await aMember(world.arrange, await aWorkspace(world.arrange, { slug: elsewhere }), { role: 'ADMIN' });
    const there = async (method: string, path: (id: string) => string, id: string, body?: (id: string) => unknown) => {
      const answers = [];
      for (const one of [id, randomUUID()]) {
        const { status, body: got } = await api.ask(stranger, method, `/w/${elsewhere}${path(one)}`, body?.(one));
        answers.push(JSON.stringify({ status, got }).replaceAll(one, 'ID'));
      }
      expect(answers[0]).toBe(answers[1]);
    };
    await there(
      'POST',
      () => '/alerts/move',
      alert,
      (id) => ({ move: 'acknowledge', ids: [id] }),
    );
    await there('GET', (id) => `/alerts?account=${id}`, account);
    await there(
      'POST',
      () => '/tasks/move',
      task,
      (id) => ({ move: 'done', ids: [id] }),
    );
    await there(
      'PATCH',
      (id) => `/tasks/${id}`,
      task,
      () => ({ title: 'y' }),
    );
    await there(
      'POST',
      () => '/tasks',
      account,
      (id) => ({ account: id, title: 'y' }),
    );
    await there('DELETE', (id) => `/alert-rules/${id}`, rule);
    await there(
      'PUT',
      (id) => `/alert-rules/${id}`,
      rule,
      () => ({ name: 'x', condition: { kind: 'health_below' } }),
    );
    await there(
      'PUT',
      (id) => `/webhooks/${id}`,
      hook,
      () => ({ url: 'https://8.8.8.8/', events: ['task.created'] }),
    );
    for (const path of ['rotate', 'test']) await there('POST', (id) => `/webhooks/${id}/${path}`, hook);
    await there('DELETE', (id) => `/webhooks/${id}`, hook);
    expect(await stateOf('alert', alert)).toBe('open');
    expect(await stateOf('task', task)).toBe('open');
    expect((await ask('GET', '/alerts', undefined, stranger)).status).toBe(404);
  });
});
