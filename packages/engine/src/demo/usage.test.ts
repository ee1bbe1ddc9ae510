import { addDays, daysFromTo, type Day } from '@tideline/domain/calendar';
import { expect, test } from 'vitest';
import { accountsOf, businesses, eventsOn } from './business.ts';
import { demoAccounts } from './company.ts';
import { stories } from './story.ts';
import { usageOn } from './usage.ts';

const [business] = businesses;
const anchor = '2026-11-21' as Day;
const accounts = accountsOf(business, anchor);
const shareOf = (active: number, days: number) => active / days;

test('any day can be made without the days before it, and is the same every time', () => {
  const days = daysFromTo(addDays(anchor, -9), addDays(anchor, 9));
  const forwards = days.map((at) => eventsOn(business, accounts, at, anchor));
  expect(days.toReversed().map((at) => eventsOn(business, accountsOf(business, anchor), at, anchor))).toEqual(forwards.toReversed());
  expect(new Set(forwards.flat().map(({ id }) => id)).size).toBe(forwards.flat().length);
});

test('the business holds every story, four owners and commitments', () => {
  expect(accounts).toHaveLength(400);
  expect(new Set(accounts.map(({ story }) => story))).toEqual(new Set(Object.keys(stories)));
  expect(new Set(accounts.map(({ owner }) => owner))).toEqual(new Set([0, 1, 2, 3, null]));
  expect(accounts.filter(({ commitment }) => commitment).length).toBeGreaterThan(20);
});

/** A middling customer that is there every day, with each story in turn. */
const one = demoAccounts({ key: 'one', accounts: 1, owners: 1, months: 36, meters: [{ level: 100, unitPrice: 1, adoption: 1, gauge: false }] }, anchor)[0];
if (!one) throw new Error('no account');
const daily = { ...one, start: addDays(anchor, -900), own: 0.5, presence: 1, weekdaysOnly: false };
const activeIn = (story: keyof typeof stories, from: number, to: number) =>
  daysFromTo(addDays(anchor, from), addDays(anchor, to)).filter((at) => usageOn({ ...daily, story }, at, anchor, [false])).length;

test('a sudden stop stops, a slow death fades, and who is steady stays', () => {
  expect(activeIn('suddenStop', -100, -20)).toBe(81);
  expect(activeIn('suddenStop', -15, 0)).toBe(0);
  expect(activeIn('slowDeath', -500, -400)).toBe(101);
  expect(shareOf(activeIn('slowDeath', -20, 0), 21)).toBeLessThan(0.6);
  expect(activeIn('steady', -500, 0)).toBe(501);
});

test('a demo that is started a year later still has accounts that fall silent or save, and come back', () => {
  const well = accounts.filter(({ story, presence }) => (story === 'steady' || story === 'bigAndFlat') && presence > 0.9);
  const days = daysFromTo(addDays(anchor, 1), addDays(anchor, 500));
  const silences = well.map((account) => {
    const seen = days.map((at) => usageOn(account, at, anchor, [false, false, true]) !== null);
    return {
      account,
      longest: Math.max(
        ...seen
          .join('')
          .split('true')
          .map((gap) => gap.length / 'false'.length),
      ),
      last: seen.slice(-60).includes(true),
    };
  });
  expect(well.length).toBeGreaterThan(10);
  expect(silences.filter(({ longest }) => longest >= 28).length).toBeGreaterThan(well.length / 3);
  expect(silences.filter(({ longest }) => longest < 10).length).toBeGreaterThan(well.length / 5);
  expect(silences.every(({ longest, last }) => longest < 40 && last)).toBe(true);
});
