import { Problem } from '@tideline/contracts/problem';

export type GroupCommit<Item, Result> = {
  /** Resolves when the items are stored, with one result each, in order. */
  submit(workspaceId: string, items: readonly Item[], bytes: number): Promise<Result[]>;
};
type Waiting<Item, Result> = { items: readonly Item[]; bytes: number; since: number; resolve: (results: Result[]) => void; reject: (error: unknown) => void };
type Options<Item, Result> = {
  /** Stores the items of one or more requests in one transaction. */
  run: (workspaceId: string, items: readonly Item[]) => Promise<Result[]>;
  now: () => Date;
  maxItems: number;
  inFlight: number;
  maxBytes: number;
  maxAgeMs: number;
};

/**
 * Requests of one workspace that wait at the same moment share one transaction, so that many small requests cost
 * as little as few large ones. Workspaces take turns: a busy one never starves another. What waits is bounded by
 * bytes and by age; past either, a request is refused with the time to come back.
 */
export const createGroupCommit = <Item, Result>(options: Options<Item, Result>): GroupCommit<Item, Result> => {
  const queues = new Map<string, Waiting<Item, Result>[]>(); // in the order of turns
  let running = 0;
  let bytes = 0;

  const oldest = (): number => Math.min(...[...queues.values()].map(([first]) => first?.since ?? Infinity));

  /** The next group: whole requests of the workspace whose turn it is, at least one. */
  const next = (): { workspaceId: string; group: Waiting<Item, Result>[] } | null => {
    const turn = queues.entries().next().value;
    if (!turn) return null;
    const [workspaceId, queue] = turn;
    let count = 0;
    let size = 0;
    while (count < queue.length && (count === 0 || size + (queue[count]?.items.length ?? 0) <= options.maxItems)) size += queue[count++]?.items.length ?? 0;
    const group = queue.splice(0, count);
    queues.delete(workspaceId);
    if (queue.length > 0) queues.set(workspaceId, queue);
    for (const request of group) bytes -= request.bytes;
    return { workspaceId, group };
  };

  const settle = async (workspaceId: string, group: Waiting<Item, Result>[]): Promise<void> => {
    try {
      const results = await options.run(
        workspaceId,
        group.flatMap((request) => request.items),
      );
      let from = 0;
      for (const request of group) request.resolve(results.slice(from, (from += request.items.length)));
    } catch (error) {
      // One request may be the cause: each gets its own transaction, so that it fails alone.
      if (group.length === 1) group[0]?.reject(error);
      else for (const request of group) await settle(workspaceId, [request]);
    }
  };

  const pump = (): void => {
    while (running < options.inFlight) {
      const found = next();
      if (!found) return;
      running += 1;
      void settle(found.workspaceId, found.group).finally(() => {
        running -= 1;
        pump();
      });
    }
  };

  return {
    submit: (workspaceId, items, size) => {
      const now = options.now().getTime();
      const full = bytes + size > options.maxBytes && bytes > 0;
      if (full || now - oldest() > options.maxAgeMs)
        throw new Problem('too-many-requests', 'More events arrive than can be stored at this moment: send them again after the time given', {
          retryAfterS: full ? 2 : 5,
        });
      return new Promise((resolve, reject) => {
        bytes += size;
        const queue = queues.get(workspaceId) ?? [];
        queues.set(workspaceId, queue);
        queue.push({ items, bytes: size, since: now, resolve, reject });
        // Requests that arrive in the same turn of the event loop join before the transaction starts.
        queueMicrotask(pump);
      });
    },
  };
};
