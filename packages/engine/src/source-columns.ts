/** The columns a mapping names: rows of JSON need not all have them. */
export const columnsIn = (mapping: unknown): string[] => [...new Set(named(mapping))];

const named = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap((item) => (typeof item === 'string' ? [item] : named(item)));
  if (typeof value !== 'object' || value === null) return [];
  // What a filter compares with is no column.
  return Object.entries(value).flatMap(([key, item]) =>
    key === 'column' && typeof item === 'string' ? [item] : key === 'value' && 'op' in value ? [] : named(item),
  );
};
