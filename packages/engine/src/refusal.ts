import { hash } from 'node:crypto';
import { isStorable } from '@tideline/contracts/ingest-properties';
import type { EventFault, Fault } from '@tideline/contracts/ingest';
import { withStatements } from '@tideline/db/workspace';
import { insertRefused, type RefusedRow } from '@tideline/db/write/refused-event';
import type { Deps, Who } from './deps.ts';
import { type MappedUsage, sentOf } from './import-map.ts';

/** An event of a request that was not taken in; `index` is its place in the request. */
export type Refusal = { readonly index: number; readonly code: EventFault; readonly message: string };

/** A refused body longer than this is kept cut: enough to see what it was. */
const MAX_BODY = 32 * 1024;
/** How a refused event came, so that it can be taken in the same way. */
export type Arrival = { readonly client: string; readonly historical: boolean; readonly receivedAt: Date };

/** Keeps what was refused, as it was sent. */
export const keepRefused = (deps: Deps, who: Who, events: readonly unknown[], refusals: readonly Refusal[], options: Arrival): Promise<void> => {
  const from = { keyId: who.key?.id ?? null, client: options.client, originId: null };
  const rows = refusals.map(({ index, ...fault }) =>
    rowOf({ sent: events[index], fault, identity: null, historical: options.historical, knownMs: null }, from),
  );
  return withStatements(deps.db, who.workspaceId, (tx) => insertRefused(tx, rows, options.receivedAt));
};

/** A row of an import or a source that could be read as an event, and why it was not taken in. */
export type RefusedFact = {
  /** The event as it would have been sent, without an id where the row has none. */
  readonly sent: unknown;
  readonly fault: Fault;
  /** Of a row without an id: the key that tells which fact it is, so that a replay and a repeated import meet. */
  readonly identity: string | null;
  readonly historical: boolean;
  /** When it counts as known, where the row says so. */
  readonly knownMs: number | null;
};
export type Origin = { readonly client: 'import' | 'source'; readonly originId: string };

/** Keeps refused rows beside what was refused over HTTP, so that there is one place to mend them. */
export const keepRows = async (deps: Deps, workspaceId: string, facts: readonly RefusedFact[], origin: Origin): Promise<void> => {
  if (facts.length === 0) return;
  const rows = facts.map((fact) => rowOf(fact, { keyId: null, ...origin }));
  await withStatements(deps.db, workspaceId, (tx) => insertRefused(tx, rows, deps.now()));
};

/** A row that was read as a fact, or would be one once its time has come, and was refused. */
export const refusedRow = (mapped: MappedUsage, fault: Fault, { identity, historical }: { identity: string; historical: boolean }): RefusedFact => ({
  sent: sentOf(mapped),
  fault,
  identity: mapped.id === null ? identity : null,
  historical,
  knownMs: mapped.arrivalMs,
});

const rowOf = ({ sent: raw, fault: { code, message }, ...fact }: RefusedFact, from: Pick<RefusedRow, 'keyId' | 'client' | 'originId'>): RefusedRow => {
  const text = sentText(raw);
  const given = (typeof raw === 'object' && raw !== null ? raw : {}) as Record<string, unknown>;
  const part = (name: string): string | null => {
    const value = given[name];
    return typeof value === 'string' && isStorable(value) ? value.slice(0, 200) : null;
  };
  return {
    ...from,
    ...fact,
    hash: refusedHash(code, fact.identity, text),
    reason: code,
    message,
    eventId: part('id'),
    account: part('account'),
    event: part('event'),
    body: text.slice(0, MAX_BODY),
    whole: text.length <= MAX_BODY && text !== TOO_DEEP,
  };
};

/** The same refusal of the same content; equal rows are separate facts, told apart by their identity. */
export const refusedHash = (reason: string, identity: string | null, text: string): string =>
  hash('sha256', `${reason}\0${identity === null ? '' : `${identity}\0`}${text}`, 'hex').slice(0, 32);

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
