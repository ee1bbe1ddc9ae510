import { randomUUID } from 'node:crypto';
import { aMember, aModel, anAccount, aRow, aScore, aWorkspace, openWorld, type World } from '@tideline/testkit/build';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { testApi } from './api.fixture.ts';

let world: World;
let api: ReturnType<typeof testApi>;
let workspaceId: string;
let slug: string;
let admin: string;

beforeAll(async () => {
  world = await openWorld();
  api = testApi(world.urls);
});
afterAll(() => api.deps.close());
beforeEach(async () => {
  slug = `w-${randomUUID().slice(0, 8)}`;
  workspaceId = await aWorkspace(world.arrange, { slug });
  admin = await aMember(world.arrange, workspaceId, { name: 'Ada', role: 'ADMIN' });
  api.deps.jobs.asked.length = 0;
});

const ask = (method: string, path: string, body?: unknown, as = admin) => api.ask(as, method, `/w/${slug}${path}`, body);
const csm = () => aMember(world.arrange, workspaceId, { role: 'CSM' });

describe('alert rules', () => {
  const health = { kind: 'health_below', threshold: 45, clear: 50, severity: 'urgent', coolDownDays: 3 };

  test('are made, changed and deleted, and audited', async () => {
    const made = await ask('POST', '/alert-rules', { name: 'At risk', condition: health });
    expect(made).toMatchObject({ status: 201, body: { name: 'At risk', enabled: true, condition: health, open: 0, fired: 0, lastFiredAt: null } });
    const id = String(made.body.id);
    const changed = await ask('PUT', `/alert-rules/${id}`, {
      name: 'Into risk',
      condition: { kind: 'segment_entered', segments: ['churn_risk', 'dormant'] },
      enabled: false,
    });
    expect(changed.body).toMatchObject({
      id,
      enabled: false,
      condition: { kind: 'segment_entered', segments: ['churn_risk', 'dormant'], severity: 'high', coolDownDays: 7 },
    });
    expect((await ask('GET', '/alert-rules')).body.items).toMatchObject([{ id }]);
    expect((await ask('DELETE', `/alert-rules/${id}`)).status).toBe(200);
    expect((await ask('DELETE', `/alert-rules/${id}`)).status).toBe(404);
    const log = await world.arrange('SELECT action, before, after FROM audit_log WHERE workspace_id = $1 ORDER BY at', [workspaceId]);
    expect(log.map(({ action }) => action)).toEqual(['rule.create', 'rule.change', 'rule.delete']);
    expect(log[1]).toMatchObject({ before: { name: 'At risk' }, after: { name: 'Into risk' } });
  });

  test('that fired are history: switched off, not deleted', async () => {
    const id = String((await ask('POST', '/alert-rules', { name: 'At risk', condition: health })).body.id);
    const account_id = await anAccount(world.arrange, workspaceId);
    await aRow(world.arrange, 'alert', {
      workspace_id: workspaceId,
      rule_id: id,
      account_id,
      opened_on: '2026-11-20',
      opened_at: new Date(),
      sentence: 's',
      evidence: {},
    });
    expect(await ask('DELETE', `/alert-rules/${id}`)).toMatchObject({
      status: 422,
      body: { detail: 'This rule fired once, and what fired is history: switch it off instead' },
    });
    expect((await ask('GET', '/alert-rules')).body.items).toMatchObject([{ id, fired: 1, open: 1 }]);
  });

  test.each([
    [{ kind: 'health_below', threshold: 50, clear: 40 }, 'clear'],
    [{ kind: 'segment_entered', segments: [] }, 'at least one segment'],
    [{ kind: 'moon_full' }, ''],
  ])('%j is refused', async (condition, words) => {
    const answer = await ask('POST', '/alert-rules', { name: 'x', condition });
    expect(answer.status).toBe(400);
    expect(answer.body.detail).toContain(words);
  });

  test('are tried on the accounts as they stand, without saving', async () => {
    const modelId = await aModel(world.arrange, workspaceId);
    const scored = async (name: string, healthNow: number | null, stake: string, segment: string, status = 'live') => {
      const accountId = await anAccount(world.arrange, workspaceId, { name, status });
      await aScore(world.arrange, { workspaceId, accountId, modelId }, { health: healthNow, stake, segment });
    };
    await scored('Low', 20, '100.50', 'churn_risk');
    await scored('Lower', 10, '200.25', 'dormant');
    await scored('Fine', 80, '5', 'steady');
    await scored('Young', null, '0', 'unassigned');
    await scored('Closed', 10, '900', 'dormant', 'closed');
    const preview = await ask('POST', '/alert-rules/preview', { condition: health });
    expect(preview.body).toMatchObject({ accounts: 4, holding: 2, stake: '300.75', examples: [{ name: 'Lower' }, { name: 'Low' }] });
    expect((await ask('POST', '/alert-rules/preview', { condition: { kind: 'segment_entered', segments: ['dormant'] } })).body).toMatchObject({ holding: 1 });
    expect((await ask('GET', '/alert-rules')).body.items).toEqual([]);
  });

  test('are read by everybody and changed by admins', async () => {
    const other = await csm();
    expect((await ask('GET', '/alert-rules', undefined, other)).status).toBe(200);
    expect((await ask('POST', '/alert-rules', { name: 'x', condition: health }, other)).status).toBe(403);
  });
});

