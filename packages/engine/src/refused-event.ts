import type { IngestReply } from '@tideline/contracts/ingest';
import type { CheckedEvent } from '@tideline/contracts/ingest-event';
import type { BodyOf, QueryOf } from '@tideline/contracts/operation';
import type { refusedEventOperations } from '@tideline/contracts/refused-event';
import { type RefusedEvent, refusedBehind, refusedEvents, refusedGroups } from '@tideline/db/read/refused-event';
import { withStatements, withWorkspace } from '@tideline/db/workspace';
import { audit } from '@tideline/db/write/audit';
import { deleteRefused, renameRefused } from '@tideline/db/write/refused-event';
import { eventStep, fieldsOf } from './client/step.ts';
import { eventsOf } from './client/take.ts';
import type { Deps, Who } from './deps.ts';
import { type EventArrival, replyOf, tryEvents } from './ingest.ts';
import { noteIntake } from './intake.ts';
import { refusedHash } from './refusal.ts';

const FIRST = '00000000000000000000000000000000';
/** Retried in one call and one transaction; the caller goes on from `next`. */
const PER_CALL = 2_000;

/** Refused events by reason, and the latest of those a filter holds. */
export const list = (deps: Deps, who: Who, { limit, ...filter }: QueryOf<(typeof refusedEventOperations)['listRefusedEvents']>) =>
  withWorkspace(deps.db, who.workspaceId, async (tx) => ({
    groups: (await refusedGroups(tx, filter)).map((group) => ({ ...group, lastAt: group.lastAt.toISOString() })),
    items: (await refusedEvents(tx, filter, limit)).map(({ firstAt, lastAt, identity: _identity, knownAt: _knownAt, historical: _historical, ...row }) => ({
      ...row,
      firstAt: firstAt.toISOString(),
      lastAt: lastAt.toISOString(),
    })),
  }));

/** How many wait here; of an import or source: its rows. */
export const waiting = async (deps: Deps, who: Who, origin?: string): Promise<number> =>
  (await withWorkspace(deps.db, who.workspaceId, (tx) => refusedGroups(tx, { origin }))).reduce((sum, { kept }) => sum + kept, 0);

/**
 * Takes refused events in again, as of when they first came: one without a time of its own happened then. They count as
 * known from now on, rows of history as their import or source says. What is taken or was a duplicate is forgotten here;
 * the rest stays, with its reason.
 */
export const retry = async (deps: Deps, who: Who, { after, ...filter }: BodyOf<(typeof refusedEventOperations)['retryRefusedEvents']>) => {
  const rows = await withWorkspace(deps.db, who.workspaceId, (tx) => refusedBehind(tx, filter, after ?? FIRST, PER_CALL));
  const whole = rows.filter(mayBeTaken);
  const { accepted, duplicates, rejected, conflicts } = whole.length > 0 ? await retryRows(deps, who, whole) : NONE;
  const refused = rejected.length + conflicts + rows.length - whole.length;
  const result = { accepted, duplicates, refused, next: rows.length === PER_CALL ? (rows.at(-1)?.hash ?? null) : null };
  await withWorkspace(deps.db, who.workspaceId, (tx) => audit(tx, who, 'event.retry', 'event', null, null, { ...filter, ...result }));
  return result;
};
/** One that was cut may not be taken, nor a row that is no fact: it has no identity, and would be counted again from a mended file. */
const mayBeTaken = ({ whole, originId, identity, eventId }: RefusedEvent): boolean => whole && (originId === null || identity !== null || eventId !== null);
const NONE: IngestReply = { accepted: 0, duplicates: 0, conflicts: 0, rejected: [], conflicting: [] };

/** However many arrival times they have, they are stored in one transaction. */
const retryRows = async (deps: Deps, who: Who, rows: readonly RefusedEvent[]): Promise<IngestReply> => {
  const now = deps.now();
  const at = (index: number): RefusedEvent => rows[index] ?? unreachable(index);
  const steps = rows.map(({ reason, body, identity }) => {
    const sent = JSON.parse(body) as unknown;
    return eventStep(identity === null ? sent : { ...fieldsOf(sent), id: 'row' }, reason === 'unknown-user');
  });
  const { events, faults } = await eventsOf(deps, who, steps, { client: 'retry', receivedMsAt: (index) => at(index).firstAt.getTime() });
  const arrivalOf = (index: number, event: CheckedEvent) => arrivalAgain(at(index), event, now.getTime());
  const { outcomes, refusals } = await tryEvents(deps, who.workspaceId, events, { nowMs: now.getTime(), faults, arrivalOf });
  const refused = new Set(refusals.map(({ index }) => index));
  const renamed = refusals.flatMap(({ index, code, message }) => {
    const { hash: was, reason, identity, body } = at(index);
    return reason === code ? [] : [{ was, hash: refusedHash(code, identity, body), reason: code, message }];
  });
  await withStatements(deps.db, who.workspaceId, async (tx) => {
    await deleteRefused(
      tx,
      rows.flatMap(({ hash: name }, index) => (refused.has(index) ? [] : [name])),
    );
    await renameRefused(tx, renamed);
  });
  const reply = replyOf(events, outcomes, refusals);
  noteIntake(deps, who, { client: 'retry', at: now, status: 200, reply, sample: events[refusals[0]?.index ?? 0] });
  return reply;
};

const unreachable = (index: number): never => {
  throw new Error(`no refused event stands at ${index}`);
};

/** As when it first came; but one that was ahead of its time counts as received now, for it could not be known before it happened. */
const arrivalAgain = ({ firstAt, historical, knownAt, originId, identity }: RefusedEvent, { timeMs }: CheckedEvent, nowMs: number): EventArrival => ({
  receivedMs: timeMs !== null && timeMs > firstAt.getTime() ? nowMs : firstAt.getTime(),
  known: knownAt?.getTime() ?? (historical ? 'as-it-happened' : nowMs),
  via: originId === null ? 'event' : 'import',
  ...(identity === null ? {} : { key: identity }),
});

/** Forgets refused events; the audit log says how many and of which kind. */
export const discard = async (deps: Deps, who: Who, filter: BodyOf<(typeof refusedEventOperations)['discardRefusedEvents']>) => {
  let discarded = 0;
  for (;;) {
    const rows = await withWorkspace(deps.db, who.workspaceId, (tx) => refusedBehind(tx, filter, FIRST, PER_CALL));
    if (rows.length === 0) break;
    discarded += await withStatements(deps.db, who.workspaceId, (tx) =>
      deleteRefused(
        tx,
        rows.map(({ hash: name }) => name),
      ),
    );
  }
  await withWorkspace(deps.db, who.workspaceId, (tx) => audit(tx, who, 'event.discard', 'event', null, null, { ...filter, discarded }));
  return { discarded };
};
