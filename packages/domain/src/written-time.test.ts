import { describe, expect, test } from 'vitest';
import { readTime, type TimeForm } from './written-time.ts';

const read = (text: string, form: TimeForm | null = null, zone = 'Europe/London') => {
  const at = readTime(text, form, zone);
  return at === null ? null : new Date(at).toISOString();
};

describe('written times', () => {
  test.each<[string, TimeForm | null, string | null]>([
    ['2010-12-01 08:26:00', null, '2010-12-01T08:26:00.000Z'],
    ['2011-07-01 08:26', null, '2011-07-01T07:26:00.000Z'],
    ['2011-07-01', null, '2011-06-30T23:00:00.000Z'],
    ['2011-07-01T08:26:00.250', null, '2011-07-01T07:26:00.250Z'],
    ['2011-07-01T08:26:00Z', null, '2011-07-01T08:26:00.000Z'],
    ['2011-07-01T08:26:00-05:30', null, '2011-07-01T13:56:00.000Z'],
    ['2011-07-01 08:26 +0200', null, '2011-07-01T06:26:00.000Z'],
    ['2011-07-01 08:26:00.5+02', null, '2011-07-01T06:26:00.500Z'],
    ['2011-07-01 08:26-05', null, '2011-07-01T13:26:00.000Z'],
    ['1309508760000', null, '2011-07-01T08:26:00.000Z'],
    ['1309508760', null, '2011-07-01T08:26:00.000Z'],
    ['1309508760.5', null, '2011-07-01T08:26:00.500Z'],
    ['1/7/2011 8:26', 'dmy', '2011-07-01T07:26:00.000Z'],
    ['1/7/2011 8:26', 'mdy', '2011-01-07T08:26:00.000Z'],
    ['1/7/2011 8:26', null, null],
    ['31.12.2011', 'dmy', '2011-12-31T00:00:00.000Z'],
    ['31/12/2011', 'mdy', null],
    ['2011-02-30', null, null],
    ['2011-07-01 25:00', null, null],
    ['soon', null, null],
    ['', null, null],
    ['2011-07-01T08:26:00Z', 'local', null],
  ])('%s (%s)', (text, form, iso) => expect(read(text, form)).toBe(iso));
  test('an hour that the clocks skip is read as one that exists', () => {
    expect(read('2011-03-27 01:30')).toBe('2011-03-27T01:30:00.000Z'); // 02:30 there
    expect(read('2011-10-30 01:30', 'local')).toMatch(/^2011-10-30T0[01]:30/);
  });
});
