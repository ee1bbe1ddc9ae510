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
