import { Problem } from '@tideline/contracts/problem';
import type { IngestReply } from '@tideline/contracts/ingest';
import { posthogMessages, posthogSteps, posthogToken } from '@tideline/engine/client/posthog';
import { fieldsOf } from '@tideline/engine/client/step';
import { readBody } from '../body.ts';
import type { ClientDoor } from './door.ts';

const BASE = '/api/v1/posthog';
const SENDING = ['batch', 'capture', 'e', 'i/v0/e', 'i/v1/analytics/events'];
const ASKING = ['flags', 'decide'];
const NO_FLAGS = { flags: {}, featureFlags: {}, featureFlagPayloads: {}, errorsWhileComputingFlags: false, requestId: 'none', status: 1 };

/**
 * PostHog's capture API, below an address of its own. A workspace whose account is a group type of another name says so
 * in the address: `/api/v1/posthog/by/TYPE`. Flags are asked for with every start of the library: there are none.
 */
export const posthogDoor: ClientDoor = {
  client: 'posthog',
  paths: [BASE, `${BASE}/by/:group`].flatMap((base) => [...SENDING, ...ASKING].flatMap((path) => [`${base}/${path}`, `${base}/${path}/`])),
  polite: (request) => (/\/(flags|decide)\/?$/.test(new URL(request.url).pathname) ? Response.json(NO_FLAGS) : null),
  read: async (request, { group }) => {
    const body = await readBody(request);
    const messages = posthogMessages(body);
    if (messages === null) throw new Problem('invalid-request', 'Send {"api_key": …, "batch": [events]}, or one event');
    const perEvent = new URL(request.url).pathname.includes('/i/v1/');
    return {
      token: posthogToken(body),
      historical: fieldsOf(body).historical_migration === true,
      steps: () => posthogSteps(messages, group ?? null),
      answer: (reply) => Response.json(perEvent ? { results: resultsOf(messages, reply) } : { status: 1, ...reply }),
    };
  },
};

/** The answer of the newer form: what became of each event. */
const resultsOf = (messages: readonly unknown[], { rejected }: IngestReply): Record<string, { result: string; details?: string }> => {
  const refused = new Map(rejected.map(({ id, message }) => [id, message]));
  const uuids = messages.map((message) => fieldsOf(message).uuid).filter((uuid) => typeof uuid === 'string');
  return Object.fromEntries(
    uuids.map((uuid) => {
      const details = refused.get(uuid);
      return [uuid, details === undefined ? { result: 'ok' } : { result: 'drop', details }];
    }),
  );
};
