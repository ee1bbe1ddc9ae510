import { isDay } from '@tideline/domain/calendar';
import { Problem } from '@tideline/contracts/problem';

/** Where a page ended, as the caller carries it: what the order compares, then the id. */
export const cursorOf = (place: string, id: string): string => Buffer.from(JSON.stringify([place, id])).toString('base64url');

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What a cursor may carry, by the type of what the order compares. */
export const cursorPlaces = {
  time: (text: string) =>
    /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d{1,6})?[+-]\d{2}(:\d{2})?$/.test(text) && isDay(text.slice(0, 10)) && text.slice(11, 19) <= '23:59:59',
  number: (text: string) => /^-?\d{1,40}(\.\d{1,40})?$/.test(text),
  day: (text: string) => text === 'infinity' || isDay(text),
} as const satisfies Record<string, (text: string) => boolean>;

/** Reads a cursor back. Throws `invalid-request` on anything that is not one. */
export const cursorFrom = (text: string | undefined, place: keyof typeof cursorPlaces): { place: string; id: string } | null => {
  if (text === undefined) return null;
  const refused = new Problem('invalid-request', 'This cursor is none of ours: start again without it');
  let read: unknown;
  try {
    read = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) throw refused;
    throw error;
  }
  if (!Array.isArray(read)) throw refused;
  const [at, id] = read as unknown[];
  if (typeof at !== 'string' || typeof id !== 'string' || !cursorPlaces[place](at) || !UUID.test(id)) throw refused;
  return { place: at, id };
};

/** Cuts what was read with one row too many into a page. */
export const pageOf = <T extends { id: string }>(rows: readonly T[], limit: number, placeOf: (row: T) => string): { items: T[]; next: string | null } => {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? cursorOf(placeOf(last), last.id) : null };
};
