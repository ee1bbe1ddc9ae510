import type { IngestReply } from '@tideline/contracts/ingest';
import type { BodyOf, QueryOf } from '@tideline/contracts/operation';
import type { refusedEventOperations } from '@tideline/contracts/refused-event';
import { type RefusedEvent, refusedBehind, refusedEvents, refusedGroups } from '@tideline/db/read/refused-event';
import { withStatements, withWorkspace } from '@tideline/db/workspace';
import { audit } from '@tideline/db/write/audit';
import { deleteRefused } from '@tideline/db/write/refused-event';
import { eventStep } from './client/step.ts';
import { take } from './client/take.ts';
import type { Deps, Who } from './deps.ts';

const FIRST = '00000000000000000000000000000000';
/** Retried in one call; the caller goes on from `next`. */
const PER_CALL = 2_000;
const PER_BATCH = 500;

/** Refused events by reason, and the latest of those a filter holds. */
export const list = (deps: Deps, who: Who, { limit, ...filter }: QueryOf<(typeof refusedEventOperations)['listRefusedEvents']>) =>
  withWorkspace(deps.db, who.workspaceId, async (tx) => ({
    groups: (await refusedGroups(tx)).map((group) => ({ ...group, lastAt: group.lastAt.toISOString() })),
    items: (await refusedEvents(tx, filter, limit)).map(({ firstAt, lastAt, ...row }) => ({
      ...row,
      firstAt: firstAt.toISOString(),
      lastAt: lastAt.toISOString(),
    })),
  }));

/**
 * Takes refused events in again, as of when they first came: one without a time of its own happened then, and all
 * count as known from now on. What is taken or was a duplicate is forgotten here; the rest stays, with its reason.
 */
export const retry = async (deps: Deps, who: Who, { after, ...filter }: BodyOf<(typeof refusedEventOperations)['retryRefusedEvents']>) => {
  const rows = await withWorkspace(deps.db, who.workspaceId, (tx) => refusedBehind(tx, filter, after ?? FIRST, PER_CALL));
  const result = { accepted: 0, duplicates: 0, refused: 0, next: rows.length === PER_CALL ? (rows.at(-1)?.hash ?? null) : null };
  for (let from = 0; from < rows.length; from += PER_BATCH) await retryBatch(deps, who, rows.slice(from, from + PER_BATCH), result);
  await withWorkspace(deps.db, who.workspaceId, (tx) => audit(tx, who, 'event.retry', 'event', null, null, { ...filter, ...result }));
  return result;
};

const retryBatch = async (deps: Deps, who: Who, rows: readonly RefusedEvent[], result: { accepted: number; duplicates: number; refused: number }) => {
  const done: string[] = [];
  // Together went what came at one moment: an event without a time happened when it came.
  for (const group of Map.groupBy(rows, (row) => `${row.whole} ${row.historical} ${row.firstAt.getTime()}`).values()) {
    const [first] = group;
    if (!first?.whole) {
      result.refused += group.length;
      continue;
    }
    const steps = group.map(({ reason, body }) => eventStep(JSON.parse(body) as unknown, reason === 'unknown-user'));
    const known = first.historical ? {} : { knownMs: deps.now().getTime() };
    const reply = await take(deps, who, steps, { historical: first.historical, receivedAt: first.firstAt, client: 'retry', ...known });
    const refused = new Set(stillRefused(reply));
    result.accepted += reply.accepted;
    result.duplicates += reply.duplicates;
    result.refused += refused.size;
    done.push(...group.flatMap(({ hash: name }, index) => (refused.has(index) ? [] : [name])));
  }
  await withStatements(deps.db, who.workspaceId, (tx) => deleteRefused(tx, done));
};

const stillRefused = ({ rejected, conflicting }: IngestReply): number[] => [...rejected, ...conflicting].map(({ index }) => index);

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
