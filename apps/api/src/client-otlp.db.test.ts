import { OTLPMetricExporter as JsonExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPMetricExporter as ProtoExporter } from '@opentelemetry/exporter-metrics-otlp-proto';
import { AggregationTemporality, MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { openWorld } from '@tideline/testkit/build';
import { expect, test } from 'vitest';
import { clientWorld } from './client.fixture.ts';
import { decodeMetrics } from './client/otlp-wire.ts';

const world = await openWorld();
const { address, workspace, stored, post, fingerprint } = await clientWorld(world);

const PATH = '/api/v1/otlp/v1/metrics';
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
type Exporter = typeof ProtoExporter | typeof JsonExporter;

/** Measures with the official SDK and exporter, and ends the export. */
const measure = async (Exporter: Exporter, key: string, temporality: AggregationTemporality, work: (provider: MeterProvider) => void): Promise<void> => {
  const exporter = new Exporter({ url: `${address}${PATH}`, headers: bearer(key), temporalityPreference: temporality });
  const provider = new MeterProvider({ readers: [new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 60_000 })] });
  work(provider);
  await provider.shutdown();
};

test.each([
  ['protobuf', ProtoExporter],
  ['JSON', JsonExporter],
] as const)('counters and gauges by the official exporter as %s', async (_, Exporter) => {
  const own = await workspace();
  await measure(Exporter, own.key, AggregationTemporality.DELTA, (provider) => {
    const meter = provider.getMeter('jobs');
    const jobs = meter.createCounter('jobs.run');
    jobs.add(3, { 'tideline.account': 'acme', region: 'eu' });
    jobs.add(4, { 'tideline.account': 'acme', region: 'eu' });
    jobs.add(0.5, { 'tideline.account': 'globex', retries: 2 });
    meter.createGauge('seats').record(12, { 'tideline.account': 'acme' });
    meter.createUpDownCounter('open').add(-2, { 'tideline.account': 'acme' });
  });
  const found = (await stored(own)).map(({ account, event, value, properties }) => [account, event, Number(value), properties]);
  expect(found).toHaveLength(4);
  const service = { 'service.name': expect.stringContaining('unknown_service') as string };
  for (const one of [
    ['acme', 'jobs.run', 7, { ...service, region: 'eu' }],
    ['globex', 'jobs.run', 0.5, { ...service, retries: 2 }],
    ['acme', 'seats', 12, service],
    ['acme', 'open', -2, service],
  ])
    expect(found).toContainEqual(one);
});

test('what cannot be counted is refused with the setting that mends it, and kept once however often it comes', async () => {
  const own = await workspace();
  for (let i = 0; i < 2; i++) {
    await measure(ProtoExporter, own.key, AggregationTemporality.CUMULATIVE, (provider) => {
      provider.getMeter('jobs').createCounter('jobs.run').add(3, { 'tideline.account': 'acme' });
      provider.getMeter('jobs').createHistogram('jobs.time').record(3, { 'tideline.account': 'acme' });
    });
  }
  expect(await stored(own)).toEqual([]);
  const kept = await world.arrange(`SELECT event, message, times FROM refused_event WHERE workspace_id = $1 ORDER BY event`, [own.workspaceId]);
  expect(kept).toMatchObject([
    { event: 'jobs.run', message: expect.stringContaining('TEMPORALITY_PREFERENCE=delta') as string, times: 2 },
    { event: 'jobs.time', message: expect.stringContaining('histogram') as string, times: 2 },
  ]);
});

const now = `${Date.now()}000000`;
const sum = (attributes: object[]) => ({
  resourceMetrics: [
    {
      scopeMetrics: [
        {
          metrics: [
            {
              name: 'use',
              sum: { aggregationTemporality: 1, dataPoints: [{ attributes, startTimeUnixNano: now, timeUnixNano: now, asInt: '9007199254740993' }] },
            },
          ],
        },
      ],
    },
  ],
});
const of = (account: string) => [{ key: 'tideline.account', value: { stringValue: account } }];

test('an export sent again counts once, every digit counts, and a point of no account is told', async () => {
  const own = await workspace();
  for (let i = 0; i < 2; i++) expect(await (await post(PATH, sum(of('acme')), bearer(own.key))).json()).toEqual({});
  expect(await stored(own)).toMatchObject([{ account: 'acme', value: '9007199254740993' }]);
  const told = await (await post(PATH, sum([]), bearer(own.key))).json();
  expect(told).toMatchObject({ partialSuccess: { rejectedDataPoints: 1, errorMessage: expect.stringContaining('tideline.account') as string } });
  const proto = { method: 'POST', headers: { ...bearer(own.key), 'content-type': 'application/x-protobuf' } };
  expect((await fetch(`${address}${PATH}`, { ...proto, body: Buffer.from([0x0a, 0xff, 0x01]) })).status).toBe(400);
  expect((await fetch(`${address}${PATH}`, { ...proto, body: Buffer.alloc(0) })).status).toBe(200);
  expect(decodeMetrics(new Uint8Array())).toEqual({});
});

test('the key decides the workspace', async () => {
  const [own, other] = [await workspace(), await workspace()];
  const before = await fingerprint(own);
  const one = sum(of(own.ids.externalId));
  for (const headers of [{}, bearer('nonsense'), bearer(`${own.key}x`)]) expect((await post(PATH, one, headers as Record<string, string>)).status).toBe(401);
  expect((await post(PATH, one, bearer(other.key))).status).toBe(200);
  expect(await fingerprint(own)).toBe(before);
  const reader = await workspace();
  await world.arrange(`UPDATE api_key SET scopes = '{read}' WHERE workspace_id = $1`, [reader.workspaceId]);
  expect((await post(PATH, one, bearer(reader.key))).status).toBe(403);
});
