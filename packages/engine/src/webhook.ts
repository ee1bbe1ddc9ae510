import { randomBytes } from 'node:crypto';
import type { BodyOf, QueryOf } from '@tideline/contracts/operation';
import { Problem } from '@tideline/contracts/problem';
import type { webhookOperations } from '@tideline/contracts/webhook';
import { deliveryPage, webhookEndpoints, type WebhookRow } from '@tideline/db/read/webhook';
import { withWorkspace, type WorkspaceTx } from '@tideline/db/workspace';
import { audit } from '@tideline/db/write/audit';
import { oweAgain, oweTo } from '@tideline/db/write/notify';
import { deleteWebhook, insertWebhook, updateWebhook } from '@tideline/db/write/webhook';
import { cursorFrom, pageOf } from './cursor.ts';
import type { Deps, Who } from './deps.ts';
import { RefusedTarget, checkedAddresses } from './webhook-target.ts';

type Ops = typeof webhookOperations;

/** As Standard Webhooks writes secrets. */
const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

const one = async (tx: WorkspaceTx, id: string): Promise<WebhookRow> => {
  const [endpoint] = await webhookEndpoints(tx, id);
  if (!endpoint) throw new Problem('not-found', 'There is no such endpoint');
  return endpoint;
};

/** Says at once what sending would refuse. A name that does not resolve yet may do so later. */
const checkUrl = async (deps: Deps, text: string): Promise<void> => {
  try {
    await checkedAddresses(new URL(text), deps.webhookRanges);
  } catch (error) {
    if (error instanceof RefusedTarget) throw new Problem('rule-violated', error.message);
    deps.log.info({ err: error, url: text }, 'a webhook address does not resolve yet');
  }
};

export const list = (deps: Deps, who: Who) => withWorkspace(deps.db, who.workspaceId, (tx) => webhookEndpoints(tx));

/** Creates an endpoint. Its secret is answered here and nowhere again. */
export const create = async (deps: Deps, who: Who, endpoint: BodyOf<Ops['createWebhook']>) => {
  await checkUrl(deps, endpoint.url);
  const secret = newSecret();
  const made = await withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const id = await insertWebhook(tx, { ...endpoint, secret, createdBy: who.userId, createdAt: deps.now() });
    await audit(tx, who, 'webhook.create', 'webhook', id, null, endpoint);
    return one(tx, id);
  });
  return { ...made, secret };
};

export const change = async (deps: Deps, who: Who, id: string, endpoint: BodyOf<Ops['changeWebhook']>): Promise<WebhookRow> => {
  await checkUrl(deps, endpoint.url);
  const changed = await withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const { url, events, enabled } = await one(tx, id);
    await updateWebhook(tx, id, endpoint);
    await audit(tx, who, 'webhook.change', 'webhook', id, { url, events, enabled }, endpoint);
    return one(tx, id);
  });
  if (changed.enabled && changed.owed > 0) await deps.jobs.enqueue('notify.send', { workspaceId: who.workspaceId });
  return changed;
};

/** Makes a new secret: it signs from the next message on, also those that were owed before. */
export const rotate = async (deps: Deps, who: Who, id: string): Promise<{ secret: string }> => {
  const secret = newSecret();
  await withWorkspace(deps.db, who.workspaceId, async (tx) => {
    if ((await updateWebhook(tx, id, { secret })) === 0) throw new Problem('not-found', 'There is no such endpoint');
    await audit(tx, who, 'webhook.rotate', 'webhook', id, null, null);
  });
  return { secret };
};

export const remove = (deps: Deps, who: Who, id: string): Promise<void> =>
  withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const { url, events } = await one(tx, id);
    await deleteWebhook(tx, id);
    await audit(tx, who, 'webhook.delete', 'webhook', id, { url, events }, null);
  });

/** Sends a test message, whatever the endpoint is subscribed to. */
export const test = async (deps: Deps, who: Who, id: string): Promise<{ deliveryId: string }> => {
  const now = deps.now();
  const deliveryId = await withWorkspace(deps.db, who.workspaceId, async (tx) => {
    if (!(await one(tx, id)).enabled) throw new Problem('rule-violated', 'This endpoint is switched off: switch it on first');
    const payload = { type: 'test', timestamp: now.toISOString(), data: { message: 'Tideline can reach this endpoint', sentBy: who.actor } };
    return oweTo(tx, id, `test:${randomBytes(16).toString('hex')}`, payload, now);
  });
  await deps.jobs.enqueue('notify.send', { workspaceId: who.workspaceId });
  return { deliveryId };
};

/** A page of messages, the newest first. */
export const deliveries = (deps: Deps, who: Who, { endpoint, state, cursor, limit }: QueryOf<Ops['listDeliveries']>) =>
  withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const rows = await deliveryPage(tx, { endpoint, state }, cursorFrom(cursor, 'time'), limit + 1);
    return pageOf(rows, limit, (row) => row.place);
  });

/** Sends a message again under its own id, so that a receiver that has it may skip it. */
export const redeliver = async (deps: Deps, who: Who, id: string): Promise<void> => {
  await withWorkspace(deps.db, who.workspaceId, async (tx) => {
    if ((await oweAgain(tx, id, deps.now())) === 0) throw new Problem('not-found', 'There is no such message');
  });
  await deps.jobs.enqueue('notify.send', { workspaceId: who.workspaceId });
};
