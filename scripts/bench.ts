/**
 * `pnpm bench <name> [options]`: runs scripts/bench/<name>.ts, whose default export measures and answers figures; prints
 * them as a table and, last, as one JSON line.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type BenchResult, report } from './bench/rounds.ts';

/** What a bench file exports: it gets the arguments after its name. */
export type Bench = (args: readonly string[]) => Promise<BenchResult>;

const folder = join(import.meta.dirname, 'bench');
const tools = new Set(['book', 'ingest-server', 'lived', 'rounds', 'server']);
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => file.slice(0, -3))
  .filter((name) => !tools.has(name));

const [name = '', ...args] = process.argv.slice(2);
if (names.includes(name)) {
  const { default: bench } = (await import(`./bench/${name}.ts`)) as { default: Bench };
  console.log(report(await bench(args)));
} else {
  console.error(`pnpm bench <name>: one of ${names.join(', ')}`);
  process.exitCode = 1;
}
