import { MAX_EVENTS } from '@tideline/contracts/ingest';
import { Problem } from '@tideline/contracts/problem';
import { binaryCloudEvent, cloudEventSteps } from '@tideline/engine/client/cloudevents';
import { readBody } from '../body.ts';
import { refusedAnswer } from './answer.ts';
import type { ClientDoor } from './door.ts';

const typeOf = (request: Request): string => request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
const BATCH = 'application/cloudevents-batch+json';

/**
 * CloudEvents 1.0 over HTTP, at the address of plain events: told apart by the content type (structured, batch) or the
 * headers (binary). OpenMeter's library sends such a batch there. All taken: 204, as OpenMeter answers.
 */
export const cloudEventsDoor: ClientDoor = {
  client: 'cloudevents',
  paths: ['/api/v1/events'],
  mine: (request) => typeOf(request).startsWith('application/cloudevents') || request.headers.has('ce-id') || request.headers.has('ce-specversion'),
  read: async (request) => {
    const type = typeOf(request);
    const body = await readBody(request);
    const structured = type.startsWith('application/cloudevents');
    const events = type === BATCH ? body : [structured ? body : binaryCloudEvent(request.headers, body)];
    if (!Array.isArray(events)) throw new Problem('invalid-request', `A body of ${BATCH} is a list of events`);
    if (events.length > MAX_EVENTS) throw new Problem('too-large', `A request may carry ${MAX_EVENTS} events; this one has ${events.length}: send it in parts`);
    return {
      token: null,
      historical: new URL(request.url).searchParams.get('historical') === 'true',
      steps: () => cloudEventSteps(events),
      answer: refusedAnswer,
    };
  },
};
