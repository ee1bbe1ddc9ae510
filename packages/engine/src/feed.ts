import { dayOf } from '@tideline/domain/calendar';
import { withStatements } from '@tideline/db/workspace';
import { type Sender, writeFeeds } from '@tideline/db/write/account-feed';
import type { Deps } from './deps.ts';

const FLUSH_MS = 1_000;

/** What one sender sent today: accounts that are noted, and those still to be written. */
type Noted = { readonly workspaceId: string; readonly sender: Sender; day: string; known: Set<string>; fresh: string[] };
type Pending = { noted: Map<string, Noted>; timer: NodeJS.Timeout | undefined };
const pending = new WeakMap<Deps['db'], Pending>();

/**
 * Notes which accounts a key or a source sends usage of, in memory: each account once a day and process, written a second later
 * beside the path of the events. What a crash loses is noted with the next event.
 */
export const noteFeed = (deps: Deps, workspaceId: string, sender: Sender, accounts: Iterable<unknown>): void => {
  const own = pending.get(deps.db) ?? { noted: new Map<string, Noted>(), timer: undefined };
  pending.set(deps.db, own);
  const day = dayOf(deps.now(), 'UTC');
  const name = `${workspaceId} ${sender.senderId}`;
  const noted = own.noted.get(name) ?? { workspaceId, sender, day, known: new Set<string>(), fresh: [] };
  own.noted.set(name, noted);
  if (noted.day !== day) {
    noted.day = day;
    noted.known = new Set();
  }
  for (const account of accounts) {
    if (typeof account !== 'string' || noted.known.has(account)) continue;
    noted.known.add(account);
    noted.fresh.push(account);
  }
  if (noted.fresh.length > 0) own.timer ??= setTimeout(() => void flushFeeds(deps), FLUSH_MS).unref();
};

/** Writes what is noted; what cannot be written is logged and noted again with the next event. */
export const flushFeeds = async (deps: Deps): Promise<void> => {
  const own = pending.get(deps.db);
  if (!own) return;
  clearTimeout(own.timer);
  own.timer = undefined;
  for (const noted of own.noted.values()) {
    const accounts = noted.fresh;
    if (accounts.length === 0) continue;
    noted.fresh = [];
    try {
      await withStatements(deps.db, noted.workspaceId, (tx) => writeFeeds(tx, noted.sender, accounts, dayOf(deps.now(), 'UTC')));
    } catch (error) {
      for (const account of accounts) noted.known.delete(account);
      deps.log.warn({ err: error, workspaceId: noted.workspaceId }, 'could not note what sends the usage of accounts; the events themselves are stored');
    }
  }
};
