import { expect, test } from 'vitest';
import { type Options, Tideline } from './tideline.ts';
import { createWorld, START } from './world.fixture.ts';

const call = { account: 'acme', event: 'api.call', value: 1 };
const codes = ({ reports }: ReturnType<typeof createWorld>) => reports.map(({ code }) => code);

test('events tracked together travel together, with ids and the time they were tracked', async () => {
  const { tideline, clock, requests, results } = createWorld();
  const first = tideline.track(call);
  await clock.pass(200);
  const second = tideline.track({ ...call, properties: { region: 'eu' } });
  expect(requests).toEqual([]);
  await clock.pass(300);
  expect(requests).toEqual([
    [
      { ...call, id: first, timestamp: new Date(START).toISOString() },
      { ...call, id: second, timestamp: new Date(START + 200).toISOString(), properties: { region: 'eu' } },
    ],
  ]);
  expect(second > first).toBe(true);
  expect(results).toMatchObject([{ accepted: 2, duplicates: 0, conflicts: 0, rejected: [], acknowledged: [first, second], attempts: 1 }]);
  expect(tideline.stats()).toMatchObject({ tracked: 2, acknowledged: 2, dropped: 0, waiting: 0, waitingBytes: 0, requests: 1 });
});

test('what the host gives is kept: id, time, and content as it was then', async () => {
  const { tideline, clock, requests } = createWorld();
  const properties = { region: 'eu' };
  expect(tideline.track({ ...call, id: 'mine', timestamp: new Date('2026-01-02T03:04:05Z'), properties })).toBe('mine');
  properties.region = 'us';
  await clock.pass(500);
  expect(requests[0]).toEqual([{ ...call, id: 'mine', timestamp: '2026-01-02T03:04:05.000Z', properties: { region: 'eu' } }]);
});

test('a full batch goes at once, and only so many at a time', async () => {
  const world = createWorld({ maxBatchEvents: 10, maxInFlight: 2 });
  world.fates.push('hangs', 'hangs');
  for (let i = 0; i < 60; i++) world.tideline.track(call);
  await world.clock.pass(0);
  expect(world.requests.map((events) => events.length)).toEqual([10, 10]);
  await world.clock.pass(60_000);
  expect(world.gauge.most).toBe(2);
  expect(world.stored.size).toBe(60);
});

test('a request stays below its bytes', async () => {
  const world = createWorld({ maxBatchBytes: 2_000 });
  for (let i = 0; i < 50; i++) world.tideline.track({ ...call, properties: { text: 'ü'.repeat(i * 4) } });
  await world.clock.pass(60_000);
  expect(world.requests.flat()).toHaveLength(50);
  for (const events of world.requests) expect(Buffer.byteLength(JSON.stringify(events))).toBeLessThanOrEqual(2_000);
  world.tideline.track({ ...call, properties: { text: 'x'.repeat(2_000) } });
  expect(codes(world)).toEqual(['invalid']);
});

test('a retry is the same bytes, so the server sees a duplicate', async () => {
  const world = createWorld();
  world.fates.push('lost', 503, 429, 408, 'page', 'hangs');
  const id = world.tideline.track(call);
  await world.clock.pass(200_000);
  expect(world.requests).toHaveLength(7);
  expect(new Set(world.requests.map((events) => JSON.stringify(events))).size).toBe(1);
  expect(world.results).toMatchObject([{ accepted: 0, duplicates: 1, acknowledged: [id], attempts: 7 }]);
  expect(codes(world)).toEqual(['retrying']);
});

test('Retry-After holds back every batch', async () => {
  const world = createWorld({ maxBatchEvents: 1, maxInFlight: 1 }, () => 0);
  world.fates.push({ status: 429, retryAfter: '9' });
  world.tideline.track(call);
  world.tideline.track(call);
  await world.clock.pass(8_999);
  expect(world.requests).toHaveLength(1);
  await world.clock.pass(1);
  expect(world.stored.size).toBe(2);
});

test('what the server refuses is dropped and told', async () => {
  for (const status of [400, 401, 403, 302, 415]) {
    const world = createWorld();
    world.fates.push(status);
    const id = world.tideline.track(call);
    await world.clock.pass(60_000);
    expect(world.requests).toHaveLength(1);
    expect(world.reports).toMatchObject([{ code: 'refused', status, count: 1, events: [{ id }] }]);
    expect(world.tideline.stats()).toMatchObject({ dropped: 1, waiting: 0, waitingBytes: 0 });
  }
});

test('too large is halved until it fits; one event that is too large is dropped', async () => {
  const world = createWorld();
  world.fates.push(413, 413, 413, 'ok', 'ok', 'ok');
  for (let i = 0; i < 4; i++) world.tideline.track(call);
  await world.clock.pass(60_000);
  expect(world.requests.map((events) => events.length)).toEqual([4, 2, 1, 1, 2]);
  expect(world.stored.size).toBe(3);
  expect(world.reports).toMatchObject([{ code: 'refused', status: 413, count: 1 }]);
});

