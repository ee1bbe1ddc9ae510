/**
 * A wall that cannot fail is worse than none: every forbidden import and habit is planted and must be refused by the very
 * lint configuration the house runs. What lint cannot see is read from the sources.
 * Planted in a mirror of the folders, not in them: lint and build may run at the same time.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const root = import.meta.dirname;

type Plant = { name: string; files: Record<string, string>; rule: string | undefined };
const plants: Plant[] = [];
/** Wants `rule` to be broken by this source at this place; without a rule, wants nothing to be said. */
const plant = (name: string, file: string, source: string, rule?: string): void => {
  plants.push({ name, files: { [file.replace('*', 'planted')]: source }, rule });
};

const imports = (file: string, refused: readonly string[], allowed: readonly string[]): void => {
  for (const from of refused) plant(`${file} may not import ${from}`, file, `import '${from}';`, 'no-restricted-imports');
  for (const from of refused.slice(0, 1))
    plant(`${file} may not import types of ${from}`, file, `import type { A } from '${from}';\nexport type B = A;`, 'no-restricted-imports');
  for (const from of refused.slice(0, 1))
    plant(`${file} may not load ${from} late`, file, `export const late = () => import('${from}');`, 'no-restricted-imports');
  for (const from of allowed) plant(`${file} may import ${from}`, file, `import '${from}';`);
};

const skipped = new Set(['node_modules', '.next', 'dist', 'generated', '.turbo', 'public', 'golden', 'test-results']);
const walk = (folder: string): { file: string; text: string }[] =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = join(folder, entry.name);
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : walk(file);
    return /\.(tsx?|mjs)$/.test(file) ? [{ file, text: readFileSync(join(root, file), 'utf8') }] : [];
  });
const sources = ['packages', 'apps', 'scripts'].flatMap(walk);