describe('webhook endpoints', () => {
  const url = 'https://8.8.8.8/hook';
  const create = (more: Record<string, unknown> = {}) => ask('POST', '/webhooks', { url, events: ['alert.opened'], ...more });

  test('tell their secret once, and another when it is rotated', async () => {
    const made = await create();
    expect(made.status).toBe(201);
    const { id, secret } = made.body as { id: string; secret: string };
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const list = await ask('GET', '/webhooks');
    expect(list.body.items).toMatchObject([{ id, url, events: ['alert.opened'], enabled: true, owed: 0, failed: 0, lastSentAt: null }]);
    expect(JSON.stringify(list.body)).not.toContain(secret);
    const rotated = await ask('POST', `/webhooks/${id}/rotate`);
    expect(rotated.body.secret).not.toBe(secret);
    expect(await world.arrange('SELECT secret FROM webhook_endpoint WHERE id = $1', [id])).toEqual([{ secret: rotated.body.secret }]);
    const log = await world.arrange('SELECT action, before, after FROM audit_log WHERE workspace_id = $1 ORDER BY at', [workspaceId]);
    expect(log.map(({ action }) => action)).toEqual(['webhook.create', 'webhook.rotate']);
    expect(JSON.stringify(log)).not.toMatch(/whsec_/);
  });

  test('are changed and deleted', async () => {
    const id = String((await create()).body.id);
    expect((await ask('PUT', `/webhooks/${id}`, { url: 'https://1.1.1.1/', events: ['task.created', 'task.closed'], enabled: false })).body).toMatchObject({
      url: 'https://1.1.1.1/',
      enabled: false,
    });
    expect((await ask('DELETE', `/webhooks/${id}`)).status).toBe(200);
    expect((await ask('DELETE', `/webhooks/${id}`)).status).toBe(404);
  });

  test.each([
    ['http://127.0.0.1/hook', 422],
    ['http://[::1]/hook', 422],
    ['http://169.254.169.254/latest/meta-data', 422],
    ['ftp://example.com', 400],
    ['not an address', 400],
  ])('at %s are refused', async (address, status) => {
    expect((await create({ url: address })).status).toBe(status);
  });

  test('need at least one event, and one that exists', async () => {
    expect((await create({ events: [] })).status).toBe(400);
    expect((await create({ events: ['alert.exploded'] })).status).toBe(400);
  });

  test('send a test, list it among the messages, and send it again under its id', async () => {
    const id = String((await create()).body.id);
    const sent = await ask('POST', `/webhooks/${id}/test`);
    expect(sent.status).toBe(202);
    const { deliveryId } = sent.body as { deliveryId: string };
    expect(api.deps.jobs.asked).toEqual([{ name: 'notify.send', payload: { workspaceId } }]);
    expect((await ask('GET', `/deliveries?endpoint=${id}`)).body.items).toMatchObject([{ id: deliveryId, type: 'test', state: 'owed', attempts: 0 }]);
    await world.arrange(`UPDATE notification SET state = 'failed', attempts = 10 WHERE id = $1`, [deliveryId]);
    expect((await ask('GET', '/webhooks')).body.items).toMatchObject([{ failed: 1 }]);
    expect((await ask('POST', `/deliveries/${deliveryId}/redeliver`)).status).toBe(202);
    expect((await ask('GET', '/deliveries?state=owed')).body.items).toMatchObject([{ id: deliveryId, attempts: 0 }]);
    expect((await ask('POST', `/deliveries/${randomUUID()}/redeliver`)).status).toBe(404);
  });

  test('that are switched off cannot be tested', async () => {
    const id = String((await create({ enabled: false })).body.id);
    expect((await ask('POST', `/webhooks/${id}/test`)).status).toBe(422);
  });

  test('are for admins', async () => {
    const other = await csm();
    for (const path of ['/webhooks', '/deliveries']) expect((await ask('GET', path, undefined, other)).status).toBe(403);
  });

  test('page through their messages', async () => {
    const id = String((await create()).body.id);
    for (let i = 0; i < 5; i++) await ask('POST', `/webhooks/${id}/test`);
    const first = await ask('GET', '/deliveries?limit=3');
    const rest = await ask('GET', `/deliveries?limit=3&cursor=${String(first.body.next)}`);
    const ids = [...(first.body.items as { id: string }[]), ...(rest.body.items as { id: string }[])].map((one) => one.id);
    expect(new Set(ids).size).toBe(5);
    expect(rest.body.next).toBeNull();
  });
});
