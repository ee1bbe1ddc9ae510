/** A value as JSON carries it: instants as text. */
export type Wire<T> = T extends string | Date ? string : T extends readonly (infer I)[] ? Wire<I>[] : T extends object ? { [K in keyof T]: Wire<T[K]> } : T;

/** Writes instants as ISO text, however deep. */
export const wire = <T>(value: T): Wire<T> => {
  if (value instanceof Date) return value.toISOString() as Wire<T>;
  if (Array.isArray(value)) return value.map((item: unknown) => wire(item)) as Wire<T>;
  if (value === null || typeof value !== 'object') return value as Wire<T>;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, wire(item as unknown)])) as Wire<T>;
};
