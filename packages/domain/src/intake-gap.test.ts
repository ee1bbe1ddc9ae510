import fc from 'fast-check';
import { expect, test } from 'vitest';
import { intakeGap } from './intake-gap.ts';

const HOUR = 3_600_000;
const every = (step: number, count: number): number[] => Array.from({ length: count }, (_, i) => i * step * HOUR);

test('what sends every hour is silent after three hours, what sends every eight after seventeen', () => {
  const hourly = every(1, 24);
  expect(intakeGap(hourly, (23 + 2) * HOUR)).toEqual({ silentHours: 2, longestHours: 1, silent: false });
  expect(intakeGap(hourly, (23 + 3) * HOUR)).toEqual({ silentHours: 3, longestHours: 1, silent: true });
  const shifts = every(8, 24);
  expect(intakeGap(shifts, (23 * 8 + 16) * HOUR).silent).toBe(false);
  expect(intakeGap(shifts, (23 * 8 + 17) * HOUR).silent).toBe(true);
});

test('what has sent little, or nothing, is not called silent', () => {
  expect(intakeGap(every(1, 11), 1_000 * HOUR).silent).toBe(false);
  expect(intakeGap([], 1_000 * HOUR)).toEqual({ silentHours: 0, longestHours: 1, silent: false });
});

test('a silence as long as one before never alarms, and once alarmed it stays so until something comes', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(336), { minLength: 12, maxLength: 200 }), fc.nat(200), (given, later) => {
      const hours = given.toSorted((a, b) => a - b).map((hour) => hour * HOUR);
      const last = hours.at(-1) ?? 0;
      const { longestHours, silent } = intakeGap(hours, last + later * HOUR);
      if (later <= longestHours) expect(silent).toBe(false);
      if (silent) expect(intakeGap(hours, last + (later + 1) * HOUR).silent).toBe(true);
    }),
  );
});
