import type { correctionOperations } from '@tideline/contracts/correction';
import { checkEvent, isEventFault } from '@tideline/contracts/ingest-event';
import type { BodyOf } from '@tideline/contracts/operation';
import { Problem } from '@tideline/contracts/problem';
import { corrections } from '@tideline/db/read/correction';
import { meteringOf, type Metering } from '@tideline/db/read/metering';
import { withWorkspace, type WorkspaceTx } from '@tideline/db/workspace';
import { audit } from '@tideline/db/write/audit';
import { type CorrectionKind, freeKeys, type Moved, openCorrection, storedKeys, takeOut } from '@tideline/db/write/correction';
import { makePartitions } from '@tideline/db/write/ingest-memory';
import { storeFacts } from '@tideline/db/write/ingest';
import { recountDays } from '@tideline/db/write/recount-days';
import { markRescore } from '@tideline/db/write/rescore';
import { lockUsage } from '@tideline/db/write/usage-lock';
import { todayOf } from '@tideline/domain/as-of';
import type { Day } from '@tideline/domain/calendar';
import type { Deps, Who } from './deps.ts';
import { factOf, keyOf, memoryOf } from './ingest.ts';
import { wakeScoring } from './wake.ts';

type Body<N extends keyof typeof correctionOperations> = BodyOf<(typeof correctionOperations)[N]>;

/** Corrections of events, the latest first. */
export const list = async (deps: Deps, who: Who) => {
  const rows = await withWorkspace(deps.db, who.workspaceId, (tx) => corrections(tx, 100));
  return rows.map(({ madeAt, undoneAt, ...row }) => ({ ...row, madeAt: madeAt.toISOString(), undoneAt: undoneAt?.toISOString() ?? null }));
};

/** Throws when a fact lies in days whose raw events are no longer whole: without them its day cannot be counted anew. */
export const checkWhole = ({ rawFrom }: Pick<Metering, 'rawFrom'>, days: Iterable<Day>): void => {
  for (const day of days)
    if (rawFrom !== null && day < rawFrom)
      throw new Problem(
        'rule-violated',
        `The events before ${rawFrom} are past their retention and gone: what they counted on ${day} can no longer be corrected`,
      );
};

/** Counts the days of moved facts anew and has their accounts judged again; answers the accounts. */
export const settle = async (tx: WorkspaceTx, metering: Metering, moved: readonly Moved[], now: Date): Promise<Set<string>> => {
  const days = new Map(moved.map(({ accountId, day }) => [`${accountId}${day}`, { accountId, day }]));
  await recountDays(tx, metering, [...days.values()], todayOf(metering, now)); // what is learned at this moment is known today
  const first = new Map<string, Day>();
  for (const { accountId, day } of days.values()) if (day < (first.get(accountId) ?? '9999')) first.set(accountId, day);
  await markRescore(tx, first, now);
  return new Set(first.keys());
};

/** Opens a correction and writes it to the audit log. */
export const open = async (tx: WorkspaceTx, who: Who, kind: CorrectionKind, reason: string, filter: object | null, at: Date): Promise<string> => {
  const id = await openCorrection(tx, { kind, reason, filter, actor: who.actor, actorId: who.userId, at });
  await audit(tx, who, `event.${kind}`, 'correction', id, null, { reason, ...filter });
  return id;
};

/** Takes events back by id, in one transaction: their days are counted without them from now on; what was known before stays known. */
export const voidEvents = async (deps: Deps, who: Who, { ids, reason }: Body<'voidEvents'>) => {
  const now = deps.now();
  const keys = new Map(ids.map((id) => [keyOf(id), id]));
  const result = await withWorkspace(deps.db, who.workspaceId, async (tx) => {
    await lockUsage(tx, 'alone');
    const metering = await meteringOf(tx);
    checkWhole(metering, (await storedKeys(tx, [...keys.keys()])).values());
    const correctionId = await open(tx, who, 'void', reason, { ids: ids.slice(0, 20), count: ids.length }, now);
    const moved = await takeOut(tx, correctionId, [...keys.keys()], metering.timezone);
    const accounts = await settle(tx, metering, moved, now);
    const found = new Set(moved.map(({ key }) => key));
    return { correctionId, events: moved.length, accounts: accounts.size, notFound: [...keys].flatMap(([key, id]) => (found.has(key) ? [] : [id])) };
  });
  wakeScoring(deps, who.workspaceId);
  return result;
};

/** Puts an event in the place of the one stored under its id, in one transaction; the new content counts as known from now on. */
export const replaceEvent = async (deps: Deps, who: Who, { event, reason }: Body<'replaceEvent'>) => {
  const now = deps.now();
  const checked = checkEvent(event, now.getTime());
  if (isEventFault(checked)) throw new Problem('invalid-request', checked.message, { errors: [{ path: 'body.event', message: checked.message }] });
  const memory = memoryOf(deps);
  if (checked.timeMs !== null) await makePartitions(deps.db, memory, [new Date(checked.timeMs).toISOString().slice(0, 7)]);
  const result = await withWorkspace(deps.db, who.workspaceId, async (tx) => {
    await lockUsage(tx, 'alone');
    const metering = await meteringOf(tx);
    const fact = factOf(checked, { receivedMs: now.getTime(), known: 'on-receipt', via: 'event' });
    const stored = await storedKeys(tx, [fact.key]);
    if (stored.size === 0) throw new Problem('not-found', `No event was stored under the id "${checked.id}": send it as a new one`);
    checkWhole(metering, stored.values());
    const correctionId = await open(tx, who, 'replace', reason, { id: checked.id, now: { ...checked, canonical: undefined } }, now);
    const moved = await takeOut(tx, correctionId, [fact.key], metering.timezone);
    if (moved.length === 0) throw new Problem('rule-violated', `The event "${checked.id}" was taken back: undo that correction first`);
    await freeKeys(tx, [fact.key]);
    const accounts = await settle(tx, metering, moved, now);
    const { outcomes, accounts: touched } = await storeFacts(tx, memory, [fact]);
    if (outcomes[0] !== 'accepted') throw new Problem('rule-violated', `The new content cannot be stored: ${outcomes[0]?.replaceAll('-', ' ')}`);
    for (const [, { id }] of touched) accounts.add(id);
    return { correctionId, events: moved.length, accounts: accounts.size, notFound: [] };
  });
  wakeScoring(deps, who.workspaceId);
  return result;
};
