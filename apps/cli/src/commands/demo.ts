import { catchUp } from '@tideline/engine/demo/catch-up';
import { hasDemo, makeDemo, signIns } from '@tideline/engine/demo/demo';
import { isEmpty } from '@tideline/engine/setup';
import type { Register } from '../command.ts';

/**
 * Makes the demo in an empty installation, or finishes an existing one and brings it up to yesterday; other installations
 * are left alone. The last line of stdout is {"demo":{"signIns":[{role,email,password}]}}.
 */
export const demo: Register = (program, run) => {
  program
    .command('demo')
    .description('make the demo, or bring it up to yesterday')
    .action(() =>
      run(async (deps) => {
        const say = (line: string) => void process.stdout.write(`${line}\n`);
        const here = (await isEmpty(deps)) || (await hasDemo(deps));
        if (here) {
          await makeDemo(deps, say);
          await catchUp(deps, say);
        }
        say(JSON.stringify({ demo: { signIns: here ? signIns() : [] } }));
      }),
    );
};
