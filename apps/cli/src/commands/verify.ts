import { atCommandLine } from '@tideline/engine/command-line';
import { verifyUsage } from '@tideline/engine/verify';
import type { Register } from '../command.ts';

const SHOWN = 50;

/** Counts daily usage anew from the raw events; exit code 1 when a day differs. */
export const verify: Register = (program, run) => {
  program
    .command('verify')
    .description('count daily usage anew from the raw events and report every day that differs')
    .requiredOption('-w, --workspace <name>', 'the workspace, by the name in its address')
    .action((options: { workspace: string }) =>
      run(async (deps) => {
        const who = await atCommandLine(deps, options.workspace);
        const { days, differences } = await verifyUsage(deps, who.workspaceId, (done) => void process.stderr.write(`\r${done} days`));
        process.stderr.write('\n');
        for (const one of differences.slice(0, SHOWN)) process.stdout.write(`${JSON.stringify(one)}\n`);
        process.stdout.write(`${days} days compared, ${differences.length} differ\n`);
        return differences.length > 0 ? 1 : 0;
      }),
    );
};
