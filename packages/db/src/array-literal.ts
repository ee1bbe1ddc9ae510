/**
 * PostgreSQL's text form of an array, sent as one parameter (`${plain(ids)}::uuid[]`): a list of thousands costs
 * one string instead of a value each.
 */

/** Values that need no quotes: uuids, numbers, days, ISO times. */
export const plain = (values: readonly (string | number | null)[]): string => `{${values.map((value) => value ?? 'NULL').join(',')}}`;

/** Bytes given as hex text. */
export const bytes = (hexes: readonly (string | null)[]): string => `{${hexes.map((hex) => (hex === null ? 'NULL' : `\\\\x${hex}`)).join(',')}}`;

const ESCAPED = /["\\]/;
const quoted = (value: string): string => `"${ESCAPED.test(value) ? value.replaceAll(/["\\]/g, '\\$&') : value}"`;

/** Any text, JSON included. */
export const texts = (values: readonly (string | null)[]): string => `{${values.map((value) => (value === null ? 'NULL' : quoted(value))).join(',')}}`;

/** JSON as `JSON.stringify` writes it: it holds no control characters, so what JSON escapes is what an array must escape. */
export const jsons = (values: readonly (string | null)[]): string => `{${values.map((value) => (value === null ? 'NULL' : JSON.stringify(value))).join(',')}}`;
