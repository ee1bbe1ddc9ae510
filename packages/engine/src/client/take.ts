import { type Fault, type IngestReply, MAX_EVENTS } from '@tideline/contracts/ingest';
import { announce } from '@tideline/db/live';
import { isWorthRepeating } from '@tideline/db/sql-state';
import { withWorkspace } from '@tideline/db/workspace';
import { placementsOf, placeUsers } from '@tideline/db/write/client-user';
import { type StatedAccount, upsertAccounts } from '@tideline/db/write/import-account';
import { proposeMerges } from '@tideline/db/write/merge-proposal';
import { markRescore } from '@tideline/db/write/rescore';
import type { Deps, Who } from '../deps.ts';
import { accept, type AcceptOptions } from '../ingest.ts';
import { todayIn } from '../today.ts';
import { wakeScoring } from '../wake.ts';
import { namesAccount, type Placing, placing, usersIn } from './placing.ts';
import { fieldsOf, type Step, timeMsOf } from './step.ts';
import { mergedAccount } from './traits.ts';

const ATTEMPTS = 4;
type Options = Omit<AcceptOptions, 'faults'> & { client: string };

/**
 * Does what a client's request means: accounts and users first, so that its events find them, then the events as
 * `accept` takes them. Sent again as a whole, it changes nothing. Answers as for events sent in our own form.
 */
export const take = async (deps: Deps, who: Who, steps: readonly Step[], options: Options): Promise<IngestReply> => {
  const receivedMs = options.receivedAt.getTime();
  const { events, faults } = await eventsOf(deps, who, steps, { client: options.client, receivedMsAt: () => receivedMs });
  const reply: IngestReply = { accepted: 0, duplicates: 0, conflicts: 0, rejected: [], conflicting: [] };
  for (let from = 0; from < events.length; from += MAX_EVENTS) {
    const part = new Map([...faults].flatMap(([index, fault]) => (index >= from && index < from + MAX_EVENTS ? [[index - from, fault] as const] : [])));
    const one = await accept(deps, who, events.slice(from, from + MAX_EVENTS), { ...options, faults: part });
    reply.accepted += one.accepted;
    reply.duplicates += one.duplicates;
    reply.conflicts += one.conflicts;
    reply.rejected.push(...shifted(one.rejected, from));
    reply.conflicting.push(...shifted(one.conflicting, from));
  }
  return reply;
};

type Coming = { client: string; /** When the event at this place among the events came. */ receivedMsAt: (index: number) => number };

/** Does what steps say of accounts and users, and answers their events, each with its account or why it has none. */
export const eventsOf = async (deps: Deps, who: Who, steps: readonly Step[], { client, receivedMsAt }: Coming) => {
  const places = await repeated(() => settle(deps, who, steps, client));
  return placedEvents(steps, places, receivedMsAt);
};

const shifted = (refused: IngestReply['rejected'], from: number) => refused.map((one) => ({ ...one, index: one.index + from }));

const repeated = async <T>(run: () => Promise<T>): Promise<T> => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run();
    } catch (error) {
      if (attempt >= ATTEMPTS || !isWorthRepeating(error)) throw error;
    }
  }
};

/** Writes what a request says of accounts and users, in one transaction; none where it says nothing of them. */
const settle = async (deps: Deps, who: Who, steps: readonly Step[], client: string): Promise<Placing> => {
  const accounts = new Map<string, StatedAccount>();
  for (const step of steps)
    if (step.do === 'account') accounts.set(step.account.externalId, mergedAccount(accounts.get(step.account.externalId), step.account));
  const users = usersIn(steps);
  const aliases = steps.filter((step) => step.do === 'alias');
  if (accounts.size === 0 && users.length === 0) return placing([], steps);
  const { placed, changed, proposed } = await withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const [now, today] = [deps.now(), await todayIn(tx, deps.now())];
    const ids = await upsertAccounts(tx, [...accounts.values()], now, { via: 'event', firstDay: today });
    await markRescore(tx, new Map(ids.map((id) => [id, today])), now);
    const known = placing(users.length > 0 ? await placementsOf(tx, users) : [], steps);
    await placeUsers(tx, known.added, client);
    const made = await proposeMerges(tx, aliases, { via: client, actor: who.actor, at: now });
    return { placed: known, changed: ids, proposed: made };
  });
  if (changed.length > 0) wakeScoring(deps, who.workspaceId);
  if (changed.length > 0 || proposed > 0) await announce(deps.db, { workspaceId: who.workspaceId, kind: 'account', ids: changed });
  return placed;
};

/** The events of a request, each with its account; those whose user belongs nowhere with the reason. */
const placedEvents = (steps: readonly Step[], placed: Placing, receivedMsAt: (index: number) => number): { events: unknown[]; faults: Map<number, Fault> } => {
  const events: unknown[] = [];
  const faults = new Map<number, Fault>();
  for (const step of steps) {
    if (step.do !== 'event') continue;
    const index = events.length;
    if (step.fault) faults.set(index, step.fault);
    if (step.fault || step.user === null || namesAccount(step.event)) {
      events.push(step.event);
      continue;
    }
    const account = placed.accountAt(step.user, timeMsOf(fieldsOf(step.event).timestamp, receivedMsAt(index)));
    if (account !== null) events.push({ ...fieldsOf(step.event), account });
    else {
      // Kept with its user, so that it can be taken in once the user belongs somewhere.
      faults.set(index, { code: 'unknown-user', message: unplaced(step.user) });
      events.push({ ...fieldsOf(step.event), user: step.user });
    }
  }
  return { events, faults };
};

const unplaced = (user: string): string =>
  `The user "${user.slice(0, 60)}" was put into no account yet: send the group call of this user, or name the account with the event`;
