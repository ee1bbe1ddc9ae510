import { axisMoney, axisQuantity, exactMoney, exactQuantity, money, quantity, type Value } from './format.ts';

/** How a workspace writes what accounts are worth: money, or where nothing is priced the main meter's quantity. */
export type Amounts = {
  readonly short: (value: Value, options?: { signed?: boolean }) => string;
  readonly exact: (value: Value) => string;
  readonly axis: (value: number) => string;
  /** Null for money, which carries its sign. */
  readonly unit: string | null;
};

export const amountsIn = (currency: string, unit: string | null): Amounts =>
  unit === null
    ? {
        short: (value, options) => money(value, currency, options),
        exact: (value) => exactMoney(value, currency),
        axis: (value) => axisMoney(value, currency),
        unit,
      }
    : { short: (value, options) => quantity(value, options), exact: (value) => `${exactQuantity(value)} ${unit}`, axis: axisQuantity, unit };
