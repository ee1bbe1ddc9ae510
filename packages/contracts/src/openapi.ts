import { permissions } from '@tideline/domain/role';
import * as z from 'zod';
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponseObject,
  type ZodOpenApiResponsesObject,
} from 'zod-openapi';
import { ContactItem } from './contact.ts';
import { entryOperations } from './entry.ts';
import { webhookEvents } from './fact.ts';
import { UsageEvent } from './ingest.ts';
import type { Operation } from './operation.ts';
import { operations } from './operations.ts';
import { problems, ProblemReply, type ProblemCode } from './problem.ts';
import { ContractItem } from './contract.ts';
import { InvoiceItem } from './invoice.ts';
import { TicketItem } from './ticket.ts';
import { TouchItem } from './touch.ts';

/** Where an operation is served: below `/api/v1` for keys, below a workspace's address for sessions. */
type Mount = { suffix: string; prefix: string; security: Record<string, string[]>[] };
const mounts = {
  key: { suffix: '', prefix: '/api/v1', security: [{ apiKey: [] }] },
  session: { suffix: 'BySession', prefix: '/api/v1/w/{workspace}', security: [{ session: [] }] },
  entry: { suffix: '', prefix: '/api/v1/entry', security: [] },
} as const satisfies Record<string, { suffix: string; prefix: string; security: Record<string, string[]>[] }>;
const Address = z.object({ workspace: z.string().meta({ description: 'The workspace in the address: /w/{workspace}' }) });

/** The problems an operation can answer with, by what it takes. */
const problemsOf = (operation: Operation, mount: keyof typeof mounts): ProblemCode[] => {
  const takes = operation.body !== undefined || operation.upload !== undefined;
  const codes = Object.keys(problems) as ProblemCode[];
  const never = new Set<ProblemCode>([
    ...(takes ? [] : (['too-large', 'unsupported-media-type'] as const)),
    ...(operation.method === 'GET' ? (['conflict', 'rule-violated'] as const) : []),
    ...(operation.method === 'GET' || mount === 'key' ? (['wrong-origin'] as const) : []),
  ]);
  return codes.filter((code) => !never.has(code));
};

/** One shared response for each set of problems that share a status. */
const sharedFailures = () => {
  const made = new Map<string, ZodOpenApiResponseObject>();
  return (codes: readonly ProblemCode[]): ZodOpenApiResponseObject => {
    const id = codes.join('-or-');
    const found = made.get(id) ?? {
      id,
      description: codes.map((code) => `\`${code}\`: ${problems[code].title}`).join('; '),
      content: { 'application/problem+json': { schema: ProblemReply } },
    };
    made.set(id, found);
    return found;
  };
};
type Failures = ReturnType<typeof sharedFailures>;

const responsesOf = (operation: Operation, mount: keyof typeof mounts, failure: Failures): ZodOpenApiResponsesObject => {
  const codes = Map.groupBy(problemsOf(operation, mount), (code) => problems[code].status);
  const content = operation.download ? { [operation.download]: { schema: { type: 'string' as const } } } : { 'application/json': { schema: operation.reply } };
  const failures = Object.fromEntries([...codes].map(([status, own]) => [String(status), failure(own)])) as ZodOpenApiResponsesObject;
  return { [String(operation.status ?? 200)]: { description: 'Done', content }, ...failures };
};

const bodyOf = ({ body, upload }: Operation): Pick<ZodOpenApiOperationObject, 'requestBody'> => {
  if (upload) {
    const file = { schema: { type: 'string' as const, format: 'binary' } };
    return { requestBody: { required: true, content: Object.fromEntries(upload.map((type) => [type, file])) } };
  }
  return body ? { requestBody: { required: true, content: { 'application/json': { schema: body } } } } : {};
};

/** Which key or role may. */
const allowed = ({ key, permission }: Operation, mount: keyof typeof mounts): string => {
  if (mount === 'key') return `For keys with the scope \`${key}\`.`;
  if (mount === 'session') return permission ? `For ${permissions[permission].roles.join(', ')}: ${permissions[permission].words}.` : '';
  return '';
};

