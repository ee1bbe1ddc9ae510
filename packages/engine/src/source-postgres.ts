import type { PostgresConnection } from '@tideline/contracts/source';
import { type Place, readOutside } from '@tideline/db/outside';
import type { Deps } from './deps.ts';
import type { Reading } from './source-pull.ts';
import { nameOf, type Taker, takerOf } from './source-take.ts';
import { postgresTarget } from './source-target.ts';

const PAGE_ROWS = 2_000;

/** The last row that is stored. `open`: the reading it belongs to has not come to the end of what there was. */
export type Position = Place & { open: boolean };

/**
 * Reads what is behind the last place, page by page. The place is kept only after its page is durable: a crash repeats a
 * page, whose rows are met as duplicates. A reading that came to the end is followed by one that starts `overlap` earlier,
 * for rows that were committed late; one that broke off goes on exactly where it was.
 */
export const pullPostgres = async (deps: Deps, reading: Reading, connection: PostgresConnection, secret: string): Promise<Position | null> => {
  const target = await postgresTarget(deps, connection, secret);
  return readOutside(target, connection, async (reader) => {
    const last = reading.position as Position | null;
    let at: Place | null = last && (last.open ? last : { cursor: last.cursor, tie: connection.overlap > 0 ? null : last.tie });
    let back = last?.open ? 0 : connection.overlap;
    let taker: Taker | null = null;
    for (;;) {
      const { columns, rows, places } = await reader.page(at, back, PAGE_ROWS);
      taker ??= await takerOf(deps, reading, columns);
      const { sourceId } = reading;
      const pulled = rows.map((fields, i) => ({ fields, place: places[i]?.cursor ?? '' }));
      // Without an id a row is itself: equal rows at the same cursor are one fact.
      await taker.take(pulled, async (unnamed) => unnamed.map(({ row: { fields, place } }) => nameOf('source', sourceId, place, ...fields)));
      const reached = places.at(-1);
      if (reached) {
        [at, back] = [reached, 0];
        await reading.keep({ position: { ...reached, open: true } });
      }
      if (rows.length < PAGE_ROWS) break;
    }
    await taker.end();
    // What was read again may end before what was known: rows are gone over there, and the place goes back with them.
    return at && at.tie !== null ? { ...at, open: false } : last && { ...last, open: false };
  });
};
