import { Problem } from '@tideline/contracts/problem';
import type { IngestReply } from '@tideline/contracts/ingest';
import { otlpSteps } from '@tideline/engine/client/otlp';
import { isFields } from '@tideline/engine/client/step';
import { readBody, readBounded } from '../body.ts';
import type { ClientDoor } from './door.ts';
import { decodeMetrics, encodeReply, type MetricsReply } from './otlp-wire.ts';

const PROTOBUF = 'application/x-protobuf';

/** OpenTelemetry metrics over HTTP, as JSON and protobuf. What was refused is told by the protocol's own partial success. */
export const otlpDoor: ClientDoor = {
  client: 'otlp',
  paths: ['/api/v1/otlp/v1/metrics'],
  read: async (request) => {
    const binary = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() === PROTOBUF;
    const body = binary ? decodeMetrics(await readBounded(request)) : await readBody(request);
    if (!isFields(body)) throw new Problem('invalid-request', 'Send an OTLP metrics request: {"resourceMetrics": […]}');
    return {
      token: null,
      historical: false,
      steps: () => otlpSteps(body),
      answer: (reply) => {
        const said = saidOf(reply);
        return binary ? new Response(encodeReply(said), { headers: { 'content-type': PROTOBUF } }) : Response.json(said);
      },
    };
  },
};

const saidOf = ({ rejected }: IngestReply): MetricsReply => {
  const messages = [...new Set(rejected.map(({ message }) => message))].slice(0, 5);
  return rejected.length === 0 ? {} : { partialSuccess: { rejectedDataPoints: rejected.length, errorMessage: messages.join('; ') } };
};
