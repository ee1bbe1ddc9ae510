import { day } from '@tideline/domain/calendar';
import { describe, expect, it } from 'vitest';
import { dayAt, dayTicks } from './time-axis.ts';

const reader = { locale: 'en-GB', timeZone: 'UTC', today: day('2026-11-17') };

describe('dayTicks', () => {
  it('names months, and the year where January would be', () => {
    expect(dayTicks(day('2026-09-10'), day('2027-02-20'), reader).map((tick) => tick.label)).toEqual(['Oct', 'Nov', 'Dec', '2027', 'Feb']);
  });
  it('thins out over years', () => {
    const labels = dayTicks(day('2024-01-15'), day('2026-11-16'), reader).map((tick) => tick.label);
    expect(labels.length).toBeLessThanOrEqual(9);
    expect(labels).toContain('2026');
  });
  it('gives dates to a short span, its ends included', () => {
    const ticks = dayTicks(day('2026-11-01'), day('2026-11-17'), reader);
    expect([ticks[0]?.label, ticks.at(-1)?.label]).toEqual(['1 Nov', '17 Nov']);
    expect([ticks[0]?.at, ticks.at(-1)?.at]).toEqual([0, 100]);
  });
  it('stands on one day without dividing by it', () => expect(dayAt(day('2026-11-01'), day('2026-11-01'), day('2026-11-01'))).toBe(0));
});
