import { day, dayNumber } from '@tideline/domain/calendar';
import { componentsOf } from '@tideline/domain/component';
import { defaultHealthModel, prepareModel, scoreHealth } from '@tideline/domain/health';
import type { Measures, Relative } from '@tideline/domain/measure';
import { defaultSegmentThresholds } from '@tideline/domain/segment';
import { bestDailyRate, moneyAtStake } from '@tideline/domain/stake';
import { describe, expect, it } from 'vitest';
import { cell, goldenRows, goldenUsage } from './golden.ts';
import { type OracleDay, ScoreOracle } from './score-oracle.ts';
import { type SegmentChange, walkSegments } from './segment-walk.ts';

const judged = (m: Measures, relative: Relative): Record<string, number> => {
  const c = componentsOf(m, relative);
  const { raw, caps, shown } = scoreHealth(c, prepareModel(defaultHealthModel, c.k));
  if (raw === null || shown === null) throw new Error('a golden account has no score');
  const rate = bestDailyRate(m, c.tenure);
  return {
    k: c.k,
    m: c.expectedDays,
    C: c.scores.cadence,
    log10_p_silence: c.log10p,
    S: c.scores.silence,
    V: c.scores.standing,
    M: c.scores.momentum,
    G: c.gate,
    F: c.fade,
    growth: c.growth,
    X: c.expansionIndex,
    silent_days: c.silent,
    health: raw,
    cap_quiet: caps.quiet,
    cap_decline: caps.decline,
    shown,
    best_daily_rate: rate,
    money_at_stake: moneyAtStake(rate, shown),
  };
};

/** The largest distance from the file per column, over all its rows. */
const worstDistances = (input: string, expected: string, columns: readonly string[], cutoff?: string): Record<string, number> => {
  const oracle = new ScoreOracle(goldenUsage(input));
  const days = new Map<number, OracleDay>();
  const worst = Object.fromEntries(columns.map((column) => [column, 0]));
  for (const row of goldenRows(expected)) {
    const asOf = dayNumber(day(cutoff ?? cell(row, 'cutoff')));
    const at = days.get(asOf) ?? oracle.at(asOf);
    days.set(asOf, at);
    const m = at.measures.get(cell(row, 'account_id'));
    if (!m) throw new Error(`no measures of ${cell(row, 'account_id')}`);
    const got = judged(m, at.relative);
    for (const column of columns) worst[column] = Math.max(worst[column] ?? 0, Math.abs((got[column] ?? Number.NaN) - Number(cell(row, column))));
  }
  return worst;
};

const expectWithin = (worst: Record<string, number>, tolerance: (column: string) => number): void => {
  for (const [column, distance] of Object.entries(worst)) expect(distance, column).toBeLessThanOrEqual(tolerance(column));
};

const COMPONENTS = ['k', 'm', 'C', 'log10_p_silence', 'S', 'V', 'M', 'G', 'F', 'health', 'growth', 'X', 'silent_days'];

describe('golden files', () => {
  it('reproduces every field of the vectors', () => {
    expectWithin(worstDistances('vectors_input.csv.gz', 'vectors_expected.csv', COMPONENTS), () => 0.0001);
  });

  it('reproduces caps, health as shown and money at stake', () => {
    const columns = ['health', 'cap_quiet', 'cap_decline', 'shown', 'best_daily_rate', 'money_at_stake'];
    expectWithin(worstDistances('vectors_input.csv.gz', 'shown_expected.csv', columns), () => 0.001);
  });

  it('reproduces every component of the retail data', () => {
    const worst = worstDistances('input_OR.csv.gz', 'components_OR_2011-08-31.csv.gz', COMPONENTS, '2011-08-31');
    expectWithin(worst, (column) => (column === 'V' ? 0.06 : column === 'health' ? 0.01 : 0.0001)); // float noise of ties moves V
  });
});

const RULES = { thresholds: defaultSegmentThresholds, doors: { room: true, growth: false, milestone: false } };
const asLines = (changes: readonly SegmentChange[]): string[] => changes.map((c) => `${c.account},${c.day},${c.segment}`).sort();
const expectedLines = (name: string): string[] =>
  goldenRows(name)
    .map((row) => `${cell(row, 'account_id')},${cell(row, 'day')},${cell(row, 'segment')}`)
    .sort();

describe('golden segments', () => {
  it('changes every segment of the vectors on its day', () => {
    const oracle = new ScoreOracle(goldenUsage('vectors_input.csv.gz'));
    expect(asLines(walkSegments(oracle, oracle.firstDay + 91, { rules: RULES }))).toEqual(expectedLines('segments_vectors.csv'));
  });

  it('changes every segment of the retail data on its day, also for accounts that waited unused', { timeout: 180_000 }, () => {
    const oracle = new ScoreOracle(goldenUsage('input_OR.csv.gz'));
    const changes = walkSegments(oracle, oracle.firstDay + 91, { rules: RULES, sinceFirstFact: true });
    const used = new Map([...oracle.at(oracle.lastDay).measures].map(([account, m]) => [account, m.firstDay]));
    const sinceFirstUsage = changes.filter((c) => dayNumber(c.day) >= (used.get(c.account) ?? Infinity));
    expect(asLines(sinceFirstUsage)).toEqual(expectedLines('segments_OR.csv.gz'));
  });
});
