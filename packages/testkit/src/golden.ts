import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { day } from '@tideline/domain/calendar';
import type { UsageRow } from './score-oracle.ts';

const goldenFile = (name: string): Buffer => readFileSync(new URL(`../../domain/golden/${name}`, import.meta.url));

/** Reads a JSON file of packages/domain/golden. */
export const goldenJson = (name: string): unknown => JSON.parse(goldenFile(name).toString('utf8'));

/** Reads a CSV of packages/domain/golden (plain or .gz) into one record per line. */
export const goldenRows = (name: string): Record<string, string>[] => {
  const bytes = goldenFile(name);
  const [head = '', ...lines] = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').trimEnd().split(/\r?\n/);
  const columns = head.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(columns.map((column, i) => [column, cells[i] ?? '']));
  });
};

/** `input_OR.csv.gz` or `vectors_input.csv.gz` as daily rows. */
export const goldenUsage = (name: string): UsageRow[] =>
  goldenRows(name).map((row) => ({
    account: cell(row, 'account_id'),
    day: day(cell(row, 'day')),
    events: Number(cell(row, 'events')),
    revenue: Number(cell(row, 'revenue')),
  }));

/** A cell that must be there: a misspelt column is a failure, not a NaN. */
export const cell = (row: Record<string, string>, column: string): string => {
  const value = row[column];
  if (value === undefined) throw new Error(`golden file has no column ${column}`);
  return value;
};
