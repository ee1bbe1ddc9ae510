import * as z from 'zod';
import { WEBHOOK_EVENTS } from './fact.ts';
import { op } from './operation.ts';
import { PageQuery, pageOf } from './page.ts';
import { Id, IdParams, Nothing, TimeOut } from './value.ts';

export const DELIVERY_STATES = ['owed', 'sent', 'failed'] as const;

export const WebhookEndpoint = z
  .object({
    id: Id,
    url: z.string(),
    events: z.array(z.enum(WEBHOOK_EVENTS)),
    enabled: z.boolean(),
    createdAt: TimeOut,
    owed: z.int().meta({ description: 'messages waiting to be sent or sent again' }),
    failed: z.int().meta({ description: 'messages given up' }),
    lastSentAt: TimeOut.nullable(),
  })
  .meta({ id: 'WebhookEndpoint' });

export const Delivery = z
  .object({
    id: Id.meta({ description: 'the message id, sent as webhook-id' }),
    endpointId: Id,
    type: z.string(),
    state: z.enum(DELIVERY_STATES),
    attempts: z.int(),
    createdAt: TimeOut,
    nextAt: TimeOut.nullable().meta({ description: 'of the next attempt; null when there is none to come' }),
    sentAt: TimeOut.nullable(),
    lastStatus: z.int().nullable(),
    lastError: z.string().nullable(),
    payload: z.unknown(),
  })
  .meta({ id: 'Delivery' });

const Url = z.url({ protocol: /^https?$/, error: 'Write the whole address, starting with https://' }).max(2_000);
const EndpointBody = z.object({
  url: Url,
  events: z.array(z.enum(WEBHOOK_EVENTS)).min(1, { error: 'Choose at least one' }),
  enabled: z.boolean().default(true),
});
const Secret = z.string().meta({ description: 'whsec_…, shown this once: verify signatures with it (Standard Webhooks)' });
const webhooks = { tag: 'Webhooks', key: 'manage', permission: 'webhook.write' } as const;

export const webhookOperations = {
  listWebhooks: op({ ...webhooks, method: 'GET', path: '/webhooks', summary: 'Webhook endpoints', reply: z.object({ items: z.array(WebhookEndpoint) }) }),
  createWebhook: op({
    ...webhooks,
    method: 'POST',
    path: '/webhooks',
    summary: 'Create a webhook endpoint; its secret is answered this once',
    body: EndpointBody,
    reply: WebhookEndpoint.extend({ secret: Secret }),
    status: 201,
  }),
  changeWebhook: op({
    ...webhooks,
    method: 'PUT',
    path: '/webhooks/{id}',
    summary: 'Change a webhook endpoint, or switch it on or off',
    params: IdParams,
    body: EndpointBody,
    reply: WebhookEndpoint,
  }),
  rotateWebhookSecret: op({
    ...webhooks,
    method: 'POST',
    path: '/webhooks/{id}/rotate',
    summary: 'Make a new secret; messages sent from now on are signed with it',
    params: IdParams,
    reply: z.object({ secret: Secret }),
  }),
  deleteWebhook: op({
    ...webhooks,
    method: 'DELETE',
    path: '/webhooks/{id}',
    summary: 'Delete a webhook endpoint and what it is still owed',
    params: IdParams,
    reply: Nothing,
  }),
  testWebhook: op({
    ...webhooks,
    method: 'POST',
    path: '/webhooks/{id}/test',
    summary: 'Send a test message',
    params: IdParams,
    reply: z.object({ deliveryId: Id }),
    status: 202,
  }),
  listDeliveries: op({
    ...webhooks,
    method: 'GET',
    path: '/deliveries',
    summary: 'Messages to webhook endpoints, the newest first',
    query: z.object({ endpoint: Id.optional(), state: z.enum(DELIVERY_STATES).optional() }).extend(PageQuery.shape),
    reply: pageOf(Delivery),
  }),
  redeliver: op({
    ...webhooks,
    method: 'POST',
    path: '/deliveries/{id}/redeliver',
    summary: 'Send a message again, under the same id',
    params: IdParams,
    reply: Nothing,
    status: 202,
  }),
};
