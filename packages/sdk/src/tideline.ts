import { backoffMs } from './backoff.ts';
import { type Batch, bodyOf, createFilling } from './batch.ts';
import { decode, encode, type Item, type TrackedEvent } from './encode.ts';
import { type Limits, limitsOf, type Options, optionsFault } from './options.ts';
import { type Answer, post, type Target } from './post.ts';
import { type Report, type Reporter, reporter, tellRefused } from './report.ts';
import { beforeExit, realRuntime, type Runtime } from './runtime.ts';
import { type Ids, newId } from './uuid.ts';
import type { IngestReply } from './wire.ts';

export type { TrackedEvent } from './encode.ts';
export type { Options } from './options.ts';
export type { Report, Result } from './report.ts';
export type { IngestReply, Json, UsageEvent } from './wire.ts';

/** What a client has done so far, in events. Each tracked one is waiting, acknowledged or dropped. */
export type Stats = { tracked: number; acknowledged: number; dropped: number; waiting: number; waitingBytes: number; requests: number };

const TOLD_AFTER = 3;

/**
 * Sends usage events to Tideline. `track` answers at once and never throws; events travel in batches, are tried again
 * until they are acknowledged, and count once however often they were sent. What is dropped is told through `onError`.
 */
export class Tideline {
  readonly #limits: Limits;
  readonly #report: Reporter;
  readonly #runtime: Runtime & { id: Ids };
  readonly #target: Target;
  readonly #filling: ReturnType<typeof createFilling>;
  readonly #end = new AbortController();
  readonly #leaveExit: () => void;
  readonly #stats = { tracked: 0, acknowledged: 0, dropped: 0, waiting: 0, waitingBytes: 0, requests: 0 };
  /** Full batches that wait for their turn, and all that are not settled. */
  readonly #ready: Batch[] = [];
  readonly #open = new Set<Batch>();
  #inFlight = 0;
  /** The events gathered so far have waited long enough. */
  #due = false;
  #ticking = false;
  #bursting = false;
  #closed: Promise<boolean> | undefined;
  readonly #broken: boolean;
  /** The server asked to be left alone until then. */
  #notBefore = 0;
  #failures = 0;

  /** `runtime` is for tests. */
  constructor(options: Options, runtime: Partial<Runtime & { id: Ids }> = {}) {
    this.#limits = limitsOf(options);
    this.#report = reporter(options);
    this.#runtime = { ...realRuntime, id: newId, ...runtime };
    this.#filling = createFilling(this.#limits);
    const fault = optionsFault(options);
    this.#broken = fault !== null;
    const url = this.#broken ? '' : `${options.url.replace(/\/+$/, '')}/api/v1/events`;
    this.#target = { url, key: options.key, timeoutMs: this.#limits.timeoutMs, runtime: this.#runtime, end: this.#end.signal };
    if (fault !== null) this.#report.error('options', fault);
    this.#leaveExit = options.flushOnExit === false || this.#broken ? () => undefined : beforeExit(() => void this.#exit());
  }

  /** Takes an event and answers its id. Its time and content are fixed here. Never throws, never waits. */
  track(event: TrackedEvent): string {
    const nowMs = this.#runtime.now();
    let id = this.#runtime.id(nowMs);
    this.#stats.tracked += 1;
    try {
      id = event.id ?? id;
      const item = encode(event, id, nowMs);
      const refusal = this.#refusal(item);
      if (refusal) this.#refuse(item, refusal);
      else this.#take(item);
    } catch (error) {
      this.#stats.dropped += 1;
      this.#report.error('invalid', String(error), { count: 1 });
    }
    return id;
  }

