import type { Item } from './encode.ts';

/** Events that travel together. */
export type Batch = {
  readonly items: readonly Item[];
  /** Resolves when each is acknowledged or dropped. */
  readonly settled: Promise<void>;
  readonly settle: () => void;
};

export const batchOf = (items: readonly Item[]): Batch => {
  let settle = (): void => undefined;
  const settled = new Promise<void>((resolve) => (settle = resolve));
  return { items, settled, settle };
};

/** The body of a request with these events: exactly what was fixed when they were tracked. */
export const bodyOf = (items: readonly Item[]): string => `[${items.map(({ text }) => text).join(',')}]`;

/** Gathers events until a request is full, by number or bytes. */
export const createFilling = (limits: { maxBatchEvents: number; maxBatchBytes: number }) => {
  let items: Item[] = [];
  let bytes = 0;
  /** The events so far as a batch; undefined when there are none. */
  const take = (): Batch | undefined => {
    if (items.length === 0) return undefined;
    const taken = batchOf(items);
    [items, bytes] = [[], 0];
    return taken;
  };
  /** Adds an event; answers the batches that are full now. */
  const add = (item: Item): Batch[] => {
    const full: (Batch | undefined)[] = [];
    if (bytes + item.bytes + 2 > limits.maxBatchBytes) full.push(take());
    items.push(item);
    bytes += item.bytes + 1;
    if (items.length >= limits.maxBatchEvents) full.push(take());
    return full.filter((batch) => batch !== undefined);
  };
  return { add, take, isEmpty: () => items.length === 0 };
};
