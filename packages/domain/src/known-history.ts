import { type UsageDay, usageHistory, type UsageHistory } from './usage-history.ts';

/**
 * What became known of an account's day after it was over: an event that came late, or one that was taken back. Days are day numbers.
 * `bit` is the meter's among the bits of a `UsageDay` (0: it does not count as activity).
 */
export type LateDay = {
  readonly accountId: string;
  readonly day: number;
  /** The day on which it became known. */
  readonly knownOn: number;
  readonly bit: number;
  /** Facts that count as activity: how many came with it, and how many the day has by now. */
  readonly active: number;
  readonly activeNow: number;
  /** What it added to the value of the day; negative when it took some. */
  readonly value: number;
};

type DayNow = { bits: number; value: number; readonly active: Map<number, number> };

const bitsOf = (active: ReadonlyMap<number, number>): number => [...active].reduce((sum, [bit, facts]) => sum + (facts > 0 ? bit : 0), 0);

/**
 * An account as it was known, walked forward in time: starts without anything that came late, takes in what became known up to
 * the day it is asked for. `late` in the order of `knownOn`. A day asked for must not lie before the one asked last.
 */
export class KnownHistory {
  readonly #days = new Map<number, DayNow>();
  readonly #late: readonly LateDay[];
  #taken = 0;
  #first = Infinity;
  #history: UsageHistory;

  constructor(rows: readonly UsageDay[], late: readonly LateDay[]) {
    this.#late = late;
    for (const { day, meters, value } of rows) this.#days.set(day, { bits: Math.max(0, meters), value, active: new Map() });
    for (const { day, bit, activeNow } of late) {
      const known = this.#days.get(day) ?? { bits: 0, value: 0, active: new Map<number, number>() };
      this.#days.set(day, known);
      if (!known.active.has(bit)) {
        known.active.set(bit, activeNow);
        if (activeNow > 0) known.bits -= bit; // the bits of meters that nothing came late to stay
      }
    }
    for (const one of late) this.#add(one, -1);
    for (const [day, known] of this.#days) if (known.value !== 0 || known.bits + bitsOf(known.active) > 0) this.#first = Math.min(this.#first, day);
    this.#history = this.#build();
  }

  /** The first day that anything known by then spoke of, taken back or not; `Infinity` while nothing did. */
  get first(): number {
    return this.#first;
  }

  /** Whether anything became known since the day before the last one asked. */
  on(day: number): { history: UsageHistory; moved: boolean } {
    const before = this.#taken;
    for (let next = this.#late[this.#taken]; next !== undefined && next.knownOn <= day; next = this.#late[++this.#taken]) {
      this.#add(next, 1);
      this.#first = Math.min(this.#first, next.day);
    }
    const moved = this.#taken > before;
    if (moved) this.#history = this.#build();
    return { history: this.#history, moved };
  }

  #add({ day, bit, active, value }: LateDay, sign: 1 | -1): void {
    const known = this.#days.get(day);
    if (!known) return;
    known.value += sign * value;
    known.active.set(bit, (known.active.get(bit) ?? 0) + sign * active);
  }

  #build(): UsageHistory {
    const rows = [...this.#days].map(([day, { bits, value, active }]) => {
      const meters = bits + bitsOf(active);
      return { day, meters: meters > 0 ? meters : -1, value: Math.abs(value) < 1e-9 ? 0 : value };
    });
    return usageHistory(rows.filter(({ meters, value }) => meters > 0 || value !== 0).toSorted((a, b) => a.day - b.day));
  }
}
