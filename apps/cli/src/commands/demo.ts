import { catchUp, demosOf, makeDemo, signIns } from '@tideline/engine/demo/demo';
import { isEmpty } from '@tideline/engine/setup';
import type { Register } from '../command.ts';

/**
 * Makes the demo in an empty installation, or brings an existing one up to yesterday; other installations are left
 * alone. The last line of stdout is {"demo":{"signIns":[{role,email,password}]}}.
 */
export const demo: Register = (program, run) => {
  program
    .command('demo')
    .description('make the demo, or bring it up to yesterday')
    .action(() =>
      run(async (deps) => {
        const say = (line: string) => void process.stdout.write(`${line}\n`);
        if (await isEmpty(deps)) await makeDemo(deps, say);
        else {
          const days = await catchUp(deps);
          if (days > 0) say(`The demo stood still for ${days} days; they were written and closed one by one`);
        }
        const present = (await demosOf(deps)).length > 0;
        say(JSON.stringify({ demo: { signIns: present ? signIns() : [] } }));
      }),
    );
};
