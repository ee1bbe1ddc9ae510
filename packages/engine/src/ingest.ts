import { hash } from 'node:crypto';
import { eventFaults, type Fault, type IngestReply, MAX_EVENTS } from '@tideline/contracts/ingest';
import { type CheckedEvent, checkEvent, isEventFault } from '@tideline/contracts/ingest-event';
import { Problem } from '@tideline/contracts/problem';
import { isWorthRepeating, sqlStateOf } from '@tideline/db/sql-state';
import { withStatements } from '@tideline/db/workspace';
import type { CreatedVia } from '@tideline/db/write/ingest-account';
import { createIngestMemory, type IngestMemory, makePartitions } from '@tideline/db/write/ingest-memory';
import { type Fact, MissingPartitions, type Outcome, type Stored, storeFacts } from '@tideline/db/write/ingest';
import type { Deps, Who } from './deps.ts';
import { noteFeed } from './feed.ts';
import { createGroupCommit, type GroupCommit } from './group-commit.ts';
import { noteIntake } from './intake.ts';
import { keepRefused, type Refusal } from './refusal.ts';
import { wakeScoring } from './wake.ts';

const MAX_GROUP = 5_000;
const MAX_WAITING_BYTES = 64 * 1024 * 1024;
const MAX_WAITING_MS = 10_000;
const ATTEMPTS = 4;

type Incoming = { deps: Deps; fact: Fact };
type Ingest = { memory: IngestMemory; groups: GroupCommit<Incoming, Outcome> };
/** One per pool, because the limits are the process's. */
const ingests = new WeakMap<Deps['db'], Ingest>();

const ingestOf = (deps: Deps): Ingest => {
  const known = ingests.get(deps.db);
  if (known) return known;
  const memory = createIngestMemory();
  const run = async (workspaceId: string, incoming: readonly Incoming[]): Promise<Outcome[]> => {
    const { outcomes, touched } = await store(
      deps,
      memory,
      workspaceId,
      incoming.map(({ fact }) => fact),
    );
    if (touched > 0) wakeScoring(incoming[0]?.deps ?? deps, workspaceId);
    return outcomes;
  };
  const groups = createGroupCommit({ run, now: deps.now, maxItems: MAX_GROUP, inFlight: 2, maxBytes: MAX_WAITING_BYTES, maxAgeMs: MAX_WAITING_MS });
  const made = { memory, groups };
  ingests.set(deps.db, made);
  return made;
};

/** What this process remembers of accounts and partitions. */
export const memoryOf = (deps: Deps): IngestMemory => ingestOf(deps).memory;

/** One durable transaction. Repeats it where a repetition can succeed: a month without partition, a deadlock, an id remembered too long. */
const store = async (deps: Deps, memory: IngestMemory, workspaceId: string, facts: readonly Fact[]): Promise<Stored> => {
  for (let attempt = 1; ; attempt++) {
    try {
      const stored = await withStatements(deps.db, workspaceId, (tx) => storeFacts(tx, memory, facts));
      memory.remember(workspaceId, stored.merges, stored.accounts);
      return stored;
    } catch (error) {
      if (attempt >= ATTEMPTS) throw error;
      if (error instanceof MissingPartitions) await makePartitions(deps.db, memory, error.months);
      else if (sqlStateOf(error) === FOREIGN_KEY) memory.forget(workspaceId);
      else if (sqlStateOf(error) === NO_PARTITION) memory.months.clear(); // one that was there was dropped at the end of its retention
      else if (!isWorthRepeating(error)) throw error;
    }
  }
};
const FOREIGN_KEY = '23503';
const NO_PARTITION = '23514';

/** Stores facts that are already checked: shared by requests and imports. Durable when it resolves; one outcome each. */
export const acceptFacts = (deps: Deps, workspaceId: string, facts: readonly Fact[]): Promise<Outcome[]> => {
  const bytes = facts.reduce((sum, fact) => sum + 300 + (fact.propertiesText?.length ?? 0), 0);
  return ingestOf(deps).groups.submit(
    workspaceId,
    facts.map((fact) => ({ deps, fact })),
    bytes,
  );
};

export type AcceptOptions = {
  /** The events are history: they count as known when they happened, which is marked as assumed. */
  historical: boolean;
  receivedAt: Date;
  via?: CreatedVia;
  /** What sent it; `http` without. */
  client?: string;
  /** What is known to be wrong with an event before it is checked, by its index: a client's own form says more than ours. */
  faults?: ReadonlyMap<number, Fault>;
};

/**
 * Takes a request's events: each is stored exactly once, however often and in whatever order it comes, and is
 * durable when this resolves. A refused event costs its neighbours nothing and is kept as it was sent, to be taken in
 * once the cause is gone. Throws `too-many-requests` past the bound of what may wait.
 */
export const accept = async (deps: Deps, who: Who, events: readonly unknown[], options: AcceptOptions): Promise<IngestReply> => {
  const { client = options.via === 'demo' ? 'demo' : 'http' } = options;
  const receivedMs = options.receivedAt.getTime();
  const known = options.historical ? 'as-it-happened' : 'on-receipt';
  const arrival = { receivedMs, known, via: options.via ?? 'event' } as const;
  const { outcomes, refusals } = await tryEvents(deps, who.workspaceId, events, { nowMs: receivedMs, faults: options.faults, arrivalOf: () => arrival });
  if (refusals.length > 0) await keepRefused(deps, who, events, refusals, { ...options, client });
  const reply = replyOf(events, outcomes, refusals);
  if (who.key && reply.accepted > 0) noteFeed(deps, who.workspaceId, { senderId: who.key.id, kind: 'key' }, accountsOf(events));
  noteIntake(deps, who, {
    client,
    at: options.receivedAt,
    status: 200,
    reply,
    sample: events[refusals[0]?.index ?? 0],
  });
  return reply;
};

