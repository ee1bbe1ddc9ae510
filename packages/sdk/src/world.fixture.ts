/** A clock that only moves when asked, and a server that stores by id and fails as a script says. */
import { type Options, type Report, type Result, Tideline, type UsageEvent } from './tideline.ts';
import { createIds } from './uuid.ts';
import type { Runtime } from './runtime.ts';

/** What the next request meets. `lost`: stored, but the answer never arrives. */
export type Fate = number | 'ok' | 'unreachable' | 'lost' | 'hangs' | 'page' | { status: number; retryAfter: string };

const settleMicrotasks = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export const createClock = (startMs: number) => {
  let nowMs = startMs;
  const timers = new Set<{ at: number; wake: () => void }>();
  const sleep: Runtime['sleep'] = (ms, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const timer = { at: nowMs + ms, wake: () => (timers.delete(timer), signal.removeEventListener('abort', timer.wake), resolve()) };
      timers.add(timer);
      signal.addEventListener('abort', timer.wake);
    });
  /** Moves on by `ms`, waking whoever is due on the way, in order. */
  const pass = async (ms: number): Promise<void> => {
    const end = nowMs + ms;
    await settleMicrotasks();
    for (;;) {
      const next = [...timers].toSorted((a, b) => a.at - b.at)[0];
      if (!next || next.at > end) break;
      nowMs = Math.max(nowMs, next.at);
      next.wake();
      await settleMicrotasks();
    }
    nowMs = end;
  };
  return { now: () => nowMs, sleep, pass, waiting: () => timers.size };
};

export const START = Date.UTC(2026, 10, 22, 9);

export const createWorld = (options: Partial<Options> = {}, random: () => number = () => 0.5) => {
  const clock = createClock(START);
  const fates: Fate[] = [];
  const requests: UsageEvent[][] = [];
  const stored = new Map<string, string>();
  const storedTimes = new Map<string, number>();
  const reports: Report[] = [];
  const results: Result[] = [];
  const gauge = { open: 0, most: 0 };

  const store = (events: readonly UsageEvent[]) => {
    const reply = { accepted: 0, duplicates: 0, conflicts: 0, rejected: [] as object[], conflicting: [] as object[] };
    for (const [index, event] of events.entries()) {
      const content = JSON.stringify(event);
      if (event.account === 'unknown') reply.rejected.push({ index, id: event.id, code: 'unknown-account', message: 'create the account first' });
      else if (!stored.has(event.id)) {
        stored.set(event.id, content);
        storedTimes.set(event.id, (storedTimes.get(event.id) ?? 0) + 1);
        reply.accepted += 1;
      } else if (stored.get(event.id) === content) reply.duplicates += 1;
      else {
        reply.conflicts += 1;
        reply.conflicting.push({ index, id: event.id, code: 'conflict', message: 'other content' });
      }
    }
    return reply;
  };
  const answer = (status: number, body: unknown, headers: Record<string, string> = {}) =>
    new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers });
  const serve = (events: UsageEvent[], fate: Fate, signal: AbortSignal | null | undefined): Promise<Response> | Response => {
    if (fate === 'ok') return answer(200, store(events));
    if (fate === 'page') return answer(200, '<html>a portal</html>');
    if (fate === 'lost') store(events);
    if (fate === 'hangs') return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new Error('aborted'))));
    if (typeof fate === 'number') return answer(fate, { detail: `said ${fate}` });
    if (typeof fate === 'object') return answer(fate.status, { detail: 'later' }, { 'retry-after': fate.retryAfter });
    throw new TypeError('fetch failed');
  };
  const fetch: Runtime['fetch'] = async (_url, { body, signal }) => {
    const events = JSON.parse(String(body)) as UsageEvent[];
    requests.push(events);
    gauge.most = Math.max(gauge.most, (gauge.open += 1));
    try {
      return await serve(events, fates.shift() ?? 'ok', signal);
    } finally {
      gauge.open -= 1;
    }
  };
  const tideline = new Tideline(
    {
      url: 'https://tideline.example',
      key: 'tl_key',
      flushOnExit: false,
      onError: (report) => void reports.push(report),
      onResult: (result) => void results.push(result),
      ...options,
    },
    { fetch, now: clock.now, sleep: clock.sleep, random, id: createIds((bytes) => bytes.fill(7)) },
  );
  return { tideline, clock, fates, requests, stored, storedTimes, reports, results, gauge };
};
