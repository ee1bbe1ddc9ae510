import { expect, describe, test } from 'vitest';
import { entryOperations } from './entry.ts';
import { webhookEvents } from './fact.ts';
import { openApiDocument } from './openapi.ts';
import type { Operation } from './operation.ts';
import { operations } from './operations.ts';
import { problems } from './problem.ts';

type Answered = { $ref?: string; description: string; content?: Record<string, { schema: unknown }> };
type Described = {
  operationId: string;
  parameters?: { in: string; name: string }[];
  requestBody?: { content: Record<string, unknown> };
  responses: Record<string, Answered>;
};
const document = JSON.parse(JSON.stringify(openApiDocument('http://localhost:3000'))) as {
  openapi: string;
  paths: Record<string, Record<string, Described>>;
  webhooks: Record<string, unknown>;
  components: { schemas: Record<string, unknown>; responses: Record<string, Answered> };
  info: { description: string };
};
const described = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);
const all = Object.entries<Operation>(operations);

/** Every value under a key, however deep. */
const values = (node: unknown, key: string): unknown[] => {
  if (node === null || typeof node !== 'object') return [];
  return Object.entries(node).flatMap(([name, value]) => [...(name === key ? [value] : []), ...values(value, key)]);
};

describe('the API description', () => {
  test.each(all)('has %s, for keys and for sessions as it is served', (_, { method, path, key, permission }) => {
    const at = (prefix: string) => document.paths[`${prefix}${path}`]?.[method.toLowerCase()];
    expect(at('/api/v1') !== undefined).toBe(key !== undefined);
    expect(at('/api/v1/w/{workspace}') !== undefined).toBe(permission !== undefined);
    expect(key ?? permission).toBeDefined();
  });

  test('has what happens before a workspace is known', () => {
    for (const { path, method } of Object.values<Pick<Operation, 'path' | 'method'>>(entryOperations)) {
      expect(document.paths[`/api/v1/entry${path}`]).toHaveProperty(method.toLowerCase());
    }
  });

  test('gives every operation one name and no two records one address', () => {
    const ids = described.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    const addresses = all.map(([, { method, path }]) => `${method} ${path}`);
    expect(new Set(addresses).size).toBe(addresses.length);
  });

  test('names every parameter of every path', () => {
    for (const { path, operation } of described) {
      const wanted = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      const named = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path').map(({ name }) => name);
      expect({ path, named: named.toSorted() }).toEqual({ path, named: wanted.toSorted() });
    }
  });

  test('describes every answer, and every failure as problem+json', () => {
    for (const { path, method, operation } of described) {
      for (const [status, given] of Object.entries(operation.responses)) {
        const { description, content } = given.$ref ? (document.components.responses[given.$ref.split('/').at(-1) ?? ''] ?? given) : given;
        expect(description, `${method} ${path} ${status}`).not.toBe('');
        if (Number(status) >= 400) expect(Object.keys(content ?? {})).toEqual(['application/problem+json']);
        else expect(Object.keys(content ?? {}), `${method} ${path} ${status}`).toHaveLength(1);
      }
    }
  });

  test('refers to nothing that is not there', () => {
    const refs = values(document, '$ref') as string[];
    expect(refs.length).toBeGreaterThan(50);
    for (const ref of new Set(refs)) {
      const found = ref
        .replace(/^#\//, '')
        .split('/')
        .reduce<unknown>((node, part) => (node as Record<string, unknown> | undefined)?.[part.replaceAll('~1', '/')], document);
      expect(found, ref).toBeDefined();
    }
  });

  test('lists every error code and every webhook event', () => {
    for (const code of Object.keys(problems)) expect(document.info.description).toContain(`\`${code}\``);
    expect(Object.keys(document.webhooks)).toEqual(Object.keys(webhookEvents));
    expect(document.openapi).toBe('3.1.1');
  });
});
