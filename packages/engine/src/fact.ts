import type { WebhookEvent } from '@tideline/contracts/fact';
import type { AlertAccount } from '@tideline/db/read/alert-case';
import type { Fact } from '@tideline/db/write/notify';

/** The account of a fact, as a receiver can find it again: by its own key and by its address in the product. */
export const accountOf = (account: Pick<AlertAccount, 'id' | 'externalId' | 'name' | 'slug'>, baseUrl: string) => ({
  id: account.id,
  externalId: account.externalId,
  name: account.name,
  url: `${baseUrl}/w/${account.slug}/account/${account.id}`,
});

/** A fact as it is owed and sent. `id` names it once and for all; `type` is `event` unless the message says more than one. */
export const factOf = (event: WebhookEvent, id: string, at: Date, data: unknown, type: string = event): Fact => ({
  fact: `${type}:${id}`,
  event,
  payload: { type, timestamp: at.toISOString(), data },
});
