/** Folders for throw-away servers: in memory where there is room, and swept when the run that made them was killed. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandOf, isAlive, startMark, waitUntilGone } from '../process-table.ts';

const PREFIX = 'tideline-test-';
const ENOUGH = 512 * 1024 * 1024; // Docker gives /dev/shm 64 MB by default

const parentFolder = (): string => {
  if (process.env.TEST_PG_DIR) return process.env.TEST_PG_DIR;
  if (!existsSync('/dev/shm')) return tmpdir();
  const { bavail, bsize } = statfsSync('/dev/shm');
  return bavail * bsize > ENOUGH ? '/dev/shm' : tmpdir();
};

const endServer = async (pidFile: string, folder: string): Promise<void> => {
  const pid = existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8').split('\n')[0]) : 0;
  if (pid === 0 || !isAlive(pid) || !commandOf(pid)?.includes(folder)) return;
  process.kill(pid, 'SIGQUIT');
  await waitUntilGone(pid, 5_000);
};

/** Ends servers of runs that were killed before they could tidy up, and removes their data. */
const sweep = async (parent: string): Promise<void> => {
  for (const name of readdirSync(parent).filter((entry) => entry.startsWith(PREFIX))) {
    const folder = join(parent, name);
    const ownerFile = join(folder, 'owner');
    const [pid, mark] = existsSync(ownerFile) ? readFileSync(ownerFile, 'utf8').split(' ') : [];
    if (pid === undefined || startMark(Number(pid)) === mark) continue;
    for (const file of ['pg/postmaster.pid', 'redis.pid']) await endServer(join(folder, file), folder);
    rmSync(folder, { recursive: true, force: true });
  }
};

/** A new folder that belongs to this process; `remove` it when its servers have stopped. */
export const openMemoryFolder = async (): Promise<{ folder: string; remove: () => void }> => {
  const parent = parentFolder();
  await sweep(parent);
  const folder = mkdtempSync(join(parent, PREFIX));
  writeFileSync(join(folder, 'owner'), `${process.pid} ${startMark(process.pid)}`);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
};
