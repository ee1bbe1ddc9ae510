import { Problem } from '@tideline/contracts/problem';
import { Command } from 'commander';
import type { Register, Run } from './command.ts';
import { backtest } from './commands/backtest.ts';
import { demo } from './commands/demo.ts';
import { importFile } from './commands/import.ts';
import { setupLink } from './commands/setup-link.ts';
import { simulate } from './commands/simulate.ts';
import { verify } from './commands/verify.ts';
import { compose } from './compose.ts';
import { readEnv } from './env.ts';

const commands: readonly Register[] = [backtest, demo, importFile, setupLink, simulate, verify];

const run: Run = async (work) => {
  const { deps, close } = compose(readEnv());
  try {
    process.exitCode = (await work(deps)) ?? 0;
  } finally {
    await close();
  }
};

const program = new Command('tideline').description('Tideline from the command line').showHelpAfterError();
for (const register of commands) register(program, run);

try {
  await program.parseAsync();
} catch (error) {
  // A refusal is said in its own words; anything else is a bug and shows where it happened.
  process.stderr.write(`${error instanceof Problem ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
}
