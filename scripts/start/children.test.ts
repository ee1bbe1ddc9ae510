import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { isAlive, startMark, waitUntilGone } from '../process-table.ts';
import { type Children, openChildren } from './children.ts';
import { claim, type PidsFile } from './groups.ts';

const folder = mkdtempSync(join(tmpdir(), 'tideline-children-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const node = process.execPath;
const stay = 'setInterval(() => undefined, 1000)';

const open = async (name: string): Promise<{ file: string; children: Children }> => {
  const file = join(folder, `${name}.pids`);
  await claim(file, 'http://localhost:3000');
  return { file, children: openChildren(file) };
};
const kept = (file: string): PidsFile => JSON.parse(readFileSync(file, 'utf8')) as PidsFile;

it('tells which child died, how, and its last lines', async () => {
  const { children } = await open('death');
  children.keep('web', [node, '-e', `console.error('cannot bind'); process.exitCode = 7`]);
  await expect(children.firstDeath).rejects.toThrow('web ended with code 7. Its last lines:\n    cannot bind');
  await children.stopAll();
});

it('takes the good end of a child that should stay for a death, but not of one that is meant to end', async () => {
  const { children } = await open('ends');
  await children.run('setup', [node, '-e', '']);
  children.keep('worker', [node, '-e', '']);
  await expect(children.firstDeath).rejects.toThrow('worker ended although it should stay');
  await children.stopAll();
});

it('says so when a program is not there', async () => {
  const { children } = await open('missing');
  await expect(children.run('build', ['no-such-program'])).rejects.toThrow('build could not be started');
  await children.stopAll();
});

it('ends grandchildren too, and gives the folder back', async () => {
  const { file, children } = await open('grand');
  const seen = Promise.withResolvers<number>();
  const parent = `const c = require('node:child_process').spawn(process.execPath, ['-e', '${stay}'], { stdio: 'inherit' }); console.log(c.pid); ${stay}`;
  children.keep('web', [node, '-e', parent], { onLine: (line) => (seen.resolve(Number(line)), true) });
  const grandchild = await seen.promise;
  expect(isAlive(grandchild)).toBe(true);
  await children.stopAll();
  expect(await waitUntilGone(grandchild, 2_000)).toBe(true);
  expect(existsSync(file)).toBe(false);
});

it('ends what a killed run left behind, but never a stranger that got its process id', async () => {
  const file = join(folder, 'left.pids');
  const [left, stranger] = [1, 2].map(() => spawn(node, ['-e', stay], { detached: true, stdio: 'ignore' }));
  const pids = [left?.pid ?? 0, stranger?.pid ?? 0];
  const record: PidsFile = {
    supervisor: { name: 'start', pid: 2 ** 22 + 1, mark: 'gone' },
    address: 'http://localhost:3000',
    children: [
      { name: 'web', pid: pids[0] ?? 0, mark: startMark(pids[0] ?? 0) ?? '' },
      { name: 'worker', pid: pids[1] ?? 0, mark: 'another start time' },
    ],
  };
  writeFileSync(file, JSON.stringify(record));
  expect(await claim(file, 'http://localhost:3001')).toEqual(['web']);
  expect(pids.map(isAlive)).toEqual([false, true]);
  expect(kept(file)).toMatchObject({ supervisor: { pid: process.pid }, address: 'http://localhost:3001', children: [] });
  const ended = stranger ? once(stranger, 'exit') : undefined;
  stranger?.kill('SIGKILL');
  await ended;
});

it('refuses a folder that another start runs from', async () => {
  const { file } = await open('twice');
  await expect(claim(file, 'http://localhost:3000')).rejects.toThrow(/already runs from this folder at http:\/\/localhost:3000/);
});
