import { expect, test } from 'vitest';
import { backoffMs, retryAfterMs } from './backoff.ts';

test('grows to half a minute, any part of it', () => {
  expect([1, 2, 3, 7, 8, 1_000].map((attempt) => backoffMs(attempt, () => 1))).toEqual([500, 1_000, 2_000, 30_000, 30_000, 30_000]);
  expect(backoffMs(5, () => 0)).toBe(0);
});

test('reads seconds and dates, and nothing else', () => {
  const now = Date.UTC(2026, 10, 22, 9);
  expect(retryAfterMs('7', now)).toBe(7_000);
  expect(retryAfterMs('Sun, 22 Nov 2026 09:00:05 GMT', now)).toBe(5_000);
  expect(retryAfterMs('Sun, 22 Nov 2026 08:00:00 GMT', now)).toBe(0);
  expect(retryAfterMs('999999', now)).toBe(3_600_000);
  for (const header of [null, '', 'soon']) expect(retryAfterMs(header, now)).toBe(0);
});
