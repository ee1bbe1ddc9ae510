/** Small workspaces made of awkward events, in the order they arrive. */
import type { SlowEvent } from '@tideline/testkit/slow-score';
import { slowDayOf, type SlowZone, slowZones } from '@tideline/testkit/slow-zone';
import fc from 'fast-check';

const DAY = 86_400_000;
/** Days of history before the first close, and days closed after it. */
const SPAN = 430;
export const CLOSES = 9;
const DAILY = 6;

/** An event as it is sent, on the morning after a day. */
export type Arrival = SlowEvent & { readonly at: number; readonly on: number };
export type SlowWorkspace = {
  readonly zone: SlowZone;
  /** The first day closed. */
  readonly start: number;
  readonly arrivals: readonly Arrival[];
  /** Ids that are taken back on the third morning. */
  readonly voided: readonly string[];
};

/** Weeks in which a zone's clocks change (or not), a leap day, a new year. */
const STARTS = ['2024-02-25', '2028-02-25', '2024-12-27', '2026-03-04', '2026-03-25', '2025-10-22', '2026-04-01', '2025-10-01', '2025-10-29'];
/** Minutes of the UTC day, most of them beside midnight somewhere in the three zones, in summer or winter. */
const MINUTES = [0, 239, 240, 241, 299, 300, 301, 720, 779, 780, 781, 809, 810, 811, 1_319, 1_320, 1_321, 1_379, 1_380, 1_381, 1_439];

const account = fc.record({
  first: fc.oneof(fc.nat(SPAN + 4), fc.integer({ min: SPAN - 70, max: SPAN + 4 })),
  every: fc.oneof(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 9, max: 60 })),
  wobble: fc.integer({ min: 0, max: 5 }),
  /** Days it goes on: many stop somewhere. */
  lasts: fc.oneof(fc.constant(SPAN + CLOSES), fc.nat(SPAN)),
  cents: fc.integer({ min: 1, max: 90_000 }),
  /** How much each event is above the one before, in percent. */
  trend: fc.integer({ min: -8, max: 8 }),
  returns: fc.constantFrom('none', 'none', 'some', 'only'),
  late: fc.integer({ min: 0, max: 5 }),
});
type Account = typeof account extends fc.Arbitrary<infer T> ? T : never;

const made = (zone: SlowZone, first: string, accounts: readonly Account[]): SlowWorkspace => {
  const start = Date.parse(first) / DAY;
  const from = start - SPAN;
  const events: Arrival[] = [];
  const add = (name: string, n: number, utcDay: number, minute: number, cents: number, late: number) => {
    const at = utcDay * DAY + minute * 60_000 + ((n * 977) % 60_000);
    const day = slowDayOf(at, zone);
    if (day > start + CLOSES) return;
    events.push({ id: `${name}-${n}`, account: name, day, cents, at, on: Math.max(start, day + late) });
  };
  // somebody is there every day, or the pipe itself would be doubted
  for (let i = 0; i < DAILY; i++) for (let n = 0; n < 75 + CLOSES; n++) add(`daily${i}`, n, start - 75 + n + 1, 720, 100 + ((i * n) % 900), 0);
  for (const [i, own] of accounts.entries()) {
    for (let d = own.first, n = 0; d <= Math.min(own.first + own.lasts, SPAN + CLOSES); d += own.every + ((n * 7 + i) % (own.wobble + 1)), n++) {
      const returned = own.returns === 'only' || (own.returns === 'some' && n % 4 === 3);
      const cents = Math.max(1, Math.round(own.cents * (1 + own.trend / 100) ** n));
      add(`a${i}`, n, from + d, MINUTES[(n * 5 + i * 3) % MINUTES.length] ?? 0, returned ? -cents : Math.min(cents, 900_000), n % 3 === 0 ? own.late : 0);
    }
  }
  const again = events.flatMap((e, i) => (i % 9 === 4 ? [{ ...e, on: e.on + (i % 3), cents: i % 2 === 0 ? e.cents : e.cents + 5 }] : []));
  const earliest = new Map<string, number>();
  for (const { account: name, day } of events) earliest.set(name, Math.min(day, earliest.get(name) ?? Infinity));
  const voided = events.filter(({ account: name, day, on }, i) => i % 17 === 3 && on <= start + 2 && day > (earliest.get(name) ?? day)).map(({ id }) => id);
  // out of order: what is sent together comes newest accounts first, its days shuffled
  const shuffled = events.toSorted((a, b) => a.on - b.on || ((a.at * 31) % 1_009) - ((b.at * 31) % 1_009));
  return { zone, start, arrivals: [...shuffled, ...again].toSorted((a, b) => a.on - b.on), voided };
};

const anyZone = fc.constantFrom(...slowZones);
const anyStart = fc.constantFrom(...STARTS);
export const slowWorkspaces = fc.tuple(anyZone, anyStart, fc.array(account, { minLength: 6, maxLength: 24, size: 'max' })).map((of) => made(...of));

/** Enough pairs of even gaps that the workspace is regular (k above 1), and one account gone longer than its rhythm. */
export const regularWorkspaces = fc
  .tuple(anyZone, anyStart, fc.integer({ min: 6, max: 11 }), fc.integer({ min: 0, max: 3 }))
  .map(([zone, start, every, wobble]) =>
    made(
      zone,
      start,
      Array.from({ length: 40 }, (_, i): Account => {
        const first = SPAN - 170 + (i % 9);
        return { first, every, wobble, lasts: i % 8 === 0 ? 150 - i : SPAN, cents: 700 + 90 * i, trend: 0, returns: 'none', late: i % 3 };
      }),
    ),
  );
