import { describe, expect, it } from 'vitest';
import type { Finding } from './fit-types.ts';
import { missing, verdict, verdictNote } from './fit-words.ts';

const reader = { locale: 'en-GB', timeZone: 'UTC', today: '2026-11-23' as never };
const shares = { cadence: 0.5, silence: 0.2, standing: 0.2, momentum: 0.1 };
const measured = { auc: 0.7, prAuc: 0.5, lift: 2, brier: 0.1, ece: 0.05 };
const trial = (cutoff: string, own = true): Finding['trials'][number] => ({
  cutoff,
  accounts: 80,
  base: 0.2,
  lessons: 400,
  silent: 80,
  learnedTo: '2026-01-01',
  present: measured,
  own: own ? { ...measured, shares } : null,
});
const own: Finding['own'] = { shares, negative: [] };

describe('the verdict on fitted weights', () => {
  it('says how much, and what to do', () => {
    expect(verdict({ advice: 'adopt', gain: 0.0123, own })).toBe('Worth adopting: fitted weights find 1.2 points more.');
    expect(verdict({ advice: 'keep', gain: 0.003, own })).toBe('Keep the present model: fitted weights find 0.3 points more, not enough to change.');
    expect(verdict({ advice: 'keep', gain: -0.0004, own })).toMatch(/no more than/);
    expect(verdict({ advice: 'keep', gain: -0.004, own })).toMatch(/^Keep.*0\.4 points less/);
    expect(verdict({ advice: 'keep', gain: 0.01, own: { shares, negative: ['momentum'] } })).toMatch(/^Keep.*a better momentum is more risk/);
    expect(verdict({ advice: 'wait', gain: null, own: null })).toMatch(/too little past/);
  });
  it('names the days it rests on', () => {
    const trials = [trial('2026-02-28', false), trial('2026-03-31'), trial('2026-04-30'), trial('2026-05-31'), trial('2026-06-30')];
    expect(verdictNote({ advice: 'keep', gain: 0.003, own, trials }, reader)).toMatch(/\(30 Apr, 31 May, 30 Jun\)/);
  });
});

it('says what is missing, in rows and months', () => {
  const lacks = missing({ own: null, lessons: { n: 150, silent: 12, from: null, to: null }, trials: [trial('2026-03-31', false), trial('2026-04-30')] });
  expect(lacks).toEqual([
    '200 past judgements of accounts in use are needed: there are 150.',
    '30 of them followed by 90 silent days are needed: there are 12.',
    expect.stringMatching(/^3 month-ends must be testable.*: 1 of 2 month-ends could be/),
  ]);
  expect(
    missing({ own, lessons: { n: 900, silent: 90, from: null, to: null }, trials: ['2026-03-31', '2026-04-30', '2026-05-31'].map((day) => trial(day)) }),
  ).toEqual([]);
});
