import type { Condition } from '@tideline/domain/condition';

export type Sample = { id: string; account: string; event: string; value?: number; properties?: Record<string, string | number | boolean> };
type Measured = { eventName: string; aggregation: string; valueField: string | null; filter: readonly Condition[]; activityFilter: readonly Condition[] };

const exampleFor = ({ op, value }: Condition): string | number | boolean => {
  if (op === 'gt' || op === 'gte') return Number(value) + 1;
  if (op === 'lt' || op === 'lte') return Number(value) - 1;
  if (op === 'in' && Array.isArray(value)) return (value as (string | number)[])[0] ?? '';
  if (op === 'ne' || op === 'not_starts_with' || op === 'exists') return 'example';
  return value as string | number | boolean;
};

/** An event that the main meter would count; a plain one where there is no meter yet. */
export const sampleEvent = (meter: Measured | null, account: string | null): Sample => {
  const base = { id: 'hello-1', account: account ?? 'acme', event: meter?.eventName ?? 'api.call' };
  if (!meter) return { ...base, value: 1, properties: { plan: 'pro' } };
  const properties: Record<string, string | number | boolean> = {};
  for (const condition of [...meter.filter, ...meter.activityFilter])
    if (condition.field !== 'value') properties[condition.field.replace(/^properties\./, '')] = exampleFor(condition);
  if (meter.valueField !== null) properties[meter.valueField] ??= meter.aggregation === 'UNIQUE' ? 'user-1' : 12;
  const value = meter.valueField === null && meter.aggregation !== 'COUNT' ? { value: 12 } : {};
  return { ...base, ...value, ...(Object.keys(properties).length > 0 ? { properties } : {}) };
};

export const KEY_PLACEHOLDER = 'tl_YOUR_KEY';
type Call = { address: string; key: string; sample: Sample };

const shell = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** The same request in the languages people paste from. */
export const snippets = {
  curl: {
    label: 'curl',
    code: ({ address, key, sample }: Call) =>
      [
        `curl ${address}/api/v1/events \\`,
        `  -H 'authorization: Bearer ${key}' \\`,
        `  -H 'content-type: application/json' \\`,
        `  -d ${shell(JSON.stringify(sample))}`,
      ].join('\n'),
  },
  node: {
    label: 'Node.js',
    code: ({ address, key, sample }: Call) =>
      [
        `const answer = await fetch('${address}/api/v1/events', {`,
        `  method: 'POST',`,
        `  headers: { authorization: 'Bearer ${key}', 'content-type': 'application/json' },`,
        `  body: JSON.stringify(${JSON.stringify(sample)}),`,
        `});`,
        `console.log(await answer.json());`,
      ].join('\n'),
  },
  python: {
    label: 'Python',
    code: ({ address, key, sample }: Call) =>
      [
        `import urllib.request`,
        ``,
        `request = urllib.request.Request(`,
        `    '${address}/api/v1/events',`,
        `    data=r'''${JSON.stringify(sample)}'''.encode(),`,
        `    headers={'authorization': 'Bearer ${key}', 'content-type': 'application/json'},`,
        `)`,
        `print(urllib.request.urlopen(request).read().decode())`,
      ].join('\n'),
  },
} as const satisfies Record<string, { label: string; code: (call: Call) => string }>;
export type Language = keyof typeof snippets;
