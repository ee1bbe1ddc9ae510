/** What a step of `pnpm test` found, counted the same way whatever tool found it. */
import { existsSync, readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

export type Outcome = { name: string; passed: number; failed: number; seconds: number; why?: string };

type VitestReport = {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { name: string; status: string; message: string; assertionResults: { status: string; fullName: string; failureMessages: string[] }[] }[];
};
type Suite = { suites?: Suite[]; specs?: { title: string; ok: boolean; tests: { results: { error?: { message?: string } }[] }[] }[] };
type PlaywrightReport = {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  errors: { message?: string }[];
  suites: Suite[];
};

export type Count = { passed: number; failed: number; why?: string };

const read = <T>(file: string): T | undefined => (existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : undefined);

const LINES_TOLD = 4;

/** A failure in a few lines, for the summary: whoever sees only the end of a long run must know what failed. */
const told = (test: string, message = ''): string =>
  [test, ...stripVTControlCharacters(message).split('\n', LINES_TOLD)].filter((line) => line.trim() !== '').join('\n  ');

/** A tool may fail beyond its tests (an unhandled error, no report at all): that counts as one more failure. */
const withExit = (count: { passed: number; failed: number; skipped: number; failures: readonly string[] }, exitCode: number): Count => {
  const unexplained = exitCode !== 0 && count.failed === 0 && count.skipped === 0 ? 1 : 0;
  const why = [
    ...count.failures,
    ...(count.skipped > 0 ? [`${count.skipped} skipped: a skipped test counts as failed`] : []),
    ...(unexplained ? [`ended with code ${exitCode} although no test failed`] : []),
  ].join('\n');
  return { passed: count.passed, failed: count.failed + count.skipped + unexplained, ...(why ? { why } : {}) };
};

/** Counts a vitest JSON report; a file that could not be loaded is a failure, a skipped or planned test too. */
export const countVitest = (file: string, exitCode: number): Count => {
  const report = read<VitestReport>(file);
  if (!report) return { passed: 0, failed: 1, why: 'vitest wrote no report' };
  const unloaded = report.testResults.filter((result) => result.status === 'failed' && result.assertionResults.length === 0);
  const failures = report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.flatMap(({ status, fullName, failureMessages }) => (status === 'failed' ? [told(`${name}: ${fullName}`, failureMessages[0])] : [])),
  );
  return withExit(
    {
      passed: report.numPassedTests,
      failed: report.numFailedTests + unloaded.length,
      skipped: report.numPendingTests + report.numTodoTests,
      failures: [...failures, ...unloaded.map(({ name, message }) => told(name, message))],
    },
    exitCode,
  );
};

const failedSpecs = ({ suites = [], specs = [] }: Suite): string[] => [
  ...specs.flatMap(({ title, ok, tests }) => (ok ? [] : [told(title, tests.flatMap(({ results }) => results).find(({ error }) => error)?.error?.message)])),
  ...suites.flatMap(failedSpecs),
];

/** Counts a Playwright JSON report; a test that passed only on a second try is a failure. */
export const countPlaywright = (file: string, exitCode: number): Count => {
  const report = read<PlaywrightReport>(file);
  if (!report) return { passed: 0, failed: 1, why: 'Playwright wrote no report' };
  const { expected, unexpected, flaky, skipped } = report.stats;
  const failures = [...report.suites.flatMap(failedSpecs), ...report.errors.map(({ message }) => told('Playwright', message))];
  return withExit({ passed: expected, failed: unexpected + flaky + report.errors.length, skipped, failures }, exitCode);
};
