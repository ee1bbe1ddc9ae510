/**
 * The browser tests, against the product as `pnpm start --empty` brings it up: built, on a database of its own in memory.
 * They get BASE_URL, SETUP_LINK (claims the empty installation), E2E_DATA (the data folder) and CHROMIUM_PATH.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from '../free-port.ts';
import { childEnv, root } from '../paths.ts';
import { openMemoryFolder } from './memory-folder.ts';
import { countPlaywright, type Outcome } from './outcome.ts';
import { runTool, since } from './run-tool.ts';
import { findChromium } from './system-programs.ts';

const web = join(root, 'apps/web');

type Started = { child: ChildProcess; address: string; setupLink: string };

/** Resolves when start says it is ready; rejects with everything it said when it ends before. */
const startProduct = async (folder: string): Promise<Started> => {
  const port = String(await freePort());
  const env = childEnv({
    PORT: port,
    TIDELINE_DATA: folder,
    DATABASE_URL: '',
    REDIS_URL: '',
    NEXTAUTH_URL: `http://localhost:${port}`,
    HOST: '127.0.0.1',
    WEBHOOK_RANGES: '127.0.0.0/8', // the tests receive webhooks on this machine
  });
  const child = spawn(process.execPath, [join(root, 'scripts/start.ts'), '--empty'], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said: string[] = [];
  const speaks = new Promise<string>((resolve, reject) => {
    const hear = (line: string) => {
      said.push(line);
      const link = /link works once\): (\S+)/.exec(line)?.[1];
      if (link) resolve(link);
    };
    for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', hear);
    child.once('close', (code) => reject(new Error(`pnpm start --empty ended with code ${code} before it was ready:\n${said.join('\n')}`)));
  });
  return { child, address: `http://localhost:${port}`, setupLink: await speaks };
};

const stopProduct = async ({ child }: Started): Promise<Outcome> => {
  const from = performance.now();
  const closed = once(child, 'exit');
  if (child.exitCode === null) child.kill('SIGINT');
  else return { name: 'the product stays up', passed: 0, failed: 1, seconds: 0, why: `start ended by itself with code ${child.exitCode}` };
  const [code] = (await closed) as [number | null];
  return { name: 'stops cleanly', passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, seconds: since(from) };
};

const playwright = async (product: Started, folder: string, paths: readonly string[]): Promise<Outcome> => {
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
