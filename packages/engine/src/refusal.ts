import { hash } from 'node:crypto';
import { isStorable } from '@tideline/contracts/ingest-properties';
import type { EventFault } from '@tideline/contracts/ingest';
import { withStatements } from '@tideline/db/workspace';
import { insertRefused, type RefusedRow } from '@tideline/db/write/refused-event';
import type { Deps, Who } from './deps.ts';

/** An event of a request that was not taken in; `index` is its place in the request. */
export type Refusal = { readonly index: number; readonly code: EventFault; readonly message: string };

/** A refused body longer than this is kept cut: enough to see what it was. */
const MAX_BODY = 32 * 1024;
/** How a refused event came, so that it can be taken in the same way. */
export type Arrival = { readonly client: string; readonly historical: boolean; readonly receivedAt: Date };

/** Keeps what was refused, as it was sent. */
export const keepRefused = (deps: Deps, who: Who, events: readonly unknown[], refusals: readonly Refusal[], options: Arrival): Promise<void> =>
  withStatements(deps.db, who.workspaceId, (tx) =>
    insertRefused(
      tx,
      refusals.map((refusal) => rowOf(events[refusal.index], refusal, who, options)),
      options.receivedAt,
    ),
  );

const rowOf = (raw: unknown, { code, message }: Refusal, who: Who, { client, historical }: Arrival): RefusedRow => {
  const text = sentText(raw);
  const given = (typeof raw === 'object' && raw !== null ? raw : {}) as Record<string, unknown>;
  const part = (name: string): string | null => {
    const value = given[name];
    return typeof value === 'string' && isStorable(value) ? value.slice(0, 200) : null;
  };
  return {
    hash: hash('sha256', `${code}\0${text}`, 'hex').slice(0, 32),
    reason: code,
    message,
    keyId: who.key?.id ?? null,
    client,
    eventId: part('id'),
    account: part('account'),
    event: part('event'),
    body: text.slice(0, MAX_BODY),
    whole: text.length <= MAX_BODY && text !== TOO_DEEP,
    historical,
  };
};

const TOO_DEEP = '"nested too deep to be kept"';

/** What was sent, as JSON; what is nested deeper than it can be written is only said to be. */
export const sentText = (raw: unknown): string => {
  try {
    return JSON.stringify(raw) ?? 'null';
  } catch (error) {
    if (error instanceof RangeError) return TOO_DEEP;
    throw error;
  }
};