const serverSide = /^(@tideline\/(engine|db|jobs|api)\/|node:|pg$|next\/(server|headers)$|@node-rs\/|nodemailer)/;
/** `import … from 'x'` that is more than types, `export … from 'x'`, and bare `import 'x'`. */
const valueImport = /^(?:import|export)\s+(?!type\b)[^;'"]*?from\s+['"]([^'"]+)['"]|^import\s+['"]([^'"]+)['"]/gm;

const testkit = '@tideline/testkit/postgres';
const outward = ['next', 'react', 'bullmq', '@prisma/client'];
imports(
  'packages/domain/src/*.ts',
  ['zod', 'node:fs', 'node:fs/promises', '@tideline/contracts/score', '@tideline/db/client', '@tideline/engine/score', ...outward, testkit],
  ['decimal.js'],
);
imports(
  'packages/contracts/src/*.ts',
  ['@tideline/db/client', '@tideline/jobs/queue', '@tideline/engine/score', 'node:fs', ...outward, testkit],
  ['zod', '@tideline/domain/health'],
);
imports(
  'packages/db/src/*.ts',
  ['@tideline/contracts/score', '@tideline/jobs/queue', '@tideline/engine/score', 'next', 'zod', testkit],
  ['pg', '@prisma/client', '@tideline/domain/calendar', 'node:crypto', 'node:fs/promises'],
);
imports('packages/db/src/write/*.ts', ['@tideline/contracts/score', '@tideline/jobs/queue'], ['@tideline/domain/calendar']);
imports(
  'packages/jobs/src/*.ts',
  ['@tideline/db/client', '@tideline/engine/score', '@prisma/client', 'next', testkit],
  ['bullmq', 'ioredis', 'pg', '@tideline/contracts/jobs'],
);
imports(
  'packages/engine/src/*.ts',
  ['pg', 'ioredis', 'hono', ...outward, '@tideline/api/app', testkit],
  ['@tideline/db/read/score', '@tideline/jobs/queue', '@tideline/domain/health', '@tideline/contracts/score', 'csv-parse', '@aws-sdk/client-s3'],
);
for (const app of ['worker', 'cli']) {
  imports(
    `apps/${app}/src/*.ts`,
    ['@tideline/db/client', '@tideline/db/write/score', '@tideline/db/read/score', '@prisma/client', 'pg', 'bullmq', '@tideline/web/env', testkit],
    ['@tideline/engine/score', '@tideline/jobs/worker', '@tideline/contracts/jobs'],
  );
  imports(`apps/${app}/src/main.ts`, ['@tideline/db/write/score', '@prisma/client', 'bullmq'], ['@tideline/db/client', '@tideline/engine/score']);
}
imports(
  'apps/api/src/*.ts',
  ['@tideline/db/write/score', '@tideline/db/client', '@tideline/jobs/queue', 'pg', ...outward, testkit],
  ['@tideline/db/read/triage', '@tideline/db/workspace', '@tideline/engine/score', 'hono'],
);
imports('apps/api/src/main.ts', ['@tideline/db/write/score', 'next'], ['@tideline/db/client', '@tideline/jobs/queue']);
imports(
  'apps/web/src/app/*.tsx',
  ['@tideline/db/write/score', '@tideline/db/client', '@tideline/jobs/queue', '@tideline/api/app', '@prisma/client', 'bullmq', 'pg', testkit],
  ['@tideline/db/read/triage', '@tideline/engine/score', 'react', 'next/link'],
);
imports('apps/web/src/compose.ts', ['@tideline/db/write/score', '@prisma/client', 'bullmq'], ['@tideline/db/client', '@tideline/jobs/queue']);
imports('apps/web/src/server.ts', ['@tideline/db/write/score'], ['@tideline/api/app', 'next']);
imports('packages/sdk/src/*.ts', ['@tideline/contracts/ingest', '@tideline/domain/calendar', 'zod', 'node:crypto', ...outward, testkit], ['./wire.ts']);
imports('packages/sdk/src/*.db.test.ts', [], [testkit, 'vitest', '@tideline/api/app']);
imports('packages/domain/src/*.test.ts', [testkit, '@tideline/db/client'], ['vitest', 'fast-check']);
imports('packages/db/src/*.db.test.ts', ['@tideline/engine/score'], [testkit, 'vitest', 'pg']);
imports('packages/engine/src/*.db.test.ts', [], [testkit, 'vitest']);

for (const room of ['domain', 'db', 'engine']) {
  const file = `packages/${room}/src/*.ts`;
  plant(`${room} has no clock`, file, 'export const at = Date.now();', 'no-restricted-properties');
  plant(`${room} has no hidden clock`, file, 'export const { now } = Date;', 'no-restricted-properties');
  plant(`${room} has no chance`, file, 'export const luck = Math.random();', 'no-restricted-properties');
}
for (const file of [
  'packages/contracts/src/*.ts',
  'packages/jobs/src/*.ts',
  'packages/db/src/*.ts',
  'packages/engine/src/*.ts',
  'packages/sdk/src/*.ts',
  'apps/web/src/*.ts',
  'apps/api/src/*.ts',
])
  plant(`${file} reads no environment`, file, 'export const level = process.env.LEVEL;', 'no-restricted-properties');
plant('env.ts reads the environment', 'apps/web/src/env.ts', 'export const level = process.env.LEVEL;');
plant('the SDK knows no process', 'packages/sdk/src/*.ts', 'export const directory = process.cwd();', 'no-restricted-globals');
plant('domain knows no process', 'packages/domain/src/*.ts', 'export const directory = process.cwd();', 'no-restricted-globals');

const test = (body: string) => `import { expect, it, vi } from 'vitest';\n${body}\nvi.useRealTimers();\nit('counts', () => expect(1).toBe(1));\n`;
plant('our own modules are not mocked', 'packages/engine/src/*.test.ts', test(`vi.mock('./score.ts');`), 'no-restricted-vi-methods');
plant('no test is skipped', 'packages/engine/src/*.test.ts', test(`it.skip('later', () => expect(2).toBe(2));`), 'no-disabled-tests');
plant('no test runs alone', 'packages/engine/src/*.test.ts', test(`it.only('now', () => expect(2).toBe(2));`), 'no-focused-tests');
plant('no any', 'packages/engine/src/*.ts', 'export const loose = (value: any): string => `${value}`;', 'no-explicit-any');
plant('a file ends by line 400', 'packages/engine/src/*.ts', Array.from({ length: 401 }, (_, i) => `export const n${i} = ${i};`).join('\n'), 'max-lines');
plant(
  'a function ends by line 60',
  'packages/engine/src/*.ts',
  `export const long = () => {\n${'  console.info(1);\n'.repeat(60)}};`,
  'max-lines-per-function',
);
plant(
  'a page ends by line 120',
  'apps/web/src/app/triage/page.tsx',
  Array.from({ length: 121 }, (_, i) => `export const n${i} = ${i};`).join('\n'),
  'max-lines',
);
plants.push({
  name: 'no cycle',
  files: {
    'packages/domain/src/one.ts': `import { two } from './two.ts';\nexport const one = () => two();`,
    'packages/domain/src/two.ts': `import { one } from './one.ts';\nexport const two = (): unknown => one();`,
  },
  rule: 'no-cycle',
});

type Finding = { code: string; filename: string };
const mirror = mkdtempSync(join(tmpdir(), 'tideline-walls-'));
afterAll(() => rmSync(mirror, { recursive: true, force: true }));

/** One run over all plants, each in a root of its own with the house's configuration; findings by plant. */
const lintPlants = (): Finding[][] => {
  for (const [index, { files }] of plants.entries()) {
    for (const [file, source] of Object.entries(files)) {
      mkdirSync(join(mirror, `${index}`, dirname(file)), { recursive: true });
      writeFileSync(join(mirror, `${index}`, file), `${source}\n`);
    }
    cpSync(join(root, '.oxlintrc.json'), join(mirror, `${index}`, '.oxlintrc.json'));
  }
  const run = spawnSync(join(root, 'node_modules/.bin/oxlint'), ['-f', 'json', '.'], { cwd: mirror, encoding: 'utf8', maxBuffer: 1 << 26 });
  const parsed = JSON.parse(run.stdout) as { diagnostics: Finding[]; number_of_files: number };
  expect(parsed.number_of_files).toBe(plants.flatMap(({ files }) => Object.keys(files)).length);
  return plants.map((_, index) => parsed.diagnostics.filter(({ filename }) => filename.startsWith(`${index}/`)));
};

describe('lint', () => {
  const findings = lintPlants();
  it.each(plants.map((one, index) => ({ ...one, index })))('$name', ({ rule, index }) => {
    const codes = (findings[index] ?? []).map(({ code }) => /\((.*)\)/.exec(code)?.[1]);
    if (rule) expect(codes).toContain(rule);
    else expect(codes).not.toContain('no-restricted-imports');
  });
  it('is not switched off in place', () => {
    expect(sources.filter(({ text }) => /(oxlint|eslint)-disable/.test(text)).map(({ file }) => file)).toEqual([]);
  });
});

const isTest = (file: string): boolean => /\.(test|spec)\.tsx?$|\.fixture\.ts$|\/e2e\//.test(file) || file.startsWith('packages/testkit/');
const product = sources.filter(({ file }) => !isTest(file));
const offenders = (files: typeof sources, pattern: RegExp): string[] => files.filter(({ text }) => pattern.test(text)).map(({ file }) => file);

describe('sources', () => {
  it('ask nobody but their caller for the time', () => {
    const timeless = product.filter(({ file }) => /^packages\/(domain|db|engine)\//.test(file));
    expect(timeless.length).toBeGreaterThan(20);
    expect(offenders(timeless, /new Date\(\s*\)|[^.\w]Date\(\s*\)|Temporal\.Now/)).toEqual([]);
  });
  it('leave the testkit to tests', () => {
    expect(offenders(product, /@tideline\/testkit|testkit\/src/).filter((file) => !/^scripts\/(test|bench)/.test(file))).toEqual([]);
  });
  it('carry no stub, no promise of later, no forced type', () => {
    expect(offenders(product, /\b(TODO|FIXME|XXX)\b|not implemented|as unknown as|@ts-(ignore|nocheck|expect-error)/)).toEqual([]);
  });
  it('are named for what they answer, and nothing re-exports a room', () => {
    const vague = /^(utils?|helpers?|common|types|misc|index|manager)\.(tsx?|mjs)$|V\d\.tsx?$/;
    expect(sources.map(({ file }) => file).filter((file) => vague.test(basename(file)))).toEqual([]);
  });
  it('cross workspaces only where no membership is known yet, or every workspace is meant', () => {
    expect(offenders(product, /\basSystem\b(?=[^;]*from '@tideline\/db\/system')/).filter((file) => !(file in crossing))).toEqual([]);
  });
});

/** Who may ask the role that sees across workspaces, and why. */
const crossing: Record<string, string> = {
  'apps/api/src/principal.ts': 'a session names a workspace before its membership is known; a key is looked up by its hash',
  'packages/engine/src/sign-in.ts': 'sign-in comes before any workspace',
  'packages/engine/src/throttle.ts': 'counts attempts to sign in',
  'packages/engine/src/password-reset.ts': 'a forgotten password belongs to a person, not to a workspace',
  'packages/engine/src/invitation.ts': 'the invited may be known elsewhere, and join by accepting',
  'packages/engine/src/setup.ts': 'the first workspace and its admin are made from nothing',
  'packages/engine/src/workspace.ts': 'the list of workspaces a person belongs to',
  'packages/engine/src/sweep.ts': 'the scheduler visits every workspace',
  'packages/engine/src/retention.ts': 'a month of events goes when every workspace has let it go',
  'packages/engine/src/command-line.ts': 'the operator names a workspace at the command line',
  'packages/engine/src/demo/stage.ts': 'finds the workspaces of the demo',
  'packages/engine/src/demo/set-up.ts': 'makes the workspaces and people of the demo from nothing',
};

describe('what a browser loads', () => {
  const text = new Map(sources.map((source) => [source.file, source.text]));
  const importsOf = (file: string): string[] => [...(text.get(file) ?? '').matchAll(valueImport)].map((match) => match[1] ?? match[2] ?? '');
  const resolved = (from: string, specifier: string): string | undefined => {
    const path = relative(root, join(root, dirname(from), specifier));
    return [path, `${path}.ts`, `${path}.tsx`].find((candidate) => text.has(candidate));
  };
  const isClient = (file: string) => /^\s*['"]use client['"]/.test(text.get(file) ?? '');
  /** Walks value imports inside apps/web; answers the chains that end on the server's side. */
  const chains = (file: string, seen: Set<string>): string[] =>
    importsOf(file).flatMap((specifier) => {
      if (serverSide.test(specifier)) return [`${file} → ${specifier}`];
      const next = specifier.startsWith('.') ? resolved(file, specifier) : undefined;
      if (!next || seen.has(next) || /^\s*['"]use server['"]/.test(text.get(next) ?? '')) return [];
      seen.add(next);
      return chains(next, seen).map((chain) => `${file} → ${chain}`);
    });

  it('reaches no engine, database, queue or server code', () => {
    const clients = [...text.keys()].filter((file) => file.startsWith('apps/web/src/') && isClient(file));
    expect(clients.length).toBeGreaterThan(5);
    expect(clients.flatMap((file) => chains(file, new Set([file])))).toEqual([]);
  });
  it('would be noticed', () => {
    text.set('apps/web/src/planted.tsx', `'use client';\nimport { prepare } from './planted-inner';\nexport const A = () => prepare();`);
    text.set('apps/web/src/planted-inner.ts', `import { judge } from '@tideline/engine/score';\nexport const prepare = judge;`);
    expect(chains('apps/web/src/planted.tsx', new Set())).toEqual(['apps/web/src/planted.tsx → apps/web/src/planted-inner.ts → @tideline/engine/score']);
  });
});
