import { Decimal as DecimalJs } from 'decimal.js';

/**
 * Exact decimals. Amounts and quantities cross every wall as decimal text (`"12.50"`), are
 * calculated here, and are rounded for display only. 60 digits hold a price of 18 places times any quantity.
 */
export const Decimal = DecimalJs.clone({ precision: 60, toExpNeg: -1e9, toExpPos: 1e9 });
export type Decimal = DecimalJs;
export type DecimalText = string;

export const decimal = (value: DecimalText | number | Decimal): Decimal => new Decimal(value);
export const ZERO: Decimal = new Decimal(0);

/** Exact sum; 0 for an empty list. */
export const sum = (values: Iterable<Decimal | DecimalText>): Decimal => {
  let total = ZERO;
  for (const value of values) total = total.plus(value);
  return total;
};

/** Plain decimal text without exponent: what the database and the wire carry. */
export const toText = (value: Decimal): DecimalText => value.toFixed();

/** `a / b` to a double for charts and percentages; null when the base is zero or negative (the ratio is undefined). */
export const ratio = (a: Decimal, b: Decimal): number | null => (b.lte(0) ? null : a.div(b).toNumber());

/** A plain decimal of at most 15 digits is exact as an integer and its places, and integers of a double are fast. */
const SHORT = /^(-?)(\d{1,15})(?:\.(\d{1,14}))?$/;
const SAFE = 2 ** 52;

/** `mantissa / 10 ** places`, exactly; null where the text is longer than that, or no plain decimal. */
const short = (text: DecimalText): { mantissa: number; places: number } | null => {
  const parts = text.length <= 16 ? SHORT.exec(text) : null;
  if (!parts) return null;
  const fraction = parts[3] ?? '';
  const mantissa = Number(`${parts[2]}${fraction}`);
  return { mantissa: parts[1] ? -mantissa : mantissa, places: fraction.length };
};

/** Adds decimal text up exactly, for many figures: integers by number of places, decimals only where those do not reach. */
export type ExactSum = { add(text: DecimalText): void; total(): Decimal };
export const exactSum = (): ExactSum => {
  const byPlaces: number[] = [];
  let rest = ZERO;
  return {
    add: (text) => {
      const figure = short(text);
      const sumSoFar = figure ? (byPlaces[figure.places] ?? 0) + figure.mantissa : 0;
      if (figure && Math.abs(sumSoFar) < SAFE) byPlaces[figure.places] = sumSoFar;
      else rest = rest.plus(text);
    },
    total: () => byPlaces.reduce((total, mantissa, places) => (mantissa === 0 ? total : total.plus(new Decimal(mantissa).div(10 ** places))), rest),
  };
};

/** Exact product of decimal texts, as plain text rounded to `places`. */
export const product = (texts: readonly DecimalText[], places: number): DecimalText => {
  let [mantissa, digits] = [1, 0];
  for (const text of texts) {
    const figure = short(text);
    mantissa *= figure?.mantissa ?? Number.NaN;
    digits += figure?.places ?? 0;
  }
  if (Math.abs(mantissa) < SAFE && digits <= places && digits <= 15) return toText(new Decimal(mantissa).div(10 ** digits));
  return toText(texts.reduce((result, text) => result.times(text), new Decimal(1)).toDecimalPlaces(places));
};
