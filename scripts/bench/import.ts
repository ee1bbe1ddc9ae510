/**
 * `pnpm bench import [file] [rounds]`: the whole retail file through the product's import, everything on (four meters, two of
 * them UNIQUE), against COPY of the same file into one text table (perf.md, targets). Without the full file it takes the
 * downsized copy, whose figures say less.
 */
import { copyFileSync, createReadStream, createWriteStream, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import pg from 'pg';
import type { Who } from '../../packages/engine/src/deps.ts';
import { root } from '../paths.ts';
import { benchDatabase } from './server.ts';
import { type BenchResult, median, timed } from './rounds.ts';

const FULL = join(root, '.data/online-retail.csv.gz');
const SMALL = join(root, 'examples/online-retail/invoices.csv');
const SAMPLE_MS = 100;

/** Highest resident memory while `work` runs, in MB, and how much it grew from its first third to its last. */
const memoryOf = async (work: () => Promise<unknown>): Promise<{ peakMb: number; grewMb: number }> => {
  const samples: number[] = [];
  const timer = setInterval(() => samples.push(process.memoryUsage.rss() / 1024 / 1024), SAMPLE_MS);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  const third = Math.max(1, Math.floor(samples.length / 3));
  return { peakMb: Math.max(...samples), grewMb: median(samples.slice(-third)) - median(samples.slice(0, third)) };
};

/** The file unpacked where the server may read it. */
const unpacked = async (path: string, folder: string): Promise<string> => {
  const plain = join(folder, 'file.csv');
  if (path.endsWith('.gz')) await pipeline(createReadStream(path), createGunzip(), createWriteStream(plain, { mode: 0o644 }));
  else copyFileSync(path, plain);
  return plain;
};

export default async (args: readonly string[]): Promise<BenchResult> => {
  const path = args[0] ?? (existsSync(FULL) ? FULL : SMALL);
  const rounds = Number(args[1] ?? 1);
  const mappingFile = basename(path) === basename(SMALL) ? 'invoices.mapping.json' : 'mapping.json';
  const folder = mkdtempSync(join(tmpdir(), 'tideline-bench-'));
  const database = await benchDatabase();
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  try {
    const { openDeps } = await import('../../packages/engine/src/open-deps.ts');
    const { MappingFile } = await import('../../packages/contracts/src/import.ts');
    const imports = await import('../../packages/engine/src/import.ts');
    const { runImport } = await import('../../packages/engine/src/import-run.ts');
    const { flushWakes } = await import('../../packages/engine/src/wake.ts');
    await owner.connect();
    const plain = await unpacked(path, folder);
    const columns = (await readFile(plain, { encoding: 'utf8' })).split('\n', 1)[0]?.trim().split(',') ?? [];
    await owner.query(`CREATE TABLE raw_file (${columns.map((name) => `"${name}" text`).join(', ')})`);
    const silent = { info: () => undefined, warn: () => undefined, error: console.error };
    const outside = { redisUrl: undefined, poolSize: 6, baseUrl: 'http://localhost', uploadDir: folder, webhookRanges: [], log: silent, now: () => new Date() };
    const opened = openDeps({ ...outside, databaseUrl: database.ownerUrl });
    const mapping = MappingFile.parse(JSON.parse(await readFile(join(root, 'examples/online-retail', mappingFile), 'utf8')));
    const copy = async () => {
      await owner.query('TRUNCATE raw_file');
      return timed(() => owner.query(`COPY raw_file FROM '${plain}' (FORMAT csv, HEADER)`));
    };
    const [copies, taken, peaks, growths]: [number[], number[], number[], number[]] = [[], [], [], []];
    for (let round = 0; round < rounds; round++) {
      const { rows } = await owner.query<{ id: string }>(
        `INSERT INTO workspace (slug, name, timezone, currency) VALUES ('bench-' || $1::text, 'Bench', 'Europe/London', 'GBP') RETURNING id`,
        [round],
      );
      const who: Who = { workspaceId: rows[0]?.id ?? '', userId: null, role: 'ADMIN', actor: 'bench', ownAccountsOf: null };
      await imports.applyMetering(opened.deps, who, mapping);
      const importId = await imports.record(opened.deps, who, { path, name: basename(path), source: 'bench', dryRun: false }, mapping);
      for (let i = 0; i < 2; i++) copies.push(await copy());
      const memory = await memoryOf(async () => taken.push(await timed(() => runImport(opened.deps, { workspaceId: who.workspaceId, importId }))));
      for (let i = 0; i < 2; i++) copies.push(await copy());
      const { state, error } = await imports.get(opened.deps, who, importId);
      if (state !== 'done') throw new Error(`the import ended as ${state}: ${error ?? ''}`);
      peaks.push(memory.peakMb);
      growths.push(memory.grewMb);
    }
    await flushWakes(opened.deps);
    await opened.close();
    const [fast, slow] = [median(copies), median(taken)];
    return {
      bench: 'import',
      figures: { import_vs_copy: slow / fast, rss_mb: Math.max(...peaks) },
      notes: [
        `${basename(path)}: import ${(slow / 1000).toFixed(1)} s, COPY into one text table ${(fast / 1000).toFixed(2)} s (medians of ${taken.length} and ${copies.length})`,
        `memory grew by ${median(growths).toFixed(0)} MB from the first third of the import to its last; the figure includes this bench and the tools it loads`,
      ],
    };
  } finally {
    await owner.end();
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};
