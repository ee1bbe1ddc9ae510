import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { addDays, day, daysFromTo, type Day } from '@tideline/domain/calendar';
import { aMember, aRow, openWorld, type World } from '@tideline/testkit/build';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeDays } from './day.ts';
import { testDeps, type TestDeps } from './deps.fixture.ts';
import { sendOwed } from './notify.ts';
import { scoreChanged } from './score.ts';
import { aScoredWorkspace, sendUsage } from './scoring.fixture.ts';

const FIRST = day('2026-01-01');
const START = day('2026-08-01'); // the first day closed live
const LOST = 'acme';

type Message = { id: string; type: string; data: { alert?: { sentence: string }; account: { externalId: string }; from?: string; to?: string } };
let world: World;
let deps: TestDeps;
let receiver: Server;
let received: Message[] = [];

beforeAll(async () => {
  world = await openWorld();
  deps = testDeps(world.urls, { webhookRanges: ['127.0.0.0/8'] });
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { type, data } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Omit<Message, 'id'>;
      received.push({ id: String(request.headers['webhook-id']), type, data });
      response.end();
    });
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
});
afterAll(async () => {
  receiver.close();
  await deps.close();
});

/** The morning after a day, when it is closed. */
const morningAfter = (closed: Day) => new Date(`${addDays(closed, 1)}T03:00:00Z`);

/**
 * Twenty accounts used daily; from August on one of them is silent for two weeks, then comes back. Each morning the day is
 * closed twice over (a retry) and what is owed is sent: whatever is repeated, each fact is told once.
 */
test('usage that ebbs becomes an alert, a task and a message once, and resolves when it comes back', { timeout: 120_000 }, async () => {
  deps.clock.now = new Date(`${START}T03:00:00Z`);
  const { workspaceId, versionId } = await aScoredWorkspace(world.arrange, { created_at: '2026-01-01' });
  const owner = await aMember(world.arrange, workspaceId);
  const common = { severity: 'high', coolDownDays: 7 };
  const rules = [
    { name: 'Health below 50', kind: 'health_below', config: { ...common, threshold: 50, clear: 54 } },
    { name: 'Enters churn risk', kind: 'segment_entered', config: { ...common, segments: ['churn_risk'] } },
  ];
  for (const rule of rules) await aRow(world.arrange, 'alert_rule', { workspace_id: workspaceId, ...rule });
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
  const events = ['alert.opened', 'alert.resolved', 'segment.changed', 'task.created'];
  await aRow(world.arrange, 'webhook_endpoint', { workspace_id: workspaceId, url, secret: 'whsec_c2VjcmV0', events });

  const others = Array.from({ length: 19 }, (_, i) => `account-${i}`);
  const used = (account: string, on: Day) => ({ account, day: on, events: 1, revenue: 100 });
  const send = (...rows: ReturnType<typeof used>[]) => sendUsage(world.arrange, workspaceId, versionId, rows);
  await send(...[LOST, ...others].flatMap((account) => daysFromTo(FIRST, START).map((on) => used(account, on))));
  await world.arrange('UPDATE account SET owner_id = $2 WHERE workspace_id = $1', [workspaceId, owner]);

  const close = async (on: Day) => {
    deps.clock.now = morningAfter(on);
    await Promise.all([closeDays(deps, workspaceId), closeDays(deps, workspaceId)]);
    await scoreChanged(deps, workspaceId);
    await Promise.all([sendOwed(deps, workspaceId), sendOwed(deps, workspaceId)]);
  };
  await close(START);
  expect(received).toEqual([]); // first sight fires nothing

  const silentUntil = addDays(START, 13);
  for (const on of daysFromTo(addDays(START, 1), silentUntil)) {
    await send(...others.map((account) => used(account, on)));
    await close(on);
  }
  const alerts = () =>
    world.arrange(
      `SELECT r.kind, al.state, al.assignee_id AS assignee, a.external_id AS account FROM alert al JOIN alert_rule r ON r.id = al.rule_id
       JOIN account a ON a.id = al.account_id WHERE al.workspace_id = $1 ORDER BY r.kind`,
      [workspaceId],
    );
  expect(await alerts()).toEqual([
    { kind: 'health_below', state: 'open', assignee: owner, account: LOST },
    { kind: 'segment_entered', state: 'open', assignee: owner, account: LOST },
  ]);
  const tasks = await world.arrange('SELECT title, owner_id FROM task WHERE workspace_id = $1 ORDER BY title', [workspaceId]);
  expect(tasks).toEqual([
    { title: 'Ask acme why health fell below 50', owner_id: owner },
    { title: 'Find out what changed at acme', owner_id: owner },
  ]);
  expect(received.map(({ type }) => type).toSorted()).toEqual(['alert.opened', 'alert.opened', 'segment.changed', 'task.created', 'task.created']);
  expect(received.find(({ type }) => type === 'alert.opened')?.data.alert?.sentence).toMatch(/^Health fell from \d+ to 4\d, below 50: Active \d+ of 28 days/);
  expect(received.find(({ type }) => type === 'segment.changed')?.data).toMatchObject({ account: { externalId: LOST }, from: 'steady', to: 'churn_risk' });

  received = [];
  // Usage arrives: health recovers within the minute, the segment when a month of use is behind it.
  const back = addDays(silentUntil, 1);
  await send(used(LOST, back));
  await scoreChanged(deps, workspaceId);
  await sendOwed(deps, workspaceId);
  expect(await alerts()).toMatchObject([{ state: 'resolved' }, { state: 'open' }]);
  expect(received.map(({ type }) => type)).toEqual(['alert.resolved']);
  for (const on of daysFromTo(back, addDays(back, 31))) {
    await send(...[...(on === back ? [] : [LOST]), ...others].map((account) => used(account, on)));
    await close(on);
  }
  expect(await alerts()).toMatchObject([{ state: 'resolved' }, { state: 'resolved' }]);
  expect(received.map(({ type }) => type).toSorted()).toEqual(['alert.resolved', 'alert.resolved', 'segment.changed']);
  expect(new Set(received.map(({ id }) => id)).size).toBe(received.length);
});
