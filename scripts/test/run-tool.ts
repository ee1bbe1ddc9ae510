/** Runs one tool of the test run, its output shown as it comes or kept until it fails. */
import { spawn } from 'node:child_process';
import { childEnv, root } from '../paths.ts';
import type { Outcome } from './outcome.ts';

/** Exit code and what it wrote (empty when shown). A tool that is not there answers 127. */
export const runTool = (
  command: readonly string[],
  options: { show?: boolean; cwd?: string; env?: Record<string, string> } = {},
): Promise<{ code: number; output: string }> =>
  new Promise((resolve) => {
    const [program = '', ...args] = command;
    const stdio = options.show ? (['ignore', 'inherit', 'inherit'] as const) : (['ignore', 'pipe', 'pipe'] as const);
    const child = spawn(program, args, { cwd: options.cwd ?? root, env: childEnv(options.env), stdio: [...stdio] });
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', (error) => resolve({ code: 127, output: error.message }));
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });

/** Seconds since the run began, to one decimal. */
export const since = (from: number): number => Math.round((performance.now() - from) / 100) / 10;

/** One check: passed when the command ends well, else failed and its output shown. */
export const check = async (name: string, command: readonly string[]): Promise<Outcome> => {
  const from = performance.now();
  const { code, output } = await runTool(command);
  if (code !== 0) console.log(`\n${name}: ${command.join(' ')}\n${output.trimEnd()}\n`);
  return { name, passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, seconds: since(from) };
};