const describe = (name: string, operation: Operation, mount: keyof typeof mounts, failure: Failures): ZodOpenApiOperationObject => {
  const { suffix, security }: Mount = mounts[mount];
  const path = mount === 'session' ? Address.extend(operation.params?.shape ?? {}) : operation.params;
  return {
    operationId: `${name}${suffix}`,
    summary: operation.summary,
    description: allowed(operation, mount),
    tags: [operation.tag],
    security,
    requestParams: { ...(path ? { path } : {}), ...(operation.query ? { query: operation.query } : {}) },
    ...bodyOf(operation),
    responses: responsesOf(operation, mount, failure),
  };
};

const pathsOf = (): ZodOpenApiPathsObject => {
  const failure = sharedFailures();
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  const add = (mount: keyof typeof mounts, name: string, operation: Operation): void => {
    const path = `${mounts[mount].prefix}${operation.path}`;
    (paths[path] ??= {})[operation.method.toLowerCase()] = describe(name, operation, mount, failure);
  };
  for (const [name, operation] of Object.entries<Operation>(operations)) {
    if (operation.key) add('key', name, operation);
    if (operation.permission) add('session', name, operation);
  }
  for (const [name, operation] of Object.entries<Operation>(entryOperations)) add('entry', name, operation);
  return { ...paths, ...streams };
};

/** What is served without a record, because it is no request and answer. */
const streams: ZodOpenApiPathsObject = {
  '/api/v1/w/{workspace}/live': {
    get: {
      operationId: 'liveBySession',
      summary: 'Changes as they happen: server-sent events, `{kind, ids}` each',
      tags: ['Live'],
      security: [{ session: [] }],
      requestParams: { path: Address },
      responses: { '200': { description: 'An open stream', content: { 'text/event-stream': { schema: { type: 'string' } } } } },
    },
  },
};

const WebhookMessage = z
  .object({ type: z.string(), timestamp: z.iso.datetime(), data: z.record(z.string(), z.unknown()) })
  .meta({ id: 'WebhookMessage', description: 'Signed as Standard Webhooks say; `webhook-id` is the same however often a message is sent' });

const webhooksOf = (): ZodOpenApiPathsObject =>
  Object.fromEntries(
    Object.entries(webhookEvents).map(([event, { label, words }]) => [
      event,
      {
        post: {
          operationId: `webhook:${event}`,
          summary: label,
          description: words,
          tags: ['Webhooks'],
          security: [],
          requestBody: { required: true, content: { 'application/json': { schema: WebhookMessage } } },
          responses: { '2XX': { description: 'Taken; anything else, or no answer within 10 seconds, is sent again for about a day' } },
        },
      },
    ]),
  );

const introduction = `Keys are sent as \`Authorization: Bearer tl_…\`; each belongs to one workspace. The same operations are served below
\`/api/v1/w/{workspace}\` for people who are signed in. Every error is \`application/problem+json\` with one of these codes:

| code | status | meaning |
|---|---|---|
${Object.entries(problems)
  .map(([code, { status, title }]) => `| \`${code}\` | ${status} | ${title} |`)
  .join('\n')}`;

/** The whole API as OpenAPI 3.1, made from the records that validate it. */
export const openApiDocument = (baseUrl: string) =>
  createDocument({
    openapi: '3.1.1',
    info: { title: 'Tideline', version: '1', description: introduction },
    servers: [{ url: baseUrl }],
    paths: pathsOf(),
    webhooks: webhooksOf(),
    components: {
      schemas: { UsageEvent, ContactItem, ContractItem, InvoiceItem, TicketItem, TouchItem },
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key of the workspace: Settings, API keys' },
        session: { type: 'apiKey', in: 'cookie', name: 'next-auth.session-token', description: 'The cookie of a person who is signed in' },
      },
    },
  });
