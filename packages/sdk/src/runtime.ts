/** What the client needs of the place it runs in. Tests bring their own; everybody else gets Node's or the edge's. */
export type Runtime = {
  fetch: (url: string, init: RequestInit) => Promise<Pick<Response, 'status' | 'headers' | 'text'>>;
  /** Milliseconds since 1970. */
  now: () => number;
  /** From 0 to 1. */
  random: () => number;
  /** Resolves after `ms`, or at once when `signal` is aborted. Keeps the process alive meanwhile only with `alive`. */
  sleep: (ms: number, signal: AbortSignal, alive?: boolean) => Promise<void>;
};

/** In Node a waiting timer keeps the process; elsewhere there is nothing to let go of. */
const letGo = (timer: unknown): void => {
  if (typeof timer === 'object' && timer !== null && 'unref' in timer && typeof timer.unref === 'function') timer.unref();
};

const sleep: Runtime['sleep'] = (ms, signal, alive = false) =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(done, ms);
    if (!alive) letGo(timer);
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done);
  });

export const realRuntime: Runtime = {
  fetch: (url, init) => fetch(url, init),
  now: () => Date.now(),
  random: () => Math.random(),
  sleep,
};

type Exits = { on: (event: 'beforeExit', listener: () => void) => unknown; off: (event: 'beforeExit', listener: () => void) => unknown };

/** Calls `listener` when Node has nothing left to do; answers how to stop that. Elsewhere does nothing. */
export const beforeExit = (listener: () => void): (() => void) => {
  const host = (globalThis as { process?: Partial<Exits> }).process;
  if (typeof host?.on !== 'function' || typeof host.off !== 'function') return () => undefined;
  host.on('beforeExit', listener);
  return () => void host.off?.('beforeExit', listener);
};
