import type { Deps } from '@tideline/engine/deps';
import type { Command } from 'commander';

/** Runs a command's work with everything composed, and closes it afterwards. The work answers the exit code (nothing: 0). */
export type Run = (work: (deps: Deps) => Promise<number | void>) => Promise<void>;

/** Adds one command to the program. */
export type Register = (program: Command, run: Run) => void;
