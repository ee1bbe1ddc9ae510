import { meteringOf } from '@tideline/db/read/metering';
import { asSystem } from '@tideline/db/system';
import { withStatements } from '@tideline/db/workspace';
import { createIngestMemory, type IngestMemory, makePartitions } from '@tideline/db/write/ingest-memory';
import { deleteEventsBefore, deleteOldNotes, dropEventMonth, eventMonths, moveRawFrom, rawFroms } from '@tideline/db/write/retention';
import { lockUsage } from '@tideline/db/write/usage-lock';
import { todayOf } from '@tideline/domain/as-of';
import { addDays, addMonths, type Day, dayOf, monthOf, monthsFromTo, startOfDay } from '@tideline/domain/calendar';
import type { Deps } from './deps.ts';

const BATCH = 5_000;
const MONTHS_AHEAD = 2;

/**
 * Lets raw events go that are past the workspace's retention: notes first that their days are no longer whole, drops the
 * months that nobody needs any more, and deletes the rest in batches. Daily usage, revenue and identities stay, so that
 * no figure moves and no id counts twice. Answers how many events it deleted one by one.
 */
export const keepRetention = async (deps: Deps, workspaceId: string): Promise<number> => {
  const now = deps.now();
  const cut = await withStatements(deps.db, workspaceId, async (tx) => {
    await lockUsage(tx, 'alone'); // who corrects or recounts days finishes first, and sees afterwards that they are gone
    const { timezone, asOfPin, retentionDays } = await meteringOf(tx);
    await deleteOldNotes(tx, now);
    if (retentionDays === null) return null;
    const day = addDays(todayOf({ timezone, asOfPin }, now), -retentionDays);
    await moveRawFrom(tx, day);
    return { day, before: startOfDay(day, timezone) };
  });
  if (!cut) return 0;
  await dropMonths(deps);
  let deleted = 0;
  for (;;) {
    const count = await withStatements(deps.db, workspaceId, (tx) => deleteEventsBefore(tx, cut.before, cut.day, BATCH));
    deleted += count;
    if (count < BATCH) return deleted;
  }
};

/** Drops the months that every workspace with events in them has let go. Answers them. */
export const dropMonths = async (deps: Deps): Promise<Day[]> =>
  asSystem(deps.system, 'retention', async (tx) => {
    const all = await rawFroms(tx);
    const dropped: Day[] = [];
    for (const month of await eventMonths(tx)) {
      // A month is kept in UTC and a day in the workspace's zone: one day more is always enough.
      const end = addDays(`${addMonths(monthOf(month), 1)}-01` as Day, 1);
      const expired = all.flatMap(({ id, rawFrom }) => (rawFrom !== null && rawFrom >= end ? [id] : []));
      if (expired.length > 0 && (await dropEventMonth(tx, month, expired))) dropped.push(month);
    }
    return dropped;
  });

const memories = new WeakMap<Deps['db'], IngestMemory>();

/** Makes the partitions of this month and the next ones, so that no event waits for one. */
export const makeMonthsAhead = async (deps: Deps): Promise<void> => {
  const memory = memories.get(deps.db) ?? createIngestMemory();
  memories.set(deps.db, memory);
  const first = monthOf(dayOf(deps.now(), 'UTC'));
  await makePartitions(deps.db, memory, monthsFromTo(first, addMonths(first, MONTHS_AHEAD)));
};
