/** The retail data through the product's own import and backtest, held against the labels and the evaluation that came with the score's definition. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BacktestRow } from '../../packages/domain/src/backtest.ts';
import { dayNumber, day } from '../../packages/domain/src/calendar.ts';
import { areaUnderCurve, averagePrecision, brierScore, calibrationBins, calibrationError, liftOfTenth, meanOf } from '../../packages/domain/src/foretelling.ts';
import { cell, goldenRows, goldenUsage } from '../../packages/testkit/src/golden.ts';
import { root } from '../paths.ts';
import { type Customer, fitBgNbd, noneWithin } from './bg-nbd.ts';
import { openBook } from './book.ts';
import { timed } from './rounds.ts';
import type { BenchDatabase } from './server.ts';

const NOW = new Date('2026-11-22T06:00:00Z');
const HORIZON = 90;
const MAPPING = join(root, 'examples/daily-usage/mapping.json');

export type Judged = {
  readonly rows: readonly BacktestRow[];
  readonly nameOf: (accountId: string) => string;
  readonly importMs: number;
  readonly walkMs: number;
};

/** Daily rows in, a backtest out: the file is imported as a person would, then judged at the cut-offs. */
export const importAndTest = async (database: BenchDatabase, cutoffs: readonly string[]): Promise<Judged> => {
  const imports = await import('../../packages/engine/src/import.ts');
  const { runImport } = await import('../../packages/engine/src/import-run.ts');
  const { MappingFile } = await import('../../packages/contracts/src/import.ts');
  const { backtestOn, readBacktest } = await import('../../packages/engine/src/backtest.ts');
  const usage = goldenUsage('input_OR.csv.gz');
  const last = usage.reduce((a, row) => (row.day > a ? row.day : a), usage[0]?.day ?? '');
  const folder = mkdtempSync(join(tmpdir(), 'tideline-bench-'));
  const book = await openBook(database, NOW, { asOfPin: last });
  try {
    const who = { workspaceId: book.workspaceId, userId: null, role: 'ADMIN', actor: 'bench', ownAccountsOf: null } as const;
    const path = join(folder, 'daily.csv');
    writeFileSync(path, ['account_id,day,events,revenue', ...usage.map((row) => `${row.account},${row.day},${row.events},${row.revenue}`)].join('\n'));
    const mapping = MappingFile.parse(JSON.parse(readFileSync(MAPPING, 'utf8')));
    await imports.applyMetering(book.deps, who, mapping);
    const importId = await imports.record(book.deps, who, { path, name: 'daily.csv', source: 'daily', dryRun: false }, mapping);
    const importMs = await timed(() => runImport(book.deps, { workspaceId: book.workspaceId, importId }, { backfill: false }));
    const data = await readBacktest(book.deps, book.workspaceId, null);
    let result: Awaited<ReturnType<typeof backtestOn>> = null;
    const walkMs = await timed(async () => {
      result = await backtestOn(data, { cutoffs: cutoffs.map(day), horizon: HORIZON, config: data.config }, async () => true);
    });
    const found = result as Awaited<ReturnType<typeof backtestOn>>;
    if (!found) throw new Error('the backtest was stopped');
    return { rows: found.rows, nameOf: (id) => found.accounts.get(id)?.externalId ?? '', importMs, walkMs };
  } finally {
    await book.close();
    rmSync(folder, { recursive: true, force: true });
  }
};

type Told = { auc: number; prAuc: number; lift: number };
const RIVALS = ['health', 'recency', 'change28', 'bg_nbd'] as const;
type Rival = (typeof RIVALS)[number];
export type Evaluated = { readonly rivals: Readonly<Record<Rival, Told>>; readonly brier: number; readonly ece: number; readonly missing: number };

/** Means over the cut-offs of one population, as the reference labels it. */
export const evaluatePast = ({ rows, nameOf }: Judged, population: string): Evaluated => {
  const judged = new Map(rows.map((row) => [`${nameOf(row.accountId)} ${row.cutoff}`, row]));
  const labels = goldenRows('labels_OR.csv.gz').filter((row) => cell(row, 'is_test') === '1' && cell(row, population) === '1');
  const perCutoff = [...Map.groupBy(labels, (row) => cell(row, 'cutoff'))].map(([cutoff, own]) => {
    const gone = bgNbdAt(cutoff);
    const cases = own.flatMap((label) => {
      const name = cell(label, 'account_id');
      const row = judged.get(`${name} ${cutoff}`);
      return row?.raw == null || row.pChurn === null ? [] : [{ row, raw: row.raw, p: row.pChurn, gone: gone(name), hit: cell(label, 'churn_90') === '1' }];
    });
    const risks: Record<Rival, (one: (typeof cases)[number]) => number> = {
      health: ({ raw }) => -raw,
      recency: ({ row }) => row.recency,
      change28: ({ row }) => -row.change28,
      bg_nbd: (one) => one.gone,
    };
    const told = (rival: Rival): Told => {
      const ranked = cases.map((one) => ({ risk: risks[rival](one), hit: one.hit }));
      return { auc: areaUnderCurve(ranked), prAuc: averagePrecision(ranked), lift: liftOfTenth(ranked) };
    };
    return { told, brier: brierScore(cases), ece: calibrationError(calibrationBins(cases)), missing: own.length - cases.length };
  });
  const mean = (pick: (one: (typeof perCutoff)[number]) => number) => meanOf(perCutoff.map(pick)) ?? Number.NaN;
  const rival = (name: Rival): Told => ({
    auc: mean(({ told }) => told(name).auc),
    prAuc: mean(({ told }) => told(name).prAuc),
    lift: mean(({ told }) => told(name).lift),
  });
  return {
    rivals: { health: rival('health'), recency: rival('recency'), change28: rival('change28'), bg_nbd: rival('bg_nbd') },
    brier: mean(({ brier }) => brier),
    ece: mean(({ ece }) => ece),
    missing: perCutoff.reduce((sum, one) => sum + one.missing, 0),
  };
};

/** BG/NBD refitted to everybody known at a cut-off. */
const bgNbdAt = (cutoff: string): ((name: string) => number) => {
  const end = dayNumber(day(cutoff));
  const days = Map.groupBy(
    goldenUsage('input_OR.csv.gz').filter((row) => row.events > 0 && row.day <= cutoff),
    (row) => row.account,
  );
  const customers = new Map(
    [...days].map(([name, rows]): [string, Customer] => {
      const used = rows.map((row) => dayNumber(day(row.day))).toSorted((a, b) => a - b);
      const [first = end, last = end] = [used[0], used.at(-1)];
      return [name, { x: new Set(used).size - 1, tx: last - first, T: end - first }];
    }),
  );
  const parameters = fitBgNbd([...customers.values()]);
  return (name) => {
    const customer = customers.get(name);
    return customer ? noneWithin(customer, parameters, HORIZON) : Number.NaN;
  };
};
