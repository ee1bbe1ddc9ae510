/** From a fresh clone with empty caches to a served book, and a second start; both as a person would run them. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { freePort } from '../free-port.ts';
import { root } from '../paths.ts';
import type { BenchResult, Figure } from './rounds.ts';

type Run = { seconds: number; peakMb: number | undefined };

/** Our environment without what pnpm and npm put there for us: pins and caches of this clone must not help the fresh one. */
const untouched = (): Record<string, string | undefined> => {
  const own = Object.entries(process.env).filter(([name]) => name === 'npm_config_registry' || !/^(npm_|pnpm_|xdg_|initial_cwd$|node$)/i.test(name));
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'));
  return { ...Object.fromEntries(own), PATH: path.join(delimiter) };
};

/** One start in `clone` with `home` as home directory, stopped as soon as it is ready. */
const startOnce = async (clone: string, home: string, pnpm: string): Promise<Run> => {
  const port = String(await freePort());
  const env = { ...untouched(), HOME: home, PORT: port };
  const from = performance.now();
  const child = spawn('npx', ['--yes', pnpm, 'start', '--timings'], { cwd: clone, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const said: string[] = [];
  const ready = new Promise<Run>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      createInterface({ input: stream }).on('line', (line) => {
        said.push(line);
        if (!line.startsWith('{"timings_s"')) return;
        const { peak_mb: peakMb } = JSON.parse(line) as { peak_mb: number };
        resolve({ seconds: (performance.now() - from) / 1_000, peakMb });
      });
    child.once('close', (code) => reject(new Error(`start ended with code ${code}:\n${said.slice(-30).join('\n')}`)));
  });
  const run = await ready;
  const closed = once(child, 'close');
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGINT');
  await closed;
  return run;
};

export default async (): Promise<BenchResult> => {
  const folder = mkdtempSync(join(tmpdir(), 'tideline-cold-'));
  const clone = join(folder, 'clone');
  try {
    const cloned = spawnSync('git', ['clone', '--quiet', root, clone], { encoding: 'utf8' });
    if (cloned.status !== 0) throw new Error(`git clone failed: ${cloned.stderr}`);
    const home = mkdtempSync(join(folder, 'home-'));
    const pnpm = 'pnpm@12.21.0';
    const cold = await startOnce(clone, home, pnpm);
    const warm = await startOnce(clone, home, pnpm);
    const peak: Figure = cold.peakMb ? cold.peakMb : { value: null, why: 'this system does not tell the memory of a process' };
    return {
      bench: 'start',
      figures: { cold_s: cold.seconds, warm_s: warm.seconds, peak_mb: peak },
      notes: ['from a fresh clone with an empty home directory; the system caches files'],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
