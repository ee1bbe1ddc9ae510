import type { Triage } from '@tideline/contracts/triage';
import type { Api } from '../../../../lib/api.ts';
import type { LiveMessage } from '../../../../lib/live.ts';
import { problemText } from '../../../../lib/request.ts';
import type { ListQuery } from './address.ts';
import { fromPage, withMore, withRows, type ListState } from './list-state.ts';

/** What the server read for the first paint, and the question it answers. */
export type Initial = { key: string; page: Triage['Page']; summary: Triage['Summary'] };
export const keyOf = (query: ListQuery): string => JSON.stringify(query);
const queryOf = (key: string): ListQuery => JSON.parse(key) as ListQuery;

export type Shown = {
  key: string;
  list: ListState;
  summary: Triage['Summary'];
  /** A new question is being read; the old answer is still shown. */
  busy: boolean;
  failure: { at: string; message: string } | null;
};

export const PAGE = 50;
/** How many ids fit into one address, and how many rows are looked at again when nobody says which changed. */
const IDS = 100;
const LOOKED_AT = 300;
/** The server names at most this many ids; that many means "more than I can name". */
const NAMED = 150;

/** The accounts named by messages; null when some message names none or too many to name. */
export const namedIn = (messages: readonly LiveMessage[]): string[] | null => {
  const ids = new Set<string>();
  for (const message of messages) {
    // Alerts and tasks are named by their own ids, which say nothing about rows.
    const names = message.kind === 'score' || message.kind === 'account' ? message.ids : [];
    if (names.length === 0 || names.length >= NAMED) return null;
    for (const id of names) ids.add(id);
  }
  return [...ids];
};

const chunked = (ids: readonly string[]): string[][] => Array.from({ length: Math.ceil(ids.length / IDS) }, (_, i) => ids.slice(i * IDS, (i + 1) * IDS));

/**
 * The list as the browser holds it: read from the server, changed at once by the reader, followed live. What changes
 * elsewhere lands in place and what is new is only counted, so that nothing moves under the cursor.
 */
export class TriageStore {
  #client: Api;
  #shown: Shown;
  #used: Initial;
  #readingOn = false;
  #listeners = new Set<() => void>();

  constructor(client: Api, initial: Initial) {
    this.#client = client;
    this.#used = initial;
    this.#shown = { key: initial.key, list: fromPage(initial.page), summary: initial.summary, busy: false, failure: null };
  }

  get = (): Shown => this.#shown;
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  #set(more: Partial<Shown>): void {
    this.#shown = { ...this.#shown, ...more };
    for (const listener of this.#listeners) listener();
  }

  change = (how: (list: ListState) => ListState): void => this.#set({ list: how(this.#shown.list) });

  /** Runs a reading; what could not be read is told, what was given up is not. */
  async #attempt(run: () => Promise<void>): Promise<void> {
    try {
      await run();
      if (this.#shown.failure) this.#set({ failure: null });
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') return;
      this.#set({ failure: { at: new Date().toISOString(), message: problemText(error) } });
    }
  }

  #summary(key: string, stop: { signal?: AbortSignal } = {}): Promise<Triage['Summary']> {
    const { tab: _, sort: __, group: ___, direction: ____, fold: _____, ...filter } = queryOf(key);
    return this.#client.call('triageSummary', { query: filter, ...stop });
  }
  #page(key: string, cursor: { cursor?: string } = {}, stop: { signal?: AbortSignal } = {}): Promise<Triage['Page']> {
    return this.#client.call('listTriage', { query: { ...queryOf(key), limit: PAGE, ...cursor }, ...stop });
  }

  /** Asks a question; the answer that the server has just sent along is taken as it is, once. */
  ask = (key: string, initial: Initial, signal: AbortSignal): void => {
    if (this.#shown.key === key) return;
    if (initial.key === key && this.#used !== initial) {
      this.#used = initial;
      this.#set({ key, list: fromPage(initial.page), summary: initial.summary, busy: false, failure: null });
      return;
    }
    void this.#read(key, signal);
  };

  /** The same question again, from its first page. */
  again = (): Promise<void> => this.#read(this.#shown.key);

  async #read(key: string, signal?: AbortSignal): Promise<void> {
    const stop = signal ? { signal } : {};
    this.#set({ busy: true });
    await this.#attempt(async () => {
      const [page, summary] = await Promise.all([this.#page(key, {}, stop), this.#summary(key, stop)]);
      if (!signal?.aborted) this.#set({ key, list: fromPage(page), summary });
    });
    if (!signal?.aborted) this.#set({ busy: false });
  }

  /** Reads on, behind what is there; one page at a time. */
  more = async (): Promise<void> => {
    const { key, list } = this.#shown;
    const { next } = list;
    if (next === null || this.#readingOn) return;
    this.#readingOn = true;
    await this.#attempt(async () => {
      const page = await this.#page(key, { cursor: next });
      if (this.#shown.key === key && this.#shown.list.next === next) this.change((state) => withMore(state, page));
    });
    this.#readingOn = false;
  };

  /** Counts and money again, after something was done. */
  resummarise = (): Promise<void> =>
    this.#attempt(async () => {
      const { key } = this.#shown;
      const summary = await this.#summary(key);
      if (this.#shown.key === key) this.#set({ summary });
    });

  /** Looks at rows again: those named, or with null all that are shown and the top of the list. */
  follow = async (named: readonly string[] | null): Promise<void> => {
    const { key, list } = this.#shown;
    await this.#attempt(async () => {
      const top = named === null ? (await this.#page(key)).items.map((row) => row.id) : [];
      const wanted = chunked([...new Set([...(named ?? list.rows.slice(0, LOOKED_AT).map((row) => row.id)), ...top])]);
      const before = list.next === null ? {} : { before: list.next };
      const rows = (ids: string[]) => this.#client.call('triageRows', { query: { ...queryOf(key), ...before, ids: ids.join('|') } });
      const answers = await Promise.all(wanted.map(rows));
      if (this.#shown.key !== key) return;
      this.change((state) => answers.reduce((sofar, { items, matching }, i) => withRows(sofar, items, matching, wanted[i] ?? []), state));
    });
    await this.resummarise();
  };
}
