import { type Day, dayReader, nowAsOf } from '@tideline/domain/calendar';
import { type DatedFact, tallyFacts } from '@tideline/domain/usage';
import { bytes, jsons, plain, texts } from '../array-literal.ts';
import { storedContents } from '../read/event-key.ts';
import { meteringOf, type Metering } from '../read/metering.ts';
import type { StatementTx } from '../workspace.ts';
import { accountIds, createAccounts, earlierFirstDays, type CreatedVia } from './ingest-account.ts';
import type { IngestMemory, KnownAccount } from './ingest-memory.ts';
import { applyTallies } from './daily-usage.ts';
import { markRescore } from './rescore.ts';
import { lockUsage } from './usage-lock.ts';

/** A checked event on its way into the tables. Hashes are hex text: 16 bytes of identity, 8 of content. */
export type Fact = {
  readonly key: string;
  readonly content: string;
  /** The workspace's own key of the account. */
  readonly account: string;
  readonly event: string;
  /** null: the workspace's now. */
  readonly timeMs: number | null;
  readonly value: string | null;
  readonly properties: Readonly<Record<string, unknown>> | null;
  readonly propertiesText: string | null;
  readonly receivedMs: number;
  /** When it counts as known: on receipt, when it happened (history, an assumption), or at a stated instant (ms). */
  readonly known: 'on-receipt' | 'as-it-happened' | number;
  /** What an account that it creates says of its origin. */
  readonly via: CreatedVia;
};
export type Outcome = 'accepted' | 'duplicate' | 'conflict' | 'unknown-account' | 'out-of-retention';
export type Stored = {
  /** One per fact, in the order given. */
  readonly outcomes: Outcome[];
  /** To be remembered once the transaction is committed. */
  readonly accounts: (readonly [externalId: string, KnownAccount])[];
  /** The merges they are known by. */
  readonly merges: number;
  /** Accounts whose judgement is no longer up to date. */
  readonly touched: number;
  readonly newestDay: Day | null;
};

/** Thrown before anything is written: make these partitions and run the transaction again. */
export class MissingPartitions extends Error {
  readonly months: string[];
  constructor(months: string[]) {
    super(`No partition of raw events for ${months.join(', ')}`);
    this.months = months;
  }
}

type Placed = { fact: Fact; index: number; timeMs: number; day: Day; knownMs: number; assumed: boolean; kept: boolean };

/**
 * Stores facts once and sums the new ones into daily usage, in the transaction given (perf.md §2): identity with
 * `ON CONFLICT DO NOTHING`, the raw event, daily usage, the accounts to rescore. A fact whose identity was taken
 * is a duplicate when its content is equal, else a conflict. Rows are sorted by key, so that two transactions
 * never wait for each other in a circle.
 */
export const storeFacts = async (tx: StatementTx, memory: IngestMemory, facts: readonly Fact[]): Promise<Stored> => {
  await lockUsage(tx, 'shared');
  const metering = await meteringOf(tx);
  const nowAt = perArrival(metering);
  const placed = facts.map((fact, index) => placeInTime(fact, index, nowAt(fact.receivedMs), metering));
  const taken = placed.filter(({ kept }) => kept);
  const missing = [...new Set(taken.map(({ timeMs }) => new Date(timeMs).toISOString().slice(0, 7)))].filter((month) => !memory.months.has(month));
  if (missing.length > 0) throw new MissingPartitions(missing);

  const outcomes: Outcome[] = placed.map(({ kept }) => (kept ? 'unknown-account' : 'out-of-retention'));
  const known = await accountIds(tx, { memory, merges: metering.merges }, new Set(facts.map((fact) => fact.account)));
  const taking = metering.unknownAccounts === 'create' ? taken : taken.filter(({ fact }) => known.has(fact.account));
  const fresh = await claimKeys(tx, taking, outcomes);
  const unknown = fresh.filter(({ fact }) => !known.has(fact.account));
  const created = await createAccounts(tx, firstDays(unknown), new Map(unknown.map(({ fact }) => [fact.account, fact.via])), known);
  const knownOf = (fact: Fact): KnownAccount => known.get(fact.account) ?? unreachable(fact);
  const accountOf = (fact: Fact): string => knownOf(fact).id;
  await insertEvents(tx, fresh, knownOf);

  const earlier = await earlierFirstDays(tx, firstDays(fresh), known);
  const dated = fresh.map((one) => datedFact(one, accountOf(one.fact), metering));
  const changed = await applyTallies(tx, tallyFacts(dated, metering.versions));
  for (const { day, fact } of fresh) if (created.has(fact.account)) markEarliest(changed, accountOf(fact), day);
  await markRescore(tx, changed, new Date(Math.max(0, ...facts.map(({ receivedMs }) => receivedMs))));
  const newestDay = fresh.reduce<Day | null>((newest, { day }) => (newest === null || day > newest ? day : newest), null);
  return { outcomes, accounts: [...known, ...earlier], merges: metering.merges, touched: changed.size, newestDay };
};

const unreachable = (fact: Fact): never => {
  throw new Error(`account "${fact.account}" has no id after it was created`);
};

