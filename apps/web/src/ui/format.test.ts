import { day } from '@tideline/domain/calendar';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  axisMoney,
  counted,
  daysAgo,
  exactMoney,
  exactQuantity,
  fixed,
  moment,
  money,
  nearDay,
  percent,
  quantity,
  shortDay,
  unitPrice,
  weekDay,
  type Reader,
} from './format.ts';

const reader: Reader = { locale: 'en-GB', timeZone: 'Europe/Stockholm', today: day('2026-11-17') };

describe('money', () => {
  it.each([
    ['1240000', '$1.24M'],
    ['12_700_000'.replaceAll('_', ''), '$12.7M'],
    ['381000', '$381k'],
    ['9100', '$9.1k'],
    ['940', '$940'],
    ['0.42', '$0.42'],
    ['0', '$0'],
    ['999600', '$1.00M'],
    ['999400', '$999k'],
    ['9960', '$10k'],
    ['-1620000', '−$1.62M'],
    ['2500000000', '$2.50B'],
  ])('%s is written %s', (value, shown) => expect(money(value, 'USD')).toBe(shown));

  it('keeps every cent of an amount no double can hold', () => {
    expect(exactMoney('90071992547409931.07', 'USD')).toBe('$90,071,992,547,409,931.07');
    expect(exactMoney('-0.5', 'EUR')).toBe('−€0.50');
  });

  it('writes what is not defined as a dash, never as zero', () => {
    for (const none of [null, undefined, '', Number.NaN])
      expect([money(none, 'USD'), quantity(none), percent(none), fixed(none, 1)]).toEqual(['–', '–', '–', '–']);
  });

  it.each([
    ['0.0025', '$0.0025'],
    ['1', '$1.00'],
    ['-12.5', '−$12.50'],
    ['0.000000000000000001', '$0.000000000000000001'],
  ])('writes the price of a unit to its last digit: %s', (value, shown) => expect(unitPrice(value, 'USD')).toBe(shown));

  it('drops the zeros on an axis', () =>
    expect([0, 4000, 50e6, 1.6e6, 0.25, 100, 12.5e6].map((v) => axisMoney(v, 'USD'))).toEqual(['0', '$4k', '$50M', '$1.6M', '$0.25', '$100', '$12.5M']));
  it('spaces a currency that has only a code', () => expect(money(1200, 'CHF')).toBe('CHF 1.2k'));

  it('is off by less than half a unit of its last place', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 9e11, noNaN: true }), (value) => {
        const [, figure, unit] = /^([\d.]+)([kMBT]?)$/.exec(quantity(value)) ?? [];
        const factor = { '': 1, k: 1e3, M: 1e6, B: 1e9, T: 1e12 }[unit ?? ''] ?? Number.NaN;
        expect(Math.abs(Number(figure) * factor - value) / value).toBeLessThan(0.051);
      }),
    );
  });
});

describe('numbers', () => {
  it('signs changes, but not what rounds to zero', () => {
    expect([fixed(0.6, 1, { signed: true }), fixed(-10.8, 1), fixed(-0.04, 1), money(4.38e6, 'USD', { signed: true })]).toEqual([
      '+0.6',
      '−10.8',
      '0.0',
      '+$4.38M',
    ]);
  });
  it('turns ratios into percentages', () => expect([percent(0.432), percent(1.138, 1)]).toEqual(['43%', '113.8%']));
  it('groups exact quantities', () => expect(exactQuantity('1234567.5')).toBe('1,234,567.5'));
  it('counts', () =>
    expect([counted(1, 'account'), counted(1200, 'account'), counted(2, 'reply', 'replies')]).toEqual(['1 account', '1,200 accounts', '2 replies']));
});

describe('days', () => {
  it('shows the year only when it is not this one', () => {
    expect([shortDay(day('2026-01-19'), reader), shortDay(day('2025-01-19'), reader)]).toEqual(['19 Jan', '19 Jan 2025']);
  });
  it('is relative when near', () => {
    const near = ['2026-11-16', '2026-11-17', '2026-11-18', '2026-11-20', '2026-11-11', '2026-11-01'].map((text) => nearDay(day(text), reader));
    expect(near).toEqual(['yesterday', 'today', 'tomorrow', 'Fri', 'Wed 11 Nov', '1 Nov']);
  });
  it('counts back in days, then months', () => {
    expect([daysAgo(day('2026-11-17'), reader), daysAgo(day('2026-11-05'), reader), daysAgo(day('2025-03-01'), reader)]).toEqual(['today', '12 d', '20 mo']);
  });
  it('puts an instant on the reader’s clock', () => {
    expect(moment('2026-11-17T12:42:07Z', reader)).toBe('13:42');
    expect(moment('2026-11-16T23:30:00Z', reader)).toBe('00:30');
    expect(moment('2026-11-10T12:00:00Z', reader)).toBe('10 Nov 13:00');
  });
  it('names the weekday', () => expect(weekDay(day('2026-11-17'), reader)).toBe('Tue 17 Nov'));
});
