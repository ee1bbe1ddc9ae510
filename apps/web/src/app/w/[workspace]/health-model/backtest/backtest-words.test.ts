import { contenders, populations } from '@tideline/domain/backtest';
import { describe, expect, it } from 'vitest';
import type { BacktestFindings } from './backtest-types.ts';
import { headline, headlineNote, spanWords } from './backtest-words.ts';

const reader = { locale: 'en-GB', timeZone: 'UTC', today: '2026-11-23' as never };
const tableOf = <K extends string, V>(keys: Record<K, unknown>, value: (key: K) => V) =>
  Object.fromEntries((Object.keys(keys) as K[]).map((key) => [key, value(key)])) as Record<K, V>;
const evaluation = (auc: Partial<Record<string, number>>) => ({
  accounts: 81.6,
  base: 0.1,
  brier: 0.1,
  ece: 0.1,
  rankings: tableOf(contenders, (key) => ({ auc: auc[key] ?? null, prAuc: null, lift: null })),
});
const findings = (auc: Partial<Record<string, number>>, finished = true): Pick<BacktestFindings, 'mean' | 'cutoffs'> => ({
  mean: tableOf(populations, () => evaluation(auc)),
  cutoffs: [{ cutoff: '2026-03-31', finished, ...tableOf(populations, () => evaluation(auc)) }],
});

describe('what a backtest says', () => {
  it('is about pairs, beside the yardstick', () => {
    expect(headline(findings({ health: 0.756, recency: 0.604 }), 90)).toBe(
      'Of 100 pairs of an account that left and one that stayed, health ranked 76 the right way round; days since last usage: 60.',
    );
    expect(headlineNote(findings({ health: 0.756 }), 30)).toMatch(/in the 30 days.*Mean of 1 day, about 82 accounts/);
  });
  it('says when there is nothing to rank, and when the time is not over', () => {
    expect(headline(findings({}), 90)).toMatch(/^Nothing to rank/);
    expect(headline(findings({}, false), 60)).toMatch(/^The 60 days after these days are not over/);
    expect(headlineNote(findings({}, false), 60)).not.toMatch(/Mean of/);
  });
  it('says how many days it leaves out', () => {
    const { mean, cutoffs } = findings({ health: 0.7 });
    expect(headlineNote({ mean, cutoffs: [...cutoffs, ...findings({}, false).cutoffs] }, 90)).toMatch(/Mean of 1 day,.* 1 day left out/);
  });
  it('names a span once where it is one day', () => {
    expect(spanWords(['2026-03-31'], reader)).toBe('31 Mar');
    expect(spanWords(['2025-10-31', '2026-03-31'], reader)).toBe('31 Oct 2025 to 31 Mar');
  });
});