  /**
   * Sends what waits without further delay. True when everything tracked before is acknowledged or dropped; false
   * when that took longer than `timeoutMs` (30 s): it goes on in the background.
   */
  async flush({ timeoutMs = 30_000 }: { timeoutMs?: number } = {}): Promise<boolean> {
    this.#enqueue(this.#filling.take());
    this.#pump();
    if (this.#open.size === 0) return true;
    const done = new AbortController();
    const all = Promise.all([...this.#open].map(({ settled }) => settled)).then(() => true);
    const late = this.#runtime.sleep(timeoutMs, done.signal, true).then(() => false);
    const flushed = await Promise.race([all, late]);
    done.abort();
    return flushed;
  }

  /** Takes no more events, flushes, and after `timeoutMs` (10 s) drops what is left, telling so. True when nothing was. */
  close({ timeoutMs = 10_000 }: { timeoutMs?: number } = {}): Promise<boolean> {
    this.#closed ??= this.flush({ timeoutMs }).then(async (flushed) => {
      this.#leaveExit();
      this.#end.abort();
      await this.flush();
      return flushed;
    });
    return this.#closed;
  }

  stats(): Stats {
    return { ...this.#stats };
  }

  async #exit(): Promise<void> {
    if (!(await this.flush({ timeoutMs: this.#limits.exitMs }))) await this.close({ timeoutMs: 0 });
  }

  #refusal(item: Item): Report['code'] | null {
    if (this.#broken) return 'options';
    if (this.#closed) return 'closed';
    if (item.bytes + 2 > this.#limits.maxBatchBytes) return 'invalid';
    const { waiting, waitingBytes } = this.#stats;
    return waiting >= this.#limits.maxQueuedEvents || waitingBytes + item.bytes > this.#limits.maxQueuedBytes ? 'queue-full' : null;
  }

  #refuse(item: Item, code: Report['code']): void {
    this.#stats.dropped += 1;
    const first = code === 'invalid' || !this.#bursting;
    if (code !== 'invalid') this.#bursting = true;
    const why = code === 'invalid' ? `It has ${item.bytes} bytes` : '';
    if (first && code !== 'options') this.#report.error(code, why, { events: [decode(item)] });
  }

  #take(item: Item): void {
    const { waiting, waitingBytes } = this.#stats;
    if (waiting * 2 <= this.#limits.maxQueuedEvents && waitingBytes * 2 <= this.#limits.maxQueuedBytes) this.#bursting = false;
    this.#stats.waiting += 1;
    this.#stats.waitingBytes += item.bytes;
    for (const full of this.#filling.add(item)) this.#enqueue(full);
    this.#pump();
    if (!this.#ticking && !this.#filling.isEmpty()) void this.#tick();
  }

  async #tick(): Promise<void> {
    this.#ticking = true;
    await this.#runtime.sleep(this.#limits.intervalMs, this.#end.signal);
    this.#ticking = false;
    this.#due = true;
    this.#pump();
  }

  #enqueue(batch: Batch | undefined): void {
    if (!batch) return;
    this.#ready.push(batch);
    this.#open.add(batch);
  }

  /** Starts as many requests as may run. A batch that is due but not full goes on growing until it is its turn. */
  #pump(): void {
    while (this.#inFlight < this.#limits.maxInFlight) {
      if (this.#ready.length === 0 && this.#due) this.#enqueue(this.#filling.take());
      if (this.#filling.isEmpty()) this.#due = false;
      const batch = this.#ready.shift();
      if (!batch) return;
      this.#inFlight += 1;
      void this.#deliver(batch.items).then(() => {
        this.#inFlight -= 1;
        this.#open.delete(batch);
        batch.settle();
        this.#pump();
      });
    }
  }

  /** Tries until the events are acknowledged or dropped. */
  async #deliver(items: readonly Item[]): Promise<void> {
    const from = this.#runtime.now();
    let why = '';
    for (let attempt = 1; ; attempt++) {
      const pause = this.#notBefore - this.#runtime.now();
      if (pause > 0) await this.#runtime.sleep(pause, this.#end.signal);
      if (this.#end.signal.aborted) return this.#drop(items, 'closed', why);
      this.#stats.requests += 1;
      const answer = await post(this.#target, bodyOf(items));
      if (answer.kind === 'stored') return this.#settle(items, answer.reply, attempt);
      if (answer.kind === 'too-large' && items.length > 1) return this.#halve(items);
      if (answer.kind !== 'again') return this.#drop(items, 'refused', answer.why, answer.status);
      ({ why } = answer);
      if (this.#runtime.now() - from >= this.#limits.giveUpAfterMs) return this.#drop(items, 'gave-up', why);
      await this.#pause(answer, attempt);
    }
  }

  async #halve(items: readonly Item[]): Promise<void> {
    const half = items.length >> 1;
    await this.#deliver(items.slice(0, half));
    await this.#deliver(items.slice(half));
  }

  async #pause({ why, waitMs }: Extract<Answer, { kind: 'again' }>, attempt: number): Promise<void> {
    this.#failures += 1;
    if (this.#failures === TOLD_AFTER) this.#report.error('retrying', why, { count: this.#stats.waiting });
    const { now, random, sleep } = this.#runtime;
    if (waitMs > 0) this.#notBefore = Math.max(this.#notBefore, now() + waitMs);
    await sleep(waitMs + backoffMs(attempt, random), this.#end.signal);
  }

  #leave(items: readonly Item[]): void {
    this.#stats.waiting -= items.length;
    this.#stats.waitingBytes -= items.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  #settle(items: readonly Item[], reply: IngestReply, attempts: number): void {
    this.#failures = 0;
    this.#leave(items);
    const refused = new Set(reply.rejected.map(({ index }) => index));
    const acknowledged = items.flatMap(({ id }, index) => (refused.has(index) ? [] : [id]));
    this.#stats.acknowledged += acknowledged.length;
    this.#stats.dropped += items.length - acknowledged.length;
    tellRefused(this.#report, items, reply);
    this.#report.result({ ...reply, acknowledged, attempts });
  }

  #drop(items: readonly Item[], code: 'closed' | 'gave-up' | 'refused', why: string, status?: number): void {
    this.#leave(items);
    this.#stats.dropped += items.length;
    this.#report.error(code, why, { events: items.map(decode), ...(status === undefined ? {} : { status }) });
  }
}