test('refused events and conflicts are told with the event', async () => {
  const world = createWorld();
  world.tideline.track({ ...call, account: 'unknown' });
  world.tideline.track({ ...call, id: 'twice', value: 1 });
  world.tideline.track({ ...call, id: 'twice', value: 2 });
  await world.clock.pass(500);
  expect(world.reports).toMatchObject([
    { code: 'rejected', fault: 'unknown-account', events: [{ account: 'unknown' }] },
    { code: 'conflict', count: 1, events: [{ id: 'twice', value: 2 }] },
  ]);
  expect(world.results[0]?.acknowledged).toEqual(['twice', 'twice']);
});

test('memory is bounded: what is too much is dropped, counted, and told once', async () => {
  const world = createWorld({ maxQueuedEvents: 10 });
  world.fates.push('hangs');
  for (let i = 0; i < 25; i++) world.tideline.track(call);
  await world.clock.pass(1_000);
  world.tideline.track(call);
  expect(world.tideline.stats()).toMatchObject({ tracked: 26, waiting: 10, dropped: 16 });
  expect(codes(world)).toEqual(['queue-full']);
  await world.clock.pass(60_000);
  for (let i = 0; i < 11; i++) world.tideline.track(call);
  expect(codes(world)).toEqual(['queue-full', 'queue-full']);
  const bytes = createWorld({ maxQueuedBytes: 1_024 });
  for (let i = 0; i < 100; i++) bytes.tideline.track(call);
  expect(bytes.tideline.stats().waitingBytes).toBeLessThanOrEqual(1_024);
  expect(bytes.tideline.stats().dropped).toBeGreaterThan(80);
});

test('a batch that cannot be sent for too long is dropped', async () => {
  const world = createWorld({ giveUpAfterMs: 60_000 });
  world.fates.push(...Array.from({ length: 50 }, () => 'unreachable' as const));
  world.tideline.track(call);
  await world.clock.pass(120_000);
  expect(codes(world)).toEqual(['retrying', 'gave-up']);
});

test('never throws into the host', async () => {
  const explode = () => {
    throw new Error('the host explodes');
  };
  const world = createWorld({ onError: explode, onResult: explode });
  const cyclic: Record<string, unknown> = {};
  cyclic.self = cyclic;
  const odd: unknown[] = [
    undefined,
    null,
    7,
    { ...call, value: Number.NaN },
    { ...call, properties: cyclic },
    { ...call, timestamp: new Date(Number.NaN) },
    { ...call, value: 1n },
  ];
  for (const event of odd) expect(typeof world.tideline.track(event as typeof call)).toBe('string');
  expect(world.tideline.stats()).toMatchObject({ tracked: 7, waiting: 1, dropped: 6 });
  world.tideline.track(call);
  await world.clock.pass(500);
  expect(world.stored.size).toBe(2);
  const broken = [undefined, {}, { url: 'nowhere', key: 'k' }, { url: 'https://t.example', key: 'two words' }] as unknown as Options[];
  for (const options of broken) {
    const reports: string[] = [];
    const tideline = new Tideline({ ...options, onError: ({ code }) => void reports.push(code) });
    tideline.track(call);
    expect(await tideline.close()).toBe(true);
    expect(reports).toEqual(['options']);
  }
});

test('flush sends at once and says whether all of it was settled in time', async () => {
  const world = createWorld();
  expect(await world.tideline.flush()).toBe(true);
  world.fates.push('hangs');
  world.tideline.track(call);
  const late = world.tideline.flush({ timeoutMs: 1_000 });
  await world.clock.pass(1_000);
  expect(await late).toBe(false);
  const patient = world.tideline.flush({ timeoutMs: 60_000 });
  await world.clock.pass(59_000);
  expect(await patient).toBe(true);
  expect(world.clock.waiting()).toBe(0);
});

test('close drops what does not get through in time, tells it, and takes no more', async () => {
  const world = createWorld({ maxBatchEvents: 2 });
  world.fates.push('hangs', 'ok');
  for (let i = 0; i < 4; i++) world.tideline.track(call);
  const closed = world.tideline.close({ timeoutMs: 1_000 });
  expect(world.tideline.close()).toBe(closed);
  world.tideline.track(call);
  await world.clock.pass(1_000);
  expect(await closed).toBe(false);
  expect(world.reports).toMatchObject([
    { code: 'closed', count: 1 },
    { code: 'closed', count: 2 },
  ]);
  expect(world.tideline.stats()).toMatchObject({ tracked: 5, acknowledged: 2, dropped: 3, waiting: 0, waitingBytes: 0 });
  expect(world.clock.waiting()).toBe(0);
});
