import { Decimal, type DecimalText, toText } from './money.ts';

/** The part of a usage event that meters read: its name, its value as decimal text, its own properties. */
export type MeterEvent = {
  readonly event: string;
  readonly value: DecimalText | null;
  readonly properties: Readonly<Record<string, unknown>>;
};

export type Operator = 'eq' | 'ne' | 'gt' | 'gte' | 'lt' | 'lte' | 'in' | 'starts_with' | 'not_starts_with' | 'exists';
type Scalar = string | number | boolean;
/** `field` is `value` or `properties.<name>`; what follows the first dot is the property's whole name. */
export type Condition = { readonly field: string; readonly op: Operator; readonly value: Scalar | readonly Scalar[] };

/** Events carry numbers of at most 20 digits before the point; what is finer than 18 places is rounded to 18. */
const LARGEST = new Decimal('1e20');
const PLACES = 18;
const NUMBER_TEXT = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$/;

/** Reads a JSON number or number text as an exact decimal; null for anything else and for what exceeds 20 digits. */
export const numberIn = (raw: unknown): Decimal | null => {
  if (typeof raw === 'number' ? !Number.isFinite(raw) : typeof raw !== 'string' || !NUMBER_TEXT.test(raw)) return null;
  const value = new Decimal(raw as string | number);
  return value.abs().gte(LARGEST) ? null : value.toDecimalPlaces(PLACES, Decimal.ROUND_HALF_EVEN);
};

/** What is already in the form that `toText` writes, and short enough that a double tells it from its neighbours. */
const PLAIN = /^(?:-?[1-9]\d{0,14}|0|-?(?:0|[1-9]\d{0,6})\.\d{0,7}[1-9])$/;

/** `numberIn` as plain decimal text; short figures, nearly all there are, pass as they stand. */
export const numberText = (raw: unknown): DecimalText | null => {
  if (typeof raw === 'string' && PLAIN.test(raw)) return raw;
  if (typeof raw === 'number' && Number.isSafeInteger(raw)) return String(raw === 0 ? 0 : raw);
  const number = numberIn(raw);
  return number && toText(number);
};

/** A figure as a double where no digit is lost; null: read it exactly. */
const doubleIn = (raw: unknown): number | null => {
  if (typeof raw === 'number') return Number.isSafeInteger(raw) ? raw : null;
  return typeof raw === 'string' && PLAIN.test(raw) ? Number(raw) : null;
};

/** A scalar as the text it is compared by: the number 5 and the text "5" are the same; null for nothing, "" and objects. */
export const textIn = (raw: unknown): string | null => {
  if (typeof raw === 'string') return raw === '' ? null : raw;
  if (typeof raw === 'boolean') return String(raw);
  const number = typeof raw === 'number' ? numberIn(raw) : null;
  return number && toText(number);
};

const PROPERTY = 'properties.';
/** Whether the text names a field an event has: `value` or `properties.<name>`. */
export const isField = (field: string): boolean => field === 'value' || (field.startsWith(PROPERTY) && field.length > PROPERTY.length);

/** What an event holds in a field; undefined where it has none. Inherited properties do not count. */
export const fieldOf = (event: MeterEvent, field: string): unknown => {
  if (field === 'value') return event.value ?? undefined;
  const name = field.slice(PROPERTY.length);
  return Object.hasOwn(event.properties, name) ? event.properties[name] : undefined;
};

/** Equal as numbers when the condition was written with a number ("1.0" is 1), else as text ("007" is not "7"). */
const same = (raw: unknown, wanted: unknown): boolean => {
  if (typeof wanted === 'number') return numberIn(raw)?.eq(wanted) ?? false;
  const text = textIn(raw);
  return text !== null && text === textIn(wanted);
};

const ordered =
  (holds: (order: number) => boolean) =>
  (raw: unknown, wanted: unknown): boolean => {
    const [one, other] = [doubleIn(raw), doubleIn(wanted)];
    if (one !== null && other !== null) return holds(one - other);
    const [a, b] = [numberIn(raw), numberIn(wanted)];
    return a !== null && b !== null && holds(a.comparedTo(b));
  };
const starts = (raw: unknown, wanted: unknown): boolean => textIn(raw)?.startsWith(String(wanted)) ?? false;
const isScalar = (value: unknown): boolean => typeof value === 'boolean' || textIn(value) !== null;
const needsText = (value: unknown) => (typeof value === 'string' && value !== '' ? null : 'compares with a text');
const needsNumber = (value: unknown) => (numberIn(value) === null ? 'compares with a number' : null);
const needsOne = (value: unknown) => (isScalar(value) ? null : 'compares with a text, a number or true/false');
const needsSome = (value: unknown) => (Array.isArray(value) && value.length > 0 && value.every(isScalar) ? null : 'compares with a list of at least one value');

/** An absent field is equal to nothing, starts with nothing and is in no list; so `ne` and `not_starts_with` hold for it. */
export const operators = {
  eq: { words: 'is', holds: same, problem: needsOne },
  ne: { words: 'is not', holds: (raw, wanted) => !same(raw, wanted), problem: needsOne },
  gt: { words: 'is above', holds: ordered((o) => o > 0), problem: needsNumber },
  gte: { words: 'is at least', holds: ordered((o) => o >= 0), problem: needsNumber },
  lt: { words: 'is below', holds: ordered((o) => o < 0), problem: needsNumber },
  lte: { words: 'is at most', holds: ordered((o) => o <= 0), problem: needsNumber },
  in: { words: 'is one of', holds: (raw, wanted) => Array.isArray(wanted) && wanted.some((one) => same(raw, one)), problem: needsSome },
  starts_with: { words: 'starts with', holds: starts, problem: needsText },
  not_starts_with: { words: 'does not start with', holds: (raw, wanted) => !starts(raw, wanted), problem: needsText },
  exists: {
    words: 'is present',
    holds: (raw, wanted) => (textIn(raw) !== null) === wanted,
    problem: (value) => (typeof value === 'boolean' ? null : 'is asked with true (present) or false (absent)'),
  },
} as const satisfies Record<Operator, { words: string; holds: (raw: unknown, wanted: unknown) => boolean; problem: (value: unknown) => string | null }>;

/** Whether every condition holds for the event; an empty list always holds. */
export const allHold = (event: MeterEvent, conditions: readonly Condition[]): boolean =>
  conditions.every(({ field, op, value }) => operators[op].holds(fieldOf(event, field), value));

/** What is wrong with a condition, as the sentence to show; null when it can be judged. */
export const conditionProblem = ({ field, op, value }: Condition): string | null => {
  if (!isField(field)) return `"${field}" is no field of an event: use value, or properties. and the property's name`;
  if (!Object.hasOwn(operators, op)) return `"${String(op)}" is no comparison: use one of ${Object.keys(operators).join(', ')}`;
  const problem = operators[op].problem(value);
  return problem && `"${operators[op].words}" on ${field} ${problem}`;
};

const quoted = (value: unknown): string => (typeof value === 'string' ? `“${value}”` : String(value));
/** A condition in words: `Quantity is above 0`, `invoice does not start with “C”`. */
export const conditionWords = ({ field, op, value }: Condition): string => {
  const name = field === 'value' ? 'value' : field.slice(PROPERTY.length);
  if (op === 'exists') return `${name} is ${value === true ? 'present' : 'absent'}`;
  return `${name} ${operators[op].words} ${Array.isArray(value) ? value.map(quoted).join(', ') : quoted(value)}`;
};
