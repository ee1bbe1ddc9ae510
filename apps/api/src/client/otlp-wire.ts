import { Problem } from '@tideline/contracts/problem';
import protobuf from 'protobufjs/light.js';

const field = (id: number, type: string) => ({ id, type });
const many = (id: number, type: string) => ({ id, type, rule: 'repeated' });
/** A metric we refuse: how many points it has is all that is read of it. */
const points = { fields: { dataPoints: many(1, 'Skipped') } };

/** The part of OTLP's metrics that is read here, by the field numbers of opentelemetry-proto 1.x, which do not change. */
const root = protobuf.Root.fromJSON({
  nested: {
    Request: { fields: { resourceMetrics: many(1, 'ResourceMetrics') } },
    ResourceMetrics: { fields: { resource: field(1, 'Resource'), scopeMetrics: many(2, 'ScopeMetrics') } },
    Resource: { fields: { attributes: many(1, 'KeyValue') } },
    ScopeMetrics: { fields: { scope: field(1, 'Scope'), metrics: many(2, 'Metric') } },
    Scope: { fields: { name: field(1, 'string') } },
    Metric: {
      fields: {
        name: field(1, 'string'),
        gauge: field(5, 'Gauge'),
        sum: field(7, 'Sum'),
        histogram: field(9, 'Points'),
        exponentialHistogram: field(10, 'Points'),
        summary: field(11, 'Points'),
      },
    },
    Gauge: { fields: { dataPoints: many(1, 'NumberDataPoint') } },
    Sum: { fields: { dataPoints: many(1, 'NumberDataPoint'), aggregationTemporality: field(2, 'int32'), isMonotonic: field(3, 'bool') } },
    Points: points,
    Skipped: { fields: {} },
    NumberDataPoint: {
      oneofs: { value: { oneof: ['asDouble', 'asInt'] } },
      fields: {
        startTimeUnixNano: field(2, 'fixed64'),
        timeUnixNano: field(3, 'fixed64'),
        asDouble: field(4, 'double'),
        asInt: field(6, 'sfixed64'),
        attributes: many(7, 'KeyValue'),
        flags: field(8, 'uint32'),
      },
    },
    KeyValue: { fields: { key: field(1, 'string'), value: field(2, 'AnyValue') } },
    AnyValue: {
      oneofs: { value: { oneof: ['stringValue', 'boolValue', 'intValue', 'doubleValue'] } },
      fields: { stringValue: field(1, 'string'), boolValue: field(2, 'bool'), intValue: field(3, 'int64'), doubleValue: field(4, 'double') },
    },
    Response: { fields: { partialSuccess: field(1, 'PartialSuccess') } },
    PartialSuccess: { fields: { rejectedDataPoints: field(1, 'int64'), errorMessage: field(2, 'string') } },
  },
});
const requestType = root.lookupType('Request');
const responseType = root.lookupType('Response');

/** A protobuf request in the form its JSON has. */
export const decodeMetrics = (bytes: Uint8Array): unknown => {
  try {
    return requestType.toObject(requestType.decode(bytes), { longs: String });
  } catch (error) {
    throw new Problem('invalid-request', `The body is no OTLP metrics request: ${error instanceof Error ? error.message : 'it cannot be read'}`);
  }
};

export type MetricsReply = { partialSuccess?: { rejectedDataPoints: number; errorMessage: string } };

export const encodeReply = (reply: MetricsReply): Uint8Array<ArrayBuffer> => Uint8Array.from(responseType.encode(responseType.fromObject(reply)).finish());
