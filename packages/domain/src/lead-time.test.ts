import { expect, it } from 'vitest';
import { leadTime } from './lead-time.ts';
import { usageHistory } from './usage-history.ts';

const weeks = Array.from({ length: 60 }, (_, i) => 7 * i);
const used = (...days: number[]) => usageHistory(days.map((day) => ({ day, meters: 1, value: 1 })));
const daily = (from: number, to: number, step = 7) => Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => from + i * step);
const below = (from: number, to = Infinity) => weeks.map((day) => (day >= from && day <= to ? 40 : 80));

it('counts from the start of the alarm that still stands 90 days after the last usage', () => {
  const early = { history: used(...daily(0, 140)), health: below(126) };
  const late = { history: used(...daily(0, 140)), health: below(161) };
  const never = { history: used(...daily(0, 140)), health: below(1_000) };
  const passed = { history: used(...daily(0, 140)), health: below(105, 119) }; // it had ended before the last usage
  const told = leadTime([early, late, never, passed], weeks, 50, 413);
  expect(told).toMatchObject({ stops: 4, alarmed: 2, before: 1, within28: 2, within56: 2 });
  expect(told.medianDaysAfter).toBe(21);
});

it('looks at established accounts, at stops whose 90 days lie in what was judged, and not at pauses', () => {
  const young = { history: used(0, 7, 14, 21), health: below(0) };
  const running = { history: used(...daily(0, 413)), health: below(200, 220) };
  const stoppedLate = { history: used(...daily(0, 350)), health: below(0) };
  expect(leadTime([young, running, stoppedLate], weeks, 50, 413)).toMatchObject({ stops: 0, alarmed: 0 });
});

it('is right where 90 silent days follow the alarm', () => {
  const right = { history: used(...daily(0, 140)), health: below(147) };
  const wrong = { history: used(...daily(0, 413)), health: below(147, 154) };
  expect(leadTime([right, wrong], weeks, 50, 413)).toMatchObject({ alarms: 2, right: 1 });
});
