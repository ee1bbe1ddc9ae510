import type { IngestReply } from '@tideline/contracts/ingest';
import { isStorable } from '@tideline/contracts/ingest-properties';
import { announce } from '@tideline/db/live';
import { withStatements } from '@tideline/db/workspace';
import { addIntake, insertIntakeRequests, type IntakeCounts, type IntakeRequestRow, type IntakeTally, NO_KEY } from '@tideline/db/write/intake';
import type { Deps, Who } from './deps.ts';
import { sentText } from './refusal.ts';

const FLUSH_MS = 1_000;
const HOUR_MS = 3_600_000;
/** Of a key, between two flushes: the latest few are enough to look at. */
const REQUESTS_PER_FLUSH = 10;
const MAX_SAMPLE = 2_000;

/** Its sample is written out only when it is kept: most are pushed out by later ones. */
type NotedRequest = Omit<IntakeRequestRow, 'sample'> & { sample: unknown };
type Noted = { tallies: Map<string, IntakeTally>; requests: Map<string, NotedRequest[]> };
type Pending = { deps: Deps; byWorkspace: Map<string, Noted>; timer: NodeJS.Timeout | undefined; writing: Promise<void> };
const pending = new WeakMap<Deps['db'], Pending>();

export type IntakeNote = {
  client: string;
  /** When the request arrived. */
  at: Date;
  status: number;
  /** What was answered; absent: the request was refused whole. */
  reply?: IngestReply;
  /** Why it was refused whole. */
  reason?: string;
  /** The event to show. */
  sample?: unknown;
};

/**
 * Notes a request for the event debugger and for the volume by key, in memory; written once a second. It is there to be
 * looked at: what a crash loses of it is at most a second, and no event hangs on it.
 */
export const noteIntake = (deps: Deps, who: Who, note: IntakeNote): void => {
  const own = pending.get(deps.db) ?? { deps, byWorkspace: new Map(), timer: undefined, writing: Promise.resolve() };
  pending.set(deps.db, own);
  const noted = own.byWorkspace.get(who.workspaceId) ?? { tallies: new Map(), requests: new Map() };
  own.byWorkspace.set(who.workspaceId, noted);
  const counts = countsOf(note.reply);
  const keyId = who.key?.id ?? NO_KEY;
  const atMs = note.at.getTime();
  addTally(noted, { ...counts, keyId, client: note.client, hourMs: atMs - (atMs % HOUR_MS), requests: 1, lastMs: atMs });
  const requests = noted.requests.get(keyId) ?? [];
  noted.requests.set(keyId, requests);
  const first = note.reply?.rejected[0] ?? note.reply?.conflicting[0];
  requests.push({
    ...counts,
    keyId,
    client: note.client,
    atMs,
    status: note.status,
    latencyMs: Math.max(0, deps.now().getTime() - atMs),
    reason: note.reason ?? first?.message ?? null,
    sample: note.sample,
  });
  if (requests.length > REQUESTS_PER_FLUSH) requests.shift();
  own.timer ??= setTimeout(() => void flushIntake(deps), FLUSH_MS).unref();
};

const countsOf = (reply: IngestReply | undefined): IntakeCounts => ({
  accepted: reply?.accepted ?? 0,
  duplicates: reply?.duplicates ?? 0,
  conflicts: reply?.conflicts ?? 0,
  rejected: reply?.rejected.length ?? 0,
});

const addTally = ({ tallies }: Noted, added: IntakeTally): void => {
  const name = `${added.keyId} ${added.client} ${added.hourMs}`;
  const found = tallies.get(name);
  if (!found) return void tallies.set(name, added);
  for (const count of ['requests', 'accepted', 'duplicates', 'conflicts', 'rejected'] as const) found[count] += added[count];
  found.lastMs = Math.max(found.lastMs, added.lastMs);
};

const sampleOf = (event: unknown): string | null => {
  if (event === undefined) return null;
  const text = sentText(event).slice(0, MAX_SAMPLE);
  return isStorable(text) ? text : null;
};

/** Writes what is noted; a program that ends calls it before it closes its connections. What cannot be written is logged and let go. */
export const flushIntake = async (deps: Deps): Promise<void> => {
  const own = pending.get(deps.db);
  if (!own) return;
  clearTimeout(own.timer);
  own.timer = undefined;
  const noted = own.byWorkspace;
  own.byWorkspace = new Map();
  own.writing = own.writing.then(() => write(deps, noted));
  await own.writing;
};

const write = async (deps: Deps, noted: ReadonlyMap<string, Noted>): Promise<void> => {
  for (const [workspaceId, { tallies, requests }] of noted) {
    try {
      await withStatements(deps.db, workspaceId, async (tx) => {
        await addIntake(tx, [...tallies.values()]);
        await insertIntakeRequests(
          tx,
          [...requests.values()].flat().map((request) => ({ ...request, sample: sampleOf(request.sample) })),
        );
      });
      await announce(deps.db, { workspaceId, kind: 'event' });
    } catch (error) {
      deps.log.warn({ err: error, workspaceId }, 'could not note what arrived; the events themselves are stored');
    }
  }
};
