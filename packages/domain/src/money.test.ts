import fc from 'fast-check';
import { expect, test } from 'vitest';
import { numberIn, numberText } from './condition.ts';
import { decimal, exactSum, product, sum, toText } from './money.ts';

const figure = fc.oneof(
  fc
    .tuple(fc.bigInt({ min: -(10n ** 20n) + 1n, max: 10n ** 20n - 1n }), fc.integer({ min: 0, max: 18 }))
    .map(([digits, places]) => toText(decimal(String(digits)).div(10 ** places))),
  fc.tuple(fc.integer({ min: -100_000, max: 100_000 }), fc.integer({ min: 0, max: 3 })).map(([digits, places]) => toText(decimal(digits).div(10 ** places))),
  fc.constantFrom('0', '-0', '0.10', '1e3', '999999999999999', '99999999999999.9'),
);

test('a sum of many figures is exact, however short or long they are', () => {
  fc.assert(
    fc.property(fc.array(figure, { maxLength: 40 }), (figures) => {
      const total = exactSum();
      for (const one of figures) total.add(one);
      expect(toText(total.total())).toBe(toText(sum(figures)));
    }),
  );
});

test('integers are handed over to decimals before they lose a digit', () => {
  const total = exactSum();
  for (let i = 0; i < 20; i++) total.add('999999999999999');
  expect(toText(total.total())).toBe('19999999999999980');
});

test('a product is exact to the places asked for', () => {
  fc.assert(
    fc.property(fc.array(figure, { minLength: 1, maxLength: 3 }), (figures) => {
      const slow = figures.reduce((result, one) => result.times(one), decimal(1)).toDecimalPlaces(18);
      expect(decimal(product(figures, 18)).eq(slow)).toBe(true);
    }),
  );
});

test('a figure passes as it stands only when that is what it says', () => {
  fc.assert(
    fc.property(fc.oneof(figure, fc.double(), fc.string(), fc.integer()), (raw) => {
      const number = numberIn(raw);
      expect(numberText(raw)).toBe(number && toText(number));
    }),
  );
});