/** The workspace's now at the moment of each arrival: worked out once for the facts that came together. */
const perArrival = ({ timezone, asOfPin }: Metering): ((receivedMs: number) => number) => {
  const known = new Map<number, number>();
  return (receivedMs) => {
    const nowMs = known.get(receivedMs) ?? nowAsOf(new Date(receivedMs), asOfPin, timezone).getTime();
    known.set(receivedMs, nowMs);
    return nowMs;
  };
};

const placeInTime = (fact: Fact, index: number, nowMs: number, { timezone, retentionDays }: Metering): Placed => {
  const timeMs = fact.timeMs ?? nowMs;
  const day = dayReader(timezone)(timeMs);
  const kept = retentionDays === null || timeMs >= nowMs - retentionDays * DAY_MS;
  const assumed = fact.known === 'as-it-happened' && timeMs <= nowMs;
  const knownMs = typeof fact.known === 'number' ? fact.known : assumed ? timeMs : nowMs;
  return { fact, index, timeMs, day, knownMs, assumed, kept };
};
const DAY_MS = 86_400_000;

const datedFact = ({ fact, timeMs, day, knownMs }: Placed, accountId: string, { timezone }: Metering): DatedFact => ({
  key: fact.key,
  accountId,
  atMs: timeMs,
  day,
  knownOn: dayReader(timezone)(knownMs),
  event: { event: fact.event, value: fact.value, properties: fact.properties ?? {} },
});

const markEarliest = (days: Map<string, Day>, name: string, day: Day): void => {
  const found = days.get(name);
  if (found === undefined || day < found) days.set(name, day);
};
const firstDays = (placed: readonly Placed[]): Map<string, Day> => {
  const first = new Map<string, Day>();
  for (const { fact, day } of placed) markEarliest(first, fact.account, day);
  return first;
};

/** Takes the identities that are free, settles the outcome of every fact, and answers the facts that are new, sorted by key. */
const claimKeys = async (tx: StatementTx, placed: readonly Placed[], outcomes: Outcome[]): Promise<Placed[]> => {
  const first = new Map<string, Placed>();
  for (const one of placed) if (!first.has(one.fact.key)) first.set(one.fact.key, one);
  if (first.size === 0) return [];
  const leaders = [...first.values()].toSorted((a, b) => (a.fact.key < b.fact.key ? -1 : 1));
  const rows = await tx.db.$queryRaw<{ key: string }[]>`
    INSERT INTO event_key (workspace_id, key, content, day, known_at)
    SELECT ${tx.workspaceId}::uuid, new.key, new.content, new.day, to_timestamp(new.known_ms / 1000)
    FROM unnest(${bytes(leaders.map(({ fact }) => fact.key))}::bytea[], ${bytes(leaders.map(({ fact }) => fact.content))}::bytea[],
      ${plain(leaders.map(({ day }) => day))}::date[], ${plain(leaders.map(({ knownMs }) => knownMs))}::float8[]) AS new (key, content, day, known_ms)
    ON CONFLICT DO NOTHING RETURNING encode(key, 'hex') AS key`;
  const taken = new Set(rows.map(({ key }) => key));
  const stored = await storedContents(
    tx,
    leaders.flatMap(({ fact }) => (taken.has(fact.key) ? [] : [fact.key])),
  );
  for (const one of placed) {
    const leader = first.get(one.fact.key);
    const content = taken.has(one.fact.key) ? leader?.fact.content : stored.get(one.fact.key);
    outcomes[one.index] = leader === one && taken.has(one.fact.key) ? 'accepted' : content === one.fact.content ? 'duplicate' : 'conflict';
  }
  return leaders.filter(({ fact }) => taken.has(fact.key));
};

const insertEvents = async (tx: StatementTx, fresh: readonly Placed[], knownOf: (fact: Fact) => KnownAccount): Promise<void> => {
  if (fresh.length === 0) return;
  await tx.db.$executeRaw`
    INSERT INTO event (workspace_id, time, key, day, account_id, name, value, properties, received_at, known_at, known_assumed, sent_as)
    SELECT ${tx.workspaceId}::uuid, to_timestamp(new.time_ms / 1000), new.key, new.day, new.account_id, new.name, new.value, new.properties,
      to_timestamp(new.received_ms / 1000), to_timestamp(new.known_ms / 1000), new.known_assumed, new.sent_as
    FROM unnest(${plain(fresh.map(({ timeMs }) => timeMs))}::float8[], ${bytes(fresh.map(({ fact }) => fact.key))}::bytea[], ${plain(fresh.map(({ day }) => day))}::date[],
      ${plain(fresh.map(({ fact }) => knownOf(fact).id))}::uuid[], ${texts(fresh.map(({ fact }) => fact.event))}::text[],
      ${plain(fresh.map(({ fact }) => fact.value))}::numeric[], ${jsons(fresh.map(({ fact }) => fact.propertiesText))}::jsonb[],
      ${plain(fresh.map(({ fact }) => fact.receivedMs))}::float8[], ${plain(fresh.map(({ knownMs }) => knownMs))}::float8[],
      ${plain(fresh.map(({ assumed }) => (assumed ? 't' : 'f')))}::boolean[], ${plain(fresh.map(({ fact }) => knownOf(fact).sentAs))}::uuid[])
      AS new (time_ms, key, day, account_id, name, value, properties, received_ms, known_ms, known_assumed, sent_as)
    ON CONFLICT DO NOTHING`;
};
