import { expect, test } from 'vitest';
import { meterOf } from './seen.ts';

test('a new meter adds up what mostly comes with a value, and counts the rest', () => {
  const seen = (event: string, value: string | null) => ({ time: '2026-11-22T10:00:00Z', accountName: 'Acme', event, value, properties: null });
  const events = [seen('call', '3'), seen('call', '4'), seen('call', null), seen('visit', null), seen('login', '1'), seen('login', null)];
  expect(meterOf(events, 'call')).toEqual({ eventName: 'call', aggregation: 'SUM', valueField: null });
  expect(meterOf(events, 'visit')).toEqual({ eventName: 'visit', aggregation: 'COUNT', valueField: null });
  expect(meterOf(events, 'login')).toEqual({ eventName: 'login', aggregation: 'COUNT', valueField: null });
  expect(meterOf(events, 'never seen')).toEqual({ eventName: 'never seen', aggregation: 'COUNT', valueField: null });
});
