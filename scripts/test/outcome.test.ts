import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { countPlaywright, countVitest } from './outcome.ts';

const folder = mkdtempSync(join(tmpdir(), 'tideline-outcome-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const report = (content: unknown): string => {
  const file = join(folder, 'report.json');
  writeFileSync(file, JSON.stringify(content));
  return file;
};
const vitest = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] };

it('adds up what vitest tells', () => {
  expect(countVitest(report(vitest), 0)).toEqual({ passed: 5, failed: 0 });
  expect(countVitest(report({ ...vitest, numFailedTests: 2 }), 1)).toEqual({ passed: 5, failed: 2 });
});

it('names what failed, and why in a few lines', () => {
  const failed = { status: 'failed', fullName: 'adds up', failureMessages: ['\u001b[31mexpected 1\u001b[39m\nto be 2\n\n at\n at a\n at b'] };
  const passed = { status: 'passed', fullName: 'loads', failureMessages: [] };
  const one = { ...vitest, numFailedTests: 1, testResults: [{ name: 'sum.test.ts', status: 'failed', message: '', assertionResults: [passed, failed] }] };
  expect(countVitest(report(one), 1)).toEqual({ passed: 5, failed: 1, why: 'sum.test.ts: adds up\n  expected 1\n  to be 2\n   at' });
  const spec = { title: 'the path', ok: false, tests: [{ results: [{ error: { message: 'timed out' } }] }] };
  const stats = { expected: 0, unexpected: 1, flaky: 0, skipped: 0 };
  expect(countPlaywright(report({ stats, errors: [], suites: [{ suites: [{ specs: [spec] }] }] }), 1)).toMatchObject({ why: 'the path\n  timed out' });
});

it('counts a skipped or planned test as failed', () => {
  expect(countVitest(report({ ...vitest, numPendingTests: 1, numTodoTests: 1 }), 0)).toMatchObject({
    passed: 5,
    failed: 2,
    why: expect.stringContaining('2 skipped'),
  });
  expect(countPlaywright(report({ stats: { expected: 3, unexpected: 0, flaky: 0, skipped: 1 }, errors: [], suites: [] }), 0)).toMatchObject({ failed: 1 });
});

it('counts a file that could not be loaded, and a test that passed only when tried again', () => {
  expect(countVitest(report({ ...vitest, testResults: [{ name: 'a', status: 'failed', message: 'x', assertionResults: [] }] }), 1)).toMatchObject({
    failed: 1,
  });
  expect(countPlaywright(report({ stats: { expected: 3, unexpected: 0, flaky: 1, skipped: 0 }, errors: [{}], suites: [] }), 1)).toEqual({
    passed: 3,
    failed: 2,
    why: 'Playwright',
  });
});

it('never takes a bad end for success', () => {
  expect(countVitest(report(vitest), 1)).toMatchObject({ failed: 1, why: 'ended with code 1 although no test failed' });
  expect(countVitest(join(folder, 'none.json'), 0)).toMatchObject({ passed: 0, failed: 1 });
  expect(countPlaywright(join(folder, 'none.json'), 0)).toMatchObject({ passed: 0, failed: 1 });
});
