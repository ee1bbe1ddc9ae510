/**
 * The browser tests, against the product as `pnpm start --empty` brings it up: built, on a database of its own in memory.
 * They get BASE_URL, SETUP_LINK (claims the empty installation), E2E_DATA (the data folder) and CHROMIUM_PATH.
 */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../paths.ts';
import { openMemoryFolder } from './memory-folder.ts';
import { countPlaywright, type Outcome } from './outcome.ts';
import { type Product, startProduct } from './product.ts';
import { runTool, since } from './run-tool.ts';
import { findChromium } from './system-programs.ts';

const web = join(root, 'apps/web');

const stopProduct = async ({ child }: Product): Promise<Outcome> => {
  const from = performance.now();
  const closed = once(child, 'exit');
  if (child.exitCode === null) child.kill('SIGINT');
  else return { name: 'the product stays up', passed: 0, failed: 1, seconds: 0, why: `start ended by itself with code ${child.exitCode}` };
  const [code] = (await closed) as [number | null];
  return { name: 'stops cleanly', passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, seconds: since(from) };
};

const playwright = async (product: Product, folder: string, paths: readonly string[]): Promise<Outcome> => {
  const from = performance.now();
  const reports = mkdtempSync(join(tmpdir(), 'tideline-e2e-'));
  const report = join(reports, 'report.json');
  const env = {
    BASE_URL: product.address,
    SETUP_LINK: product.setupLink,
    E2E_DATA: folder,
    CHROMIUM_PATH: findChromium() ?? '',
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
  };
  const { code } = await runTool([join(web, 'node_modules/.bin/playwright'), 'test', '--reporter=list,json', ...paths], { show: true, cwd: web, env });
  const outcome = { name: 'browser tests', seconds: since(from), ...countPlaywright(report, code) };
  rmSync(reports, { recursive: true, force: true });
  return outcome;
};

/** Starts the product, drives it in a browser, stops it. `paths` narrows the tests down. */
export const browserTests = async (paths: readonly string[]): Promise<Outcome[]> => {
  const from = performance.now();
  const { folder, remove } = await openMemoryFolder();
  try {
    const product = await startProduct(folder);
    const started = { name: 'builds and starts', passed: 1, failed: 0, seconds: since(from) };
    const told = await playwright(product, folder, paths);
    return [started, told, await stopProduct(product)];
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return [{ name: 'builds and starts', passed: 0, failed: 1, seconds: since(from), why }];
  } finally {
    remove();
  }
};
