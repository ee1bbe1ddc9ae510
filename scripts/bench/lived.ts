/** A product that runs, with a made-up book in it and its admin at a browser: for what is measured on screen. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claim, openBrowser, SLUG } from '../../apps/web/e2e/installation.ts';
import { startProduct } from '../test/product.ts';
import { chromiumHint, findChromium } from '../test/system-programs.ts';
import { type Book, makeDays, openBook } from './book.ts';
import { benchDatabase } from './server.ts';

type Page = Parameters<typeof claim>[0];
export type Lived = { page: Page; book: Book; slug: string };

const MS_A_DAY = 86_400_000;

/** `accounts` with `days` days of usage up to yesterday, judged; `measure` gets them and the signed-in page. */
export const inLivedBook = async <T>(accounts: number, days: number, measure: (lived: Lived) => Promise<T>): Promise<T> => {
  const chromium = findChromium();
  if (!chromium) throw new Error(chromiumHint);
  const folder = mkdtempSync(join(tmpdir(), 'tideline-bench-'));
  const database = await benchDatabase({ settings: { shared_buffers: '1GB' } });
  const product = await startProduct(folder, database.ownerUrl);
  const browser = await openBrowser(chromium);
  try {
    const page = await browser.newPage({ baseURL: product.address, viewport: { width: 1440, height: 900 } });
    await claim(page, product.setupLink);
    const { closeDays } = await import('../../packages/engine/src/day.ts');
    const now = new Date();
    const book = await openBook(database, now, { workspaceId: await workspaceOf(database.ownerUrl) });
    await makeDays(book, accounts, days, new Date(now.getTime() - MS_A_DAY).toISOString().slice(0, 10));
    await closeDays(book.deps, book.workspaceId);
    await book.owner.query('VACUUM ANALYZE');
    const measured = await measure({ page, book, slug: SLUG });
    await book.close();
    return measured;
  } finally {
    await browser.close();
    product.child.kill('SIGINT');
    if (product.child.exitCode === null) await once(product.child, 'exit');
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

const workspaceOf = async (ownerUrl: string): Promise<string> => {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  const { rows } = await client.query<{ id: string }>('SELECT id FROM workspace WHERE slug = $1', [SLUG]);
  await client.end();
  const [row] = rows;
  if (!row) throw new Error(`the claimed workspace ${SLUG} is not there`);
  return row.id;
};
