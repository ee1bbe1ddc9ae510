/**
 * `pnpm start` and `pnpm dev`: from a fresh clone to a served book with one command, and everything stopped again on
 * Ctrl-C. `--help` names the options. The parts are in scripts/start/.
 */
import { join } from 'node:path';
import { generate } from './generate.ts';
import { root, thrifty } from './paths.ts';
import type { PostgresServer } from './postgres.ts';
import { type Children, openChildren } from './start/children.ts';
import { claim } from './start/groups.ts';
import { migrateAll, openPostgres } from './start/database.ts';
import { demandPort } from './start/port.ts';
import { productEnv, readSettings, type Settings, usage } from './start/settings.ts';
import { type Stages, startStages, watchMemory } from './start/stages.ts';
import { buildWeb } from './start/web-build.ts';
import { waitUntilServed } from './start/served.ts';
import { type FirstSteps, prepareContents } from './start/contents.ts';

type Running = { settings: Settings; stages: Stages; children: Children; postgres: Promise<PostgresServer | undefined> };

const node = process.execPath;

const startProduct = ({ settings, children }: Running, env: Record<string, string>): void => {
  children.keep('web', [node, ...thrifty, join(root, 'apps/web/src/server.ts')], { env });
  children.keep('worker', [node, ...(settings.dev ? ['--watch', '--watch-preserve-output'] : []), join(root, 'apps/worker/src/main.ts')], { env });
};

const greet = ({ settings, stages }: Running, first: FirstSteps): void => {
  stages.say(`Tideline is ready: ${settings.address}`);
  for (const person of first.signIns) console.log(`          ${person.role.padEnd(7)} ${person.email}   password ${person.password}`);
  if (first.setupLink) console.log(`          Create the first workspace and its admin (the link works once): ${first.setupLink}`);
  console.log('          Ctrl-C stops everything.');
};

const bringUp = async (running: Running): Promise<void> => {
  const { settings, stages, children } = running;
  const build = settings.dev
    ? undefined
    : stages.stage(
        'web build',
        () => buildWeb(children),
        (built) => (built ? 'Web app built' : 'Web app is up to date'),
      );
  const data = async () => {
    const ownerUrl = await migrateAll(settings, await running.postgres, stages);
    const env = productEnv(settings, ownerUrl);
    return { env, first: await prepareContents(settings, children, stages, env) };
  };
  const [{ env, first }] = await Promise.all([data(), build]);
  startProduct(running, env);
  await stages.stage(
    'app',
    () => waitUntilServed(settings),
    () => 'The app answers',
  );
  greet(running, first);
};

const interruption = (): Promise<string> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve(signal));
    // the terminal may be gone by then: stopping in order matters more than saying so
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => resolve('the terminal is gone'));
  });

const run = async (settings: Settings, stages: Stages, interrupted: Promise<string>): Promise<void> => {
  const pids = join(settings.dataDir, 'dev.pids');
  const left = await claim(pids, settings.address);
  if (left.length > 0) stages.say(`Ended what a killed run had left behind: ${left.join(', ')}`);
  const children = openChildren(pids);
  let postgres: Promise<PostgresServer | undefined> = Promise.resolve(undefined);
  const memory = settings.timings ? watchMemory() : undefined;
  try {
    await demandPort(settings.port, settings.host);
    await stages.stage(
      'prisma client',
      async () => generate(),
      (made) => (made ? 'Database client generated' : 'Database client is up to date'),
    );
    postgres = openPostgres(settings, stages);
    const work = bringUp({ settings, stages, children, postgres }).then(() => {
      memory?.stop();
      if (memory) console.log(JSON.stringify({ timings_s: stages.timings(), total_s: stages.elapsed(), peak_mb: Math.round(memory.peak() / 2 ** 20) }));
      return interrupted;
    });
    const signal = await Promise.race([work, interrupted, children.firstDeath]);
    stages.say(signal === 'SIGINT' ? 'Stopping …' : `Stopping (${signal}) …`);
  } finally {
    memory?.stop();
    await children.stopAll();
    const server = await postgres.catch(() => undefined); // that it failed to start is told by whoever waited for it
    await server?.stop();
    stages.say('Everything is stopped.');
  }
};

const main = async (): Promise<number> => {
  if (process.argv.includes('--help')) {
    console.log(usage);
    return 0;
  }
  const interrupted = interruption();
  try {
    await run(readSettings(process.argv.slice(2)), startStages(), interrupted);
    return 0;
  } catch (error) {
    console.error(`\n${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
};

process.exit(await main());
