/**
 * What a new installation holds: the demo, or nothing and a link. Both are verbs of the command line, which alone knows
 * whether the database already holds something:
 *   `demo`        makes the demo in a database without workspaces, finishes an existing one and brings it up to today, else does
 *                 nothing; its last line is {"demo":{"signIns":[{role,email,password}]}}; the worker writes the older history
 *   `setup-link`  prints a one-time link, or nothing when a workspace exists
 */
import { join } from 'node:path';
import { root } from '../paths.ts';
import type { Children } from './children.ts';
import type { Settings } from './settings.ts';
import type { Stages } from './stages.ts';

export type FirstSteps = { signIns: { role: string; email: string; password: string }[]; setupLink?: string };

const cli = [process.execPath, join(root, 'apps/cli/src/main.ts')];
const nothing: FirstSteps = { signIns: [] };

const demo = async (children: Children, env: Record<string, string>): Promise<FirstSteps> => {
  let told = nothing;
  const onLine = (line: string): boolean => {
    if (!line.startsWith('{"demo":')) return false;
    told = (JSON.parse(line) as { demo: FirstSteps }).demo;
    return true;
  };
  await children.run('demo', [...cli, 'demo'], { env, onLine });
  return told;
};

const link = async (children: Children, env: Record<string, string>): Promise<FirstSteps> => {
  let setupLink: string | undefined;
  const onLine = (line: string): boolean => {
    if (/^https?:\/\//.test(line)) setupLink = line;
    return setupLink === line;
  };
  await children.run('setup', [...cli, 'setup-link'], { env, onLine });
  return setupLink ? { ...nothing, setupLink } : nothing;
};

/** Fills a new installation, or offers the link to claim it. */
export const prepareContents = (settings: Settings, children: Children, { stage }: Stages, env: Record<string, string>): Promise<FirstSteps> =>
  settings.empty
    ? link(children, env)
    : stage(
        'demo',
        () => demo(children, env),
        ({ signIns }) => (signIns.length > 0 ? 'The demo is up to today' : 'No demo here: this installation holds workspaces of its own'),
      );
