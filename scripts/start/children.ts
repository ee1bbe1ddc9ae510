/**
 * The processes we start: each in a process group of its own (a Ctrl-C reaches only us, so that we can end them in order),
 * lines prefixed with a name, ids written down so that a run after `kill -9` can end what was left behind.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { childEnv, root } from '../paths.ts';
import { isAlive, startMark } from '../process-table.ts';
import { endGroup, type Kept, type PidsFile, signalGroup } from './groups.ts';

export type ChildOptions = {
  env?: Readonly<Record<string, string>>;
  cwd?: string;
  /** Gets each line of standard output instead of the terminal; true when it has dealt with it. */
  onLine?: (line: string) => boolean;
  /** Leave standard output off the terminal; the last lines are still told on failure. */
  quiet?: boolean;
};

/** How a child ended, in words for a person. */
export class ChildDied extends Error {
  override readonly name = 'ChildDied';
}

const LAST_LINES = 15;
export type Children = {
  /** Starts a process that is meant to stay; its end, whenever it was not asked for, fails `firstDeath`. */
  keep: (name: string, command: readonly string[], options?: ChildOptions) => void;
  /** Runs a process to its end; throws `ChildDied` with its last lines unless it ends well. */
  run: (name: string, command: readonly string[], options?: ChildOptions) => Promise<void>;
  /** Rejects with `ChildDied` when a process that should stay has ended. */
  firstDeath: Promise<never>;
  /** Ends all, the last started first, and gives the folder back. */
  stopAll: () => Promise<void>;
};

const WIDTH = 7;

const describe = (name: string, child: ChildProcess, last: readonly string[]): ChildDied => {
  const how = child.signalCode ? `was ended by ${child.signalCode}` : `ended with code ${child.exitCode}`;
  return new ChildDied(`${name} ${how}.${last.length > 0 ? ` Its last lines:\n${last.map((line) => `    ${line}`).join('\n')}` : ''}`);
};

/** Starts one process in a group of its own; resolves when it has ended, with how unless it ended well. */
const begin = (
  name: string,
  command: readonly string[],
  options: ChildOptions,
  watch: { began: (kept: Kept) => void; ended: (pid: number) => void },
): Promise<ChildDied | undefined> => {
  const [program = '', ...args] = command;
  const child = spawn(program, args, { cwd: options.cwd ?? root, env: childEnv(options.env), detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const { pid } = child;
  if (pid !== undefined) watch.began({ name, pid, mark: startMark(pid) ?? '' });
  const last: string[] = [];
  const read = (line: string, spoken: boolean) => {
    last.push(line);
    if (last.length > LAST_LINES) last.shift();
    if (spoken) console.log(`${name.padEnd(WIDTH)}| ${line}`);
  };
  createInterface({ input: child.stdout }).on('line', (line) => read(line, !(options.onLine?.(line) ?? options.quiet ?? false)));
  createInterface({ input: child.stderr }).on('line', (line) => read(line, !(options.quiet ?? false)));
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(new ChildDied(`${name} could not be started: ${error.message}`)));
    child.once('exit', () => {
      if (pid === undefined) return;
      signalGroup(pid, 'SIGKILL'); // grandchildren do not outlive their leader, nor hold its pipes open
      watch.ended(pid);
    });
    child.once('close', (code) => resolve(code === 0 ? undefined : describe(name, child, last)));
  });
};

/** Opens the house for children whose ids are kept in `file` (claimed before). */
export const openChildren = (file: string): Children => {
  const running = new Map<number, Kept>();
  let stopping = false;
  let reportDeath: (error: ChildDied) => void = () => undefined;
  const firstDeath = new Promise<never>((_, reject) => (reportDeath = reject));
  firstDeath.catch(() => undefined); // whoever waits hears it; nobody waiting yet is no crash

  const writeDown = () => {
    if (stopping) return;
    const known = JSON.parse(readFileSync(file, 'utf8')) as PidsFile;
    writeFileSync(file, JSON.stringify({ ...known, children: [...running.values()] }));
  };
  const watch = {
    began: (kept: Kept) => {
      running.set(kept.pid, kept);
      writeDown();
    },
    ended: (pid: number) => {
      running.delete(pid);
      writeDown();
    },
  };
  // nothing new while the house closes
  const open = (name: string, command: readonly string[], options: ChildOptions = {}): Promise<ChildDied | undefined> =>
    stopping ? new Promise(() => undefined) : begin(name, command, options, watch);

  const report = (died: ChildDied | undefined) => {
    if (died && !stopping) reportDeath(died);
  };
  return {
    firstDeath,
    keep: (name, command, options) => void open(name, command, options).then((died) => report(died ?? new ChildDied(`${name} ended although it should stay.`))),
    run: async (name, command, options) => {
      const died = await open(name, command, options);
      if (died) throw died;
    },
    stopAll: async () => {
      stopping = true;
      for (const { pid } of [...running.values()].toReversed()) if (isAlive(pid)) await endGroup(pid);
      rmSync(file, { force: true });
    },
  };
};
