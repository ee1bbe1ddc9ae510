/** What a step of `pnpm test` found, counted the same way whatever tool found it. */
import { existsSync, readFileSync } from 'node:fs';

export type Outcome = { name: string; passed: number; failed: number; seconds: number; why?: string };

type VitestReport = {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { name: string; status: string; message: string; assertionResults: unknown[] }[];
};
type PlaywrightReport = { stats: { expected: number; unexpected: number; flaky: number; skipped: number }; errors: { message?: string }[] };

export type Count = { passed: number; failed: number; why?: string };

const read = <T>(file: string): T | undefined => (existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : undefined);

/** A tool may fail beyond its tests (an unhandled error, no report at all): that counts as one more failure. */
const withExit = (count: { passed: number; failed: number; skipped: number }, exitCode: number): Count => {
  const unexplained = exitCode !== 0 && count.failed === 0 && count.skipped === 0 ? 1 : 0;
  return {
    passed: count.passed,
    failed: count.failed + count.skipped + unexplained,
    ...(count.skipped > 0 ? { why: `${count.skipped} skipped: a skipped test counts as failed` } : {}),
    ...(unexplained ? { why: `ended with code ${exitCode} although no test failed` } : {}),
  };
};

/** Counts a vitest JSON report; a file that could not be loaded is a failure, a skipped or planned test too. */
export const countVitest = (file: string, exitCode: number): Count => {
  const report = read<VitestReport>(file);
  if (!report) return { passed: 0, failed: 1, why: 'vitest wrote no report' };
  const unloaded = report.testResults.filter((result) => result.status === 'failed' && result.assertionResults.length === 0).length;
  return withExit({ passed: report.numPassedTests, failed: report.numFailedTests + unloaded, skipped: report.numPendingTests + report.numTodoTests }, exitCode);
};

/** Counts a Playwright JSON report; a test that passed only on a second try is a failure. */
export const countPlaywright = (file: string, exitCode: number): Count => {
  const report = read<PlaywrightReport>(file);
  if (!report) return { passed: 0, failed: 1, why: 'Playwright wrote no report' };
  const { expected, unexpected, flaky, skipped } = report.stats;
  return withExit({ passed: expected, failed: unexpected + flaky + report.errors.length, skipped }, exitCode);
};
