/** Redis and Chromium come from the system: found, installed where we can, or named so that a person can. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false; // absent or not executable: both mean "look further"
  }
};

const onPath = (names: readonly string[]): string | undefined =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .concat('/usr/bin', '/usr/local/bin', '/opt/homebrew/bin')
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find(isProgram);

const answers = (program: string): boolean => spawnSync(program, ['--version'], { stdio: 'ignore', timeout: 20_000 }).status === 0;

/** Path of a redis-server (or its twin valkey-server), or undefined. */
export const findRedis = (): string | undefined => onPath(['redis-server', 'valkey-server']);

/** Path of a Chromium that starts, or undefined. Ubuntu's `chromium-browser` may be an empty shell around a snap. */
export const findChromium = (): string | undefined => {
  const mac = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'];
  const found = [process.env.CHROMIUM_PATH, onPath(['chromium']), onPath(['chromium-browser']), onPath(['google-chrome', 'google-chrome-stable']), ...mac];
  return found.find((path): path is string => path !== undefined && isProgram(path) && answers(path));
};

const mac = process.platform === 'darwin';
export const redisHint = `Redis is missing and the queue tests run on it. Install it: ${mac ? 'brew install redis' : 'sudo apt-get install redis-server'}`;
export const chromiumHint = mac
  ? 'Chromium is missing and the browser tests need it. Install it: brew install --cask chromium, or set CHROMIUM_PATH'
  : 'Chromium is missing and the browser tests need it. Install it: sudo apt-get install chromium (on Ubuntu, where that is a snap, Google Chrome does as well), or set CHROMIUM_PATH to one';

const programs = [
  { package: 'redis-server', find: findRedis, hint: redisHint },
  { package: 'chromium', find: findChromium, hint: chromiumHint },
] as const;

const root = (): string[] | undefined => {
  if (process.getuid?.() === 0) return [];
  return spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0 ? ['sudo', '-n'] : undefined;
};

const aptInstall = (packages: readonly string[], say: (line: string) => void): void => {
  const prefix = onPath(['apt-get']) ? root() : undefined;
  if (!prefix) return;
  say(`installing ${packages.join(' and ')} from the system's packages`);
  const apt = (...args: string[]) => {
    const [program = '', ...rest] = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-qq', ...args];
    const run = spawnSync(program, rest, { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
    if (run.status !== 0) say(`apt-get ${args[0]} failed: ${run.stderr.trim().split('\n').at(-1)}`);
  };
  apt('update');
  apt('install', '-y', '--no-install-recommends', ...packages);
};

/** Makes sure both programs are there, installing them as root or through `sudo -n`; answers what to do about each missing one. */
export const provideSystemPrograms = (say: (line: string) => void): string[] => {
  const missing = programs.filter((program) => !program.find());
  if (missing.length > 0)
    aptInstall(
      missing.map((program) => program.package),
      say,
    );
  return missing.filter((program) => !program.find()).map((program) => program.hint);
};
