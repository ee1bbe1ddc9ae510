import type { Fault } from '@tideline/contracts/ingest';
import { contentId, type Fields, fieldsOf, isFields, keyText, type Step } from './step.ts';

/** The attribute of a data point, or of its resource, that names the account. */
export const ACCOUNT_ATTRIBUTE = 'tideline.account';
const CUMULATIVE = 2;
const DELTA = 1;
const NO_VALUE = 1; // a flag of a data point

/**
 * OpenTelemetry metrics in our words: each data point is an event, named like its metric, with the attributes as
 * properties. Delta sums are usage; gauges, and cumulative sums that may also fall, are levels. A cumulative sum that
 * only rises would count everything again with each export, so it is refused with the setting that mends it.
 */
export const otlpSteps = (body: unknown): Step[] =>
  listOf(fieldsOf(body).resourceMetrics).flatMap((resourceMetrics) => {
    const resource = attributesOf(fieldsOf(resourceMetrics.resource).attributes);
    return listOf(resourceMetrics.scopeMetrics).flatMap((scopeMetrics) => {
      const scope = fieldsOf(scopeMetrics.scope).name;
      return listOf(scopeMetrics.metrics).flatMap((metric) => metricSteps(metric, resource, scope));
    });
  });

/** A text or number as text; anything else, which may have no text, as none. */
const plain = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

const listOf = (value: unknown): Fields[] => (Array.isArray(value) ? (value as unknown[]).filter(isFields) : []);

const metricSteps = (metric: Fields, resource: Fields, scope: unknown): Step[] => {
  const kind = (['sum', 'gauge', 'histogram', 'exponentialHistogram', 'summary'] as const).find((name) => isFields(metric[name]));
  if (!kind) return [];
  const of = fieldsOf(metric[kind]);
  const fault = faultOf(kind, of, plain(metric.name));
  const points = listOf(of.dataPoints).filter(({ flags }) => (Number(plain(flags)) & NO_VALUE) === 0);
  return points.flatMap((point) => {
    const attributes = attributesOf(point.attributes);
    const account = keyText(attributes[ACCOUNT_ATTRIBUTE]) ?? keyText(resource[ACCOUNT_ATTRIBUTE]) ?? undefined;
    // Without what differs in each export, so that what is refused all day long is kept once and counted.
    if (fault) return [{ do: 'event', event: { event: metric.name, account }, user: null, fault } as const];
    const value = point.asInt ?? point.asDouble;
    const nothing = kind === 'sum' && of.aggregationTemporality === DELTA && plain(value) !== '' && Number(plain(value)) === 0;
    return nothing ? [] : [pointStep(metric.name, { point, attributes, account, value }, [resource, scope])];
  });
};

const faultOf = (kind: string, { aggregationTemporality, isMonotonic }: Fields, name: string): Fault | null => {
  if (kind === 'gauge') return null;
  if (kind !== 'sum') return unsupported(`"${name.slice(0, 60)}" is a ${kind === 'summary' ? kind : 'histogram'}: count usage with a counter or a gauge`);
  if (aggregationTemporality === DELTA || (aggregationTemporality === CUMULATIVE && isMonotonic !== true)) return null;
  return unsupported(
    `"${name.slice(0, 60)}" is a cumulative sum: set the exporter to delta, temporalityPreference: AggregationTemporality.DELTA or OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE=delta`,
  );
};
const unsupported = (message: string): Fault => ({ code: 'unsupported-metric', message });

type Point = { point: Fields; attributes: Fields; account: string | undefined; value: unknown };

/** The id is made from all that identifies a data point, so that an export sent again counts once. */
const pointStep = (name: unknown, { point, attributes, account, value }: Point, [resource, scope]: readonly [Fields, unknown]): Step => {
  const { [ACCOUNT_ATTRIBUTE]: _, ...properties } = attributes;
  const service = typeof resource['service.name'] === 'string' ? { 'service.name': resource['service.name'] } : {};
  const identity = [sorted(resource), scope, name, sorted(attributes), plain(point.startTimeUnixNano), plain(point.timeUnixNano)];
  const event = {
    id: contentId('otlp', identity),
    account,
    event: name,
    timestamp: millisOf(point.timeUnixNano),
    value,
    properties: { ...service, ...properties },
  };
  const fault: Fault | null =
    account === undefined ? { code: 'invalid-account', message: `The attribute ${ACCOUNT_ATTRIBUTE} is missing: it names the account` } : null;
  return { do: 'event', event, user: null, ...(fault ? { fault } : {}) };
};

const sorted = (attributes: Fields): [string, unknown][] => Object.entries(attributes).toSorted(([a], [b]) => (a < b ? -1 : 1));

/** Nanoseconds since 1970, too many digits for a number, in milliseconds. */
const millisOf = (nanos: unknown): number | undefined => {
  const text = plain(nanos);
  return /^\d{13,20}$/.test(text) ? Number(text.slice(0, -6)) : undefined;
};

/** Attributes by name; lists and nested ones are left out. */
const attributesOf = (pairs: unknown): Fields =>
  Object.fromEntries(
    listOf(pairs).flatMap(({ key, value }) => {
      const { stringValue, boolValue, intValue, doubleValue } = fieldsOf(value);
      const scalar = stringValue ?? boolValue ?? (intValue === undefined ? doubleValue : whole(intValue));
      const known = typeof scalar === 'string' || typeof scalar === 'boolean' || typeof scalar === 'number';
      return typeof key === 'string' && key !== '__proto__' && known ? [[key, scalar]] : [];
    }),
  );

/** A 64-bit number comes as text: a number where it fits one. */
const whole = (value: unknown): unknown => (Number.isSafeInteger(Number(plain(value))) ? Number(plain(value)) : value);
