import { expect, it } from 'vitest';
import { fitCalibration, type Lesson, lessonDays } from './calibrate.ts';
import { silentProbability } from './stake.ts';

/** As many of each health as make the shares of a logistic come out whole, nearly. */
const lessonsOf = (middle: number, width: number): Lesson[] =>
  Array.from({ length: 101 }, (_, health) => {
    const hits = Math.round(400 * silentProbability(health, { ceiling: 1, middle, width }));
    return Array.from({ length: 400 }, (__, i) => ({ health, hit: i < hits }));
  }).flat();

it('finds the logistic that the lessons came from', () => {
  for (const [middle, width] of [
    [45, 11],
    [60, 6],
    [20, 25],
  ] as const) {
    const found = fitCalibration(lessonsOf(middle, width));
    expect(found?.middle).toBeCloseTo(middle, 0);
    expect(found?.width).toBeCloseTo(width, 0);
  }
});

it('keeps still where there is too little past, or where it says that health is risk', () => {
  const few = (n: number, hits: number, health = (i: number) => i % 100): Lesson[] =>
    Array.from({ length: n }, (_, i) => ({ health: health(i), hit: i < hits }));
  expect(fitCalibration(few(199, 90))).toBeNull();
  expect(fitCalibration(few(400, 29))).toBeNull();
  expect(fitCalibration(few(400, 371))).toBeNull();
  expect(fitCalibration(lessonsOf(45, 11).map(({ health, hit }) => ({ health: 100 - health, hit })))).toBeNull();
  expect(fitCalibration(few(400, 200, (i) => (i < 200 ? 10 : 90)))).toBeNull(); // parted whole: no slope is steep enough
});

it('learns from the days whose outcome is known', () => {
  expect(lessonDays(1_000, 90)).toEqual([910, 882, 854, 826]);
});
