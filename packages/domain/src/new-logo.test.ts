import { expect, test } from 'vitest';
import { addMonths, type Month } from './calendar.ts';
import { expansionPoint, expansionShare, isNewLogo, monthsUntilExpansionLeads } from './new-logo.ts';

const start = '2024-01' as Month;
const at = (n: number) => addMonths(start, n);
const revenue = (from: number, ...amounts: string[]) => new Map(amounts.map((amount, i) => [at(from + i), amount]));

test('the first twelve months from the first revenue are a new logo', () => {
  expect([-1, 0, 11, 12].map((n) => isNewLogo(start, at(n)))).toEqual([false, true, true, false]);
  expect(isNewLogo(start, at(6), 6)).toBe(false);
});

test('growth of older accounts against revenue of young ones', () => {
  const old = new Map([
    [at(0), '100'],
    [at(13), '180.25'],
    [at(1), '90'],
  ]);
  const shrunk = new Map([
    [at(0), '100'],
    [at(1), '100'],
    [at(13), '20'],
  ]);
  const returned = new Map([
    [at(0), '100'],
    [at(13), '30'],
  ]);
  const young = revenue(5, '0', '10', '10', '10', '10', '10', '10', '10', '40');
  const later = revenue(14, '999');
  const never = revenue(0, '0', '-5');
  const point = expansionPoint([old, shrunk, returned, young, later, never], at(13));
  expect(point).toEqual({ month: at(13), expansion: '120.25', newLogo: '40' });
  expect(expansionShare(point)).toBeCloseTo(120.25 / 160.25, 12);
});

test('no revenue, no share', () => expect(expansionShare({ month: start, expansion: '0', newLogo: '0' })).toBeNull());

test('expansion leads for good only after the last month it did not', () => {
  const points = [
    ['0', '10'],
    ['11', '10'],
    ['10', '10'],
    ['12', '10'],
    ['13', '10'],
  ].map(([expansion = '', newLogo = ''], i) => ({ month: at(i + 6), expansion, newLogo }));
  expect(monthsUntilExpansionLeads(points, start)).toBe(9);
  expect(monthsUntilExpansionLeads(points.slice(0, 3), start)).toBeNull();
  expect(monthsUntilExpansionLeads([], start)).toBeNull();
});
