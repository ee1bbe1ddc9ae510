import { Problem } from '@tideline/contracts/problem';
import { segmentMessages, segmentSteps } from '@tideline/engine/client/segment';
import { fieldsOf } from '@tideline/engine/client/step';
import { readBody } from '../body.ts';
import type { ClientDoor } from './door.ts';

/**
 * Segment's HTTP API. Its library appends `/v1/batch` to the origin of `host` and drops any path there, so it is served
 * where that leads. Answers success like Segment does, because a 400 would make the library drop what was stored too;
 * what was refused is named beside it.
 */
export const segmentDoor: ClientDoor = {
  client: 'segment',
  paths: ['/v1/:kind{(batch|import|track|identify|group|alias|page|screen)}', '/v1/:kind{(batch|import|track|identify|group|alias|page|screen)}/'],
  read: async (request, { kind = '' }) => {
    const body = await readBody(request);
    const messages = segmentMessages(kind, body);
    if (messages === null) throw new Problem('invalid-request', kind === 'batch' ? 'Send {"batch": [messages]}' : 'Send one message as a JSON object');
    const { writeKey } = fieldsOf(body);
    return {
      token: typeof writeKey === 'string' ? writeKey : null,
      historical: false,
      steps: (receivedMs) => segmentSteps(messages, receivedMs),
      answer: (reply) => Response.json({ success: true, ...reply }),
    };
  },
};
