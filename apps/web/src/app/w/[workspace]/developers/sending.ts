import { type ClientKey, clients } from '@tideline/contracts/client';
import type { Sample } from './sample.ts';

export type Way = { address: string; key: string; sample: Sample };
type Sending = { /** null: not from the registry. */ install: string | null; code: (way: Way) => string };

const js = (value: unknown): string => `'${String(value).replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
const object = (fields: Record<string, unknown>): string => {
  const pairs = Object.entries(fields).map(
    ([name, value]) => `${/^[A-Za-z_]\w*$/.test(name) ? name : js(name)}: ${typeof value === 'string' ? js(value) : JSON.stringify(value)}`,
  );
  return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
};
/** What the event carries, as clients do that have no field for the value. */
const carried = ({ value, properties }: Sample): string => object({ ...(value === undefined ? {} : { value }), ...properties });

/** The exact lines that send the sample with each client people already run. The account may be a real one: nothing here changes its fields. */
export const sendings: Record<'sdk' | ClientKey, Sending> = {
  sdk: {
    install: null,
    code: ({ address, key, sample: { account, event, value, properties } }) =>
      [
        `import { Tideline } from '@tideline/sdk';`,
        ``,
        `const tideline = new Tideline({ url: ${js(address)}, key: ${js(key)} });`,
        ``,
        `tideline.track({`,
        `  account: ${js(account)},`,
        `  event: ${js(event)},`,
        ...(value === undefined ? [] : [`  value: ${value},`]),
        ...(properties ? [`  properties: ${object(properties)},`] : []),
        `});`,
        `await tideline.close(); // before the program ends`,
      ].join('\n'),
  },
  segment: {
    install: clients.segment.package,
    code: ({ address, key, sample }) =>
      [
        `import { Analytics } from '@segment/analytics-node';`,
        ``,
        `const analytics = new Analytics({ host: ${js(address)}, writeKey: ${js(key)} });`,
        ``,
        `analytics.group({ userId: 'user-1', groupId: ${js(sample.account)} });`,
        `analytics.track({ userId: 'user-1', event: ${js(sample.event)}, properties: ${carried(sample)} });`,
        `await analytics.closeAndFlush();`,
      ].join('\n'),
  },
  cloudevents: {
    install: clients.cloudevents.package,
    code: ({ address, key, sample }) =>
      [
        `import { CloudEvent, emitterFor, httpTransport, Mode } from 'cloudevents';`,
        ``,
        `const emit = emitterFor(httpTransport(${js(address + clients.cloudevents.address)}), { mode: Mode.BINARY });`,
        ``,
        `await emit(`,
        `  new CloudEvent({ source: '/my-service', type: ${js(sample.event)}, subject: ${js(sample.account)}, data: ${carried(sample)} }),`,
        `  { headers: { authorization: ${js(`Bearer ${key}`)} } },`,
        `);`,
      ].join('\n'),
  },
  openmeter: {
    install: clients.openmeter.package,
    code: ({ address, key, sample }) =>
      [
        `import { OpenMeter } from '@openmeter/sdk';`,
        ``,
        `const openmeter = new OpenMeter({ baseUrl: ${js(address)}, apiKey: ${js(key)} });`,
        ``,
        `await openmeter.events.ingest({ type: ${js(sample.event)}, subject: ${js(sample.account)}, data: ${carried(sample)} });`,
      ].join('\n'),
  },
  posthog: {
    install: clients.posthog.package,
    code: ({ address, key, sample }) =>
      [
        `import { PostHog } from 'posthog-node';`,
        ``,
        `const posthog = new PostHog(${js(key)}, { host: ${js(address + clients.posthog.address)} });`,
        ``,
        `posthog.capture({`,
        `  distinctId: 'user-1',`,
        `  event: ${js(sample.event)},`,
        `  groups: { company: ${js(sample.account)} },`,
        `  properties: ${carried(sample)},`,
        `});`,
        `await posthog.shutdown();`,
      ].join('\n'),
  },
  otlp: {
    install: `${clients.otlp.package} @opentelemetry/sdk-metrics`,
    code: ({ address, key, sample: { account, event, value, properties } }) =>
      [
        `import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto';`,
        `import { AggregationTemporality, MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';`,
        ``,
        `const exporter = new OTLPMetricExporter({`,
        `  url: ${js(`${address}${clients.otlp.address}/v1/metrics`)},`,
        `  headers: { authorization: ${js(`Bearer ${key}`)} },`,
        `  temporalityPreference: AggregationTemporality.DELTA,`,
        `});`,
        `const provider = new MeterProvider({ readers: [new PeriodicExportingMetricReader({ exporter })] });`,
        ``,
        `const counter = provider.getMeter('my-service').createCounter(${js(event)});`,
        `counter.add(${value ?? 1}, ${object({ 'tideline.account': account, ...properties })});`,
        `await provider.shutdown();`,
      ].join('\n'),
  },
};
