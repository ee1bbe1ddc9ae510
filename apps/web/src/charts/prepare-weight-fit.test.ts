import { expect, it } from 'vitest';
import { prepareTwoCalibrations } from './prepare-weight-fit.ts';

const bin = (foretold: number, happened: number) => ({ n: 30, foretold, happened });

it('draws both models on one scale, in the order of what was foretold', () => {
  const plot = prepareTwoCalibrations({ present: [bin(0.2, 0.3), bin(0.6, 0.9)], own: [bin(0.1, 0.1), bin(0.7, 0.7)] });
  expect(plot?.strokes).toHaveLength(3);
  expect(plot?.stops.map(({ title }) => title)).toEqual([
    'Fitted: foretold 10.0%',
    'In force: foretold 20.0%',
    'In force: foretold 60.0%',
    'Fitted: foretold 70.0%',
  ]);
  for (const { x } of plot?.stops ?? []) expect(x).toBeLessThanOrEqual(100);
  expect(plot?.table.rows).toHaveLength(4);
});

it('draws no point of a handful of scores, and says how many a point holds', () => {
  const few = (foretold: number, happened: number) => ({ n: 3, foretold, happened });
  const plot = prepareTwoCalibrations({ present: [bin(0.2, 0.3)], own: [bin(0.1, 0.1), few(0.3, 1), few(0.5, 0), bin(0.7, 0.7), few(0.9, 0)] });
  expect(plot?.words.map(({ text }) => text)).toEqual(['30', '39']);
  expect(plot?.dots).toHaveLength(2);
  expect(plot?.stops.at(-1)?.rows).toContainEqual({ label: 'Scores', value: '39' });
});

it('draws nothing where one of them has nothing', () => {
  expect(prepareTwoCalibrations({ present: [bin(0.2, 0.3)], own: [] })).toBeNull();
});
