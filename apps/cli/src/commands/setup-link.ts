import { createLink } from '@tideline/engine/setup';
import type { Register } from '../command.ts';

/** Prints the one-time link that creates the first workspace and its admin; on stdout the link alone, or nothing. */
export const setupLink: Register = (program, run) => {
  program
    .command('setup-link')
    .description('print a one-time link that creates the first workspace and its admin')
    .action(() =>
      run(async (deps) => {
        const made = await createLink(deps);
        if (made) process.stdout.write(`${made.link}\n`);
        process.stderr.write(
          made
            ? 'It works once, for 24 hours; links printed before no longer do.\n'
            : 'This installation has a workspace already: its admins invite people from the members screen.\n',
        );
      }),
    );
};
