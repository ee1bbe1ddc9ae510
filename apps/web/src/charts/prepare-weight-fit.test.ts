import { expect, it } from 'vitest';
import { prepareTwoCalibrations } from './prepare-weight-fit.ts';

const bin = (foretold: number, happened: number) => ({ n: 10, foretold, happened });

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

it('draws nothing where one of them has nothing', () => {
  expect(prepareTwoCalibrations({ present: [bin(0.2, 0.3)], own: [] })).toBeNull();
});
