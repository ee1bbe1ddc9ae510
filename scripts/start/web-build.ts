/** Whether the built web app belongs to the sources as they are now, and building it when not. */
import { createHash, type Hash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root } from '../paths.ts';
import type { Children } from './children.ts';

const web = join(root, 'apps/web');
const stamp = join(web, '.next/built-from');
const sources = ['apps/web', 'apps/api/src', 'packages', 'prisma/schema.prisma', 'pnpm-lock.yaml'];
const skipped = new Set([
  'node_modules',
  '.next',
  'dist',
  'sdk', // other people's programs load it, the web app does not
  '.turbo',
  'generated',
  'e2e',
  'vendor',
  'test-results',
  'playwright-report',
  'golden',
  'testkit',
  'next-env.d.ts',
]);
const isTest = /\.(test|spec)\.tsx?$/;

const addTree = (hash: Hash, path: string): void => {
  for (const entry of readdirSync(path, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const inner = join(path, entry.name);
    if (skipped.has(entry.name) || isTest.test(entry.name)) continue;
    if (entry.isDirectory()) addTree(hash, inner);
    else if (entry.isFile()) hash.update(inner.slice(root.length)).update(readFileSync(inner));
  }
};

/** One hash over everything the build reads; about 20 ms. */
const hashOfSources = (): string => {
  const hash = createHash('sha256');
  for (const source of sources) {
    const path = join(root, source);
    if (source.includes('.')) hash.update(readFileSync(path));
    else addTree(hash, path);
  }
  return hash.digest('hex');
};

/** Builds the web app unless the present build was made from the same sources. Returns whether it built. */
export const buildWeb = async (children: Children): Promise<boolean> => {
  const wanted = hashOfSources();
  if (existsSync(join(web, '.next/BUILD_ID')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return false;
  rmSync(stamp, { force: true }); // a build that is interrupted has overwritten part of the one before
  const { scripts } = JSON.parse(readFileSync(join(web, 'package.json'), 'utf8')) as { scripts: { build: string } };
  // as pnpm would run it, without pnpm's check of the whole installation
  const path = [join(web, 'node_modules/.bin'), join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter);
  await children.run('build', ['sh', '-c', scripts.build], { cwd: web, quiet: true, env: { PATH: path, NODE_ENV: 'production' } });
  writeFileSync(stamp, wanted);
  return true;
};
