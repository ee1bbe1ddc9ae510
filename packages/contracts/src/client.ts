/**
 * Clients people already run, each by its own address and in its own form. `address` follows the installation's own;
 * the words are those of the Developers page.
 */
export const clients = {
  segment: {
    name: 'Segment',
    package: '@segment/analytics-node',
    address: '',
    auth: 'The API key is the write key.',
    account:
      'The account is the group: the one named with the call (context.groupId), else the one its user was put into by group(). Traits of a group become fields of the account.',
    value: 'properties.value is the value; revenue stays a property, which a meter can add up. page and screen arrive as the events Page and Screen.',
  },
  cloudevents: {
    name: 'CloudEvents',
    package: 'cloudevents',
    address: '/api/v1/events',
    auth: 'The API key is a Bearer token.',
    account: 'The account is the subject. Structured, binary and batch mode are told apart by their headers.',
    value: 'type is the event, data its properties, data.value its value. An event is identified by its source and id together.',
  },
  openmeter: {
    name: 'OpenMeter',
    package: '@openmeter/sdk',
    address: '',
    auth: 'The API key is the apiKey.',
    account: 'The account is the subject of the event.',
    value: 'type is the event, data its properties, data.value its value. An event is identified by its source and id together.',
  },
  posthog: {
    name: 'PostHog',
    package: 'posthog-node',
    address: '/api/v1/posthog',
    auth: 'The API key is the project key.',
    account:
      'The account is the group of the type company, else account or organization, else the only group an event has. For another type end the address in /by/TYPE. Group properties become fields of the account.',
    value: 'properties.value is the value. PostHog’s own events, whose names start with $, are let go; there are no flags.',
  },
  otlp: {
    name: 'OpenTelemetry',
    package: '@opentelemetry/exporter-metrics-otlp-proto',
    address: '/api/v1/otlp',
    auth: 'The API key is a Bearer token in the header authorization.',
    account: 'The attribute tideline.account names the account, on the measurement or on the resource.',
    value:
      'Each data point of a counter (with delta temporality) or a gauge is an event named like the metric, its attributes are the properties. Histograms and cumulative counters are refused with the reason. JSON and protobuf are read.',
  },
} as const satisfies Record<string, { name: string; package: string; address: string; auth: string; account: string; value: string }>;

export type ClientKey = keyof typeof clients;
