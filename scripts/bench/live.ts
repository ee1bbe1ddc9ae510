/**
 * `pnpm bench live [accounts]`: from the answer to an event until its account's row has changed in an open triage, while other
 * events arrive (perf.md, targets).
 */
import { call } from '../../apps/web/e2e/installation.ts';
import { inLivedBook, type Lived } from './lived.ts';
import { type BenchResult, median, percentile } from './rounds.ts';

const PROBES = 60;
const LOAD_EVENTS = 50;
const LOAD_EVERY_MS = 250;
const PATIENCE_MS = 10_000;

export default async (args: readonly string[]): Promise<BenchResult> => {
  const accounts = Number(args[0] ?? 100_000);
  const waits = await inLivedBook(accounts, 150, measure);
  return {
    bench: 'live',
    figures: { event_to_screen_p95_ms: percentile(waits, 0.95), event_to_screen_p50_ms: median(waits) },
    notes: [`${waits.length} events, ${accounts} accounts, beside ${(LOAD_EVENTS * 1000) / LOAD_EVERY_MS} other events a second`],
  };
};

const measure = async ({ page, book, slug }: Lived): Promise<number[]> => {
  const { key } = await call<{ key: string }>(page, 'POST', '/api-keys', { data: { name: 'bench', scopes: ['ingest'] } });
  const send = async (events: readonly object[]): Promise<void> => {
    const reply = await page.request.post('/api/v1/events', { headers: { authorization: `Bearer ${key}` }, data: events });
    if (!reply.ok()) throw new Error(`events answered ${reply.status()}: ${await reply.text()}`);
  };
  const { rows } = await book.owner.query<{ id: string; name: string }>('SELECT id::text, external_id AS name FROM account WHERE workspace_id = $1', [
    book.workspaceId,
  ]);
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  let sent = 0;
  const event = (account: string | undefined) => ({ id: `bench-${sent++}`, account, event: 'spend', value: 25 });
  const load = setInterval(() => {
    const some = Array.from({ length: LOAD_EVENTS }, () => event(rows[(sent * 7919) % rows.length]?.name));
    send(some).catch((error: unknown) => console.error(error));
  }, LOAD_EVERY_MS);
  try {
    return await probe({ page, slug, tell: (id) => send([event(names.get(id))]) });
  } finally {
    clearInterval(load);
  }
};

type Probe = Pick<Lived, 'page' | 'slug'> & { tell: (accountId: string) => Promise<void> };

/** One row after another that has not been told of yet, as they stand in sight. */
const probe = async ({ page, slug, tell }: Probe): Promise<number[]> => {
  await page.goto(`/w/${slug}/triage?tab=churn_risk&owner=anyone`);
  await page.getByRole('row').getByRole('link').first().waitFor({ timeout: 60_000 });
  const told = new Set<string>();
  const waits: number[] = [];
  for (let i = 0; i < PROBES; i++) {
    const id = (await page.evaluate(idsInSight)).find((one) => !told.has(one));
    if (id === undefined) {
      await page.reload(); // all in sight are told of: the list as it stands now
      continue;
    }
    told.add(id);
    const changed = page.evaluate(untilChanged, { id, patience: PATIENCE_MS });
    await tell(id);
    const from = await page.evaluate(() => performance.now());
    const at = await changed;
    waits.push(at === null ? Infinity : Math.max(0, at - from));
  }
  return waits;
};

/** In the page: accounts of the rows in sight. */
const idsInSight = (): string[] =>
  [...document.querySelectorAll<HTMLAnchorElement>('[role=row] a[href*="/account/"]')].map((link) => link.pathname.split('/').at(-1) ?? '');

/** In the page: when the row's words have changed or it has left; null when it had not within `patience`. */
const untilChanged = ({ id, patience }: { id: string; patience: number }): Promise<number | null> => {
  const words = () => document.querySelector(`[role=row] a[href*="/account/${id}"]`)?.closest('[role=row]')?.textContent ?? '';
  const before = words();
  return new Promise((resolve) => {
    const watch = new MutationObserver(() => {
      if (words() !== before) end(performance.now());
    });
    const end = (at: number | null) => {
      watch.disconnect();
      resolve(at);
    };
    watch.observe(document.body, { subtree: true, childList: true, characterData: true });
    setTimeout(() => end(null), patience);
  });
};
