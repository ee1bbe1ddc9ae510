/**
 * `pnpm bench crash [--kills 20] [--seed 1]`: web, worker, PostgreSQL and its backends are SIGKILLed at random moments and
 * started again while six SDK clients send. In the end every acknowledged event must be there once, daily usage must
 * equal a recount, and no work may be stuck; else it exits 1.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { generate } from '../generate.ts';
import { root } from '../paths.ts';
import { type Chance, chanceOf } from './crash/chance.ts';
import { compare } from './crash/compare.ts';
import { stuckIn, untilIdle } from './crash/idle.ts';
import { type Load, startLoad } from './crash/load.ts';
import { type Product, startProduct, type Target, targets } from './crash/product.ts';
import { makeWorkspace } from './crash/workspace.ts';
import type { BenchResult } from './rounds.ts';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const say = (line: string): void => console.log(`${(performance.now() / 1_000).toFixed(1).padStart(6)} s  ${line}`);
const LONGEST_CALM_MS = 3_000;
const PATIENCE_MS = 30_000;

/** The victims in an order of chance, each kind as often as the others. */
const victims = (kills: number, chance: Chance): Target[] =>
  Array.from({ length: Math.ceil(kills / targets.length) }, () => chance.shuffled(targets))
    .flat()
    .slice(0, kills);

/** Until something was acknowledged that was not before. */
const untilMore = async ({ acknowledged }: Load): Promise<void> => {
  const before = acknowledged.size;
  for (const end = Date.now() + PATIENCE_MS; acknowledged.size === before && Date.now() < end;) await pause(20);
};

const rage = async (product: Product, load: Load, kills: number, chance: Chance): Promise<void> => {
  for (const [index, target] of victims(kills, chance).entries()) {
    // mostly while it works, now and then while it is still coming back
    if (chance.below(4) > 0) await untilMore(load);
    await pause(chance.below(LONGEST_CALM_MS));
    const pid = await product.kill(target, chance);
    say(`kill ${String(index + 1).padStart(2)}: ${target.padEnd(10)} (${pid}); ${load.sent.size} sent, ${load.acknowledged.size} acknowledged`);
  }
};

const drill = async (folder: string, kills: number, seed: number): Promise<BenchResult> => {
  const chance = chanceOf(seed);
  const product = await startProduct(folder);
  try {
    const { workspaceId, key } = await makeWorkspace(product.ownerUrl);
    await product.ready();
    say(`${product.door} answers at ${product.address}; seed ${seed}`);
    const load = startLoad(product.address, key, chanceOf(seed + 1));
    await rage(product, load, kills, chance);
    await pause(2_000);
    await load.stop();
    await product.ready();
    say(`load ended: ${load.sent.size} sent, ${load.acknowledged.size} acknowledged`);
    const left = await untilIdle(product.ownerUrl, product.queueUrl, workspaceId);
    say(`work left: ${JSON.stringify(left)}`);
    const { lost, doubled, unknown, recount_differences, stored, days } = await compare(product.ownerUrl, workspaceId, load);
    const dropped = [...load.dropped.values()].reduce((sum, count) => sum + count, 0);
    const wrong = { lost, doubled, unknown, recount_differences, dropped, stuck: stuckIn(left), unacknowledged: load.sent.size - load.acknowledged.size };
    if (Object.values(wrong).some((count) => count !== 0) || load.acknowledged.size === 0) process.exitCode = 1;
    const { accepted, duplicates, repeated, late, requests } = load.counts;
    return {
      bench: 'crash',
      figures: { kills, acknowledged: load.acknowledged.size, ...wrong },
      notes: [
        `${product.door}, seed ${seed}; ${stored} events stored, ${days} daily figures recounted`,
        `${repeated} sent again on purpose, ${late} late; the answers that arrived said ${accepted} accepted, ${duplicates} duplicates, in ${requests()} requests`,
      ],
    };
  } finally {
    await product.stop();
  }
};

export default async (args: readonly string[]): Promise<BenchResult> => {
  const { values } = parseArgs({ args: [...args], options: { kills: { type: 'string', default: '20' }, seed: { type: 'string', default: '1' } } });
  const [kills, seed] = [Number(values.kills), Number(values.seed)];
  if (!Number.isInteger(kills) || kills < 0 || !Number.isInteger(seed)) throw new Error('--kills and --seed are whole numbers');
  generate();
  const parent = join(root, '.data');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'crash-'));
  const result = await drill(folder, kills, seed);
  if (process.exitCode === 1) console.log(`Something is wrong: the logs are kept in ${folder}`);
  else rmSync(folder, { recursive: true, force: true });
  return result;
};