/** How one event came; `key` only where its identity is not its id. */
export type EventArrival = Pick<Fact, 'receivedMs' | 'known' | 'via'> & Partial<Pick<Fact, 'key'>>;
type Attempt = {
  /** Bounds the timestamps. */
  nowMs: number;
  faults?: ReadonlyMap<number, Fault> | undefined;
  arrivalOf: (index: number, event: CheckedEvent) => EventArrival;
};

/** Checks events and stores those that may be: what became of each that was stored, and each that was not with the reason. */
export const tryEvents = async (
  deps: Deps,
  workspaceId: string,
  events: readonly unknown[],
  { nowMs, faults, arrivalOf }: Attempt,
): Promise<{ outcomes: Outcome[]; refusals: Refusal[] }> => {
  const refusals: Refusal[] = [];
  const facts: Fact[] = [];
  const indexes: number[] = [];
  for (const [index, raw] of events.entries()) {
    const checked = faults?.get(index) ?? checkEvent(raw, nowMs);
    if (isEventFault(checked)) refusals.push({ index, ...checked });
    else {
      indexes.push(index);
      facts.push(factOf(checked, arrivalOf(index, checked)));
    }
  }
  const outcomes = facts.length > 0 ? await acceptFacts(deps, workspaceId, facts) : [];
  for (const [at, outcome] of outcomes.entries()) {
    const fault = faultOf(outcome);
    if (fault) refusals.push({ index: indexes[at] ?? 0, ...fault });
  }
  refusals.sort((a, b) => a.index - b.index);
  return { outcomes, refusals };
};

/** What was done with events, as it is answered. */
export const replyOf = (events: readonly unknown[], outcomes: readonly Outcome[], refusals: readonly Refusal[]): IngestReply => {
  const count = (wanted: Outcome) => outcomes.filter((outcome) => outcome === wanted).length;
  const told = refusals.map(({ index, code, message }) => ({ index, id: idOf(events[index]), code, message }));
  return {
    accepted: count('accepted'),
    duplicates: count('duplicate'),
    conflicts: count('conflict'),
    rejected: told.filter(({ code }) => code !== 'conflict'),
    conflicting: told.filter(({ code }) => code === 'conflict'),
  };
};

type RefusedOutcome = Exclude<Outcome, 'accepted' | 'duplicate'>;
/** Outcomes of storing that refuse the event, and what to do about it. */
const REFUSED: Record<RefusedOutcome, string> = {
  'unknown-account': `${eventFaults['unknown-account']}: create the account first`,
  'out-of-retention': `${eventFaults['out-of-retention']}: keep events longer, then take it in`,
  conflict: `${eventFaults.conflict}: give a new fact an id of its own`,
};

/** Why storing refused an event; null: it is stored, now or before. */
export const faultOf = (outcome: Outcome): Fault | null =>
  outcome === 'accepted' || outcome === 'duplicate' ? null : { code: outcome, message: REFUSED[outcome] };

const accountsOf = function* (events: readonly unknown[]): Generator<unknown> {
  for (const raw of events) if (typeof raw === 'object' && raw !== null && 'account' in raw) yield raw.account;
};

const idOf = (raw: unknown): string | null =>
  typeof raw === 'object' && raw !== null && 'id' in raw && typeof raw.id === 'string' ? raw.id.slice(0, 200) : null;

/** The lower-case form of a UUIDv7: already unique and ordered by time, so its bytes are the identity. */
const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** 16 bytes of identity of an event id, as hex text. */
export const keyOf = (id: string): string => (id.length === 36 && UUID_V7.test(id) ? id.replaceAll('-', '') : hash('sha256', id, 'hex').slice(0, 32));

/** An event with its identity and the hash of its content: an absent timestamp is content too, so that a retry is a duplicate. */
export const factOf = (event: CheckedEvent, arrival: EventArrival): Fact => ({
  key: keyOf(event.id),
  content: hash('sha256', `${event.account}\0${event.event}\0${event.timeMs ?? ''}\0${event.value ?? ''}\0${event.canonical ?? ''}`, 'hex').slice(0, 16),
  account: event.account,
  event: event.event,
  timeMs: event.timeMs,
  value: event.value,
  properties: event.properties,
  propertiesText: event.canonical,
  ...arrival,
});

/** Reads the forms a request may have: one event, a list, or `{events, historical}`. */
export const eventsOf = (body: unknown): { events: readonly unknown[]; historical: boolean } => {
  const wrapped = typeof body === 'object' && body !== null && 'events' in body ? body : null;
  const events: unknown = wrapped ? wrapped.events : Array.isArray(body) ? body : [body];
  if (body === undefined || !Array.isArray(events)) throw new Problem('invalid-request', 'Send one event, a list of events, or {"events": […]}');
  if (events.length > MAX_EVENTS) throw new Problem('too-large', `A request may carry ${MAX_EVENTS} events; this one has ${events.length}: send it in parts`);
  return { events, historical: wrapped !== null && 'historical' in wrapped && wrapped.historical === true };
};
