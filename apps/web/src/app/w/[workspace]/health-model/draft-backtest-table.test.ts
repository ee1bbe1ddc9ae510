import { expect, it } from 'vitest';
import { betterOf, type Judged, measures } from './draft-backtest-table.tsx';

it('knows which way each measure is better', () => {
  const better = measures.map((measure) => betterOf(measure, 0.5, 0.6));
  expect(Object.fromEntries(measures.map(({ code }, i) => [code ?? 'money', better[i]]))).toEqual({
    AUC: 'draft',
    lift: 'draft',
    'PR-AUC': 'draft',
    ECE: 'published',
    money: 'draft',
  });
  expect(betterOf({}, 0.5, 0.5)).toBeNull();
  expect(betterOf({}, null, 0.5)).toBeNull();
});

it('counts money per alarm where the model’s own at-risk band ends', () => {
  const counts = (at: Record<number, number>) => Array.from({ length: 101 }, (_, i) => at[i] ?? 0);
  const byHealth = { silent: counts({ 40: 1, 55: 1 }), kept: counts({ 40: 1 }), lost: counts({ 40: 300, 55: 500 }) };
  const money = measures.at(-1);
  const at = (atRiskBelow: number) => money?.read({ atRiskBelow, summary: { byHealth } } as Judged);
  expect(at(50)).toBe(150);
  expect(at(60)).toBeCloseTo(800 / 3);
  expect(at(10)).toBeNull();
});
