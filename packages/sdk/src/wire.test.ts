import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { typeOf } from '../generate/type-of-schema.ts';
import { wireFile, wireText } from '../generate/wire.ts';

test('is what the contracts say: pnpm --filter @tideline/sdk generate', () => {
  expect(readFileSync(wireFile, 'utf8')).toBe(wireText());
});

test('a contract that has no type here is refused', () => {
  expect(() => typeOf({ type: 'tuple' }, {})).toThrow('no TypeScript type');
  expect(typeOf({ type: 'array', items: { type: ['string', 'null'] } }, {})).toBe('(string | null)[]');
});
