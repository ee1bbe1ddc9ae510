/** Process groups: signalling and ending them, and ending those a killed run has left behind. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { startMark, waitUntilGone } from '../process-table.ts';

/** One of ours, by id and the mark that tells it from a later process with the same id. */
export type Kept = { name: string; pid: number; mark: string };
export type PidsFile = { supervisor: Kept; address: string; children: Kept[] };

const GRACE_MS = 10_000;

/** Signals a whole group; that it is gone already is fine. */
export const signalGroup = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error; // gone already is what we want
  }
};

/** Asks a group to end, and after ten seconds makes it. */
export const endGroup = async (pid: number): Promise<void> => {
  signalGroup(pid, 'SIGTERM');
  await waitUntilGone(pid, GRACE_MS);
  signalGroup(pid, 'SIGKILL'); // whoever is left of the group, the leader included
  await waitUntilGone(pid, 2_000);
};

/** Claims the data folder: refuses while another start runs from it, ends what a killed one left behind (returns their names). */
export const claim = async (file: string, address: string): Promise<string[]> => {
  const ended: string[] = [];
  if (existsSync(file)) {
    const left = JSON.parse(readFileSync(file, 'utf8')) as PidsFile;
    if (startMark(left.supervisor.pid) === left.supervisor.mark) {
      throw new Error(`Tideline already runs from this folder at ${left.address}. Stop it first: Ctrl-C there, or kill ${left.supervisor.pid}`);
    }
    for (const child of left.children) {
      if (startMark(child.pid) !== child.mark) continue;
      await endGroup(child.pid);
      ended.push(child.name);
    }
  }
  const mine: PidsFile = { supervisor: { name: 'start', pid: process.pid, mark: startMark(process.pid) ?? '' }, address, children: [] };
  writeFileSync(file, JSON.stringify(mine));
  return ended;
};
