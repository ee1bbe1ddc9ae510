import * as z from 'zod';
import { expect, test } from 'vitest';
import { optional, parseEnvironment, Port, sharedEnvironment } from './environment.ts';

const schema = z.object({ ...sharedEnvironment, WORKER_PORT: optional(Port) });
const least = { DATABASE_URL: 'postgres://u:p@localhost/t', NEXTAUTH_URL: 'http://localhost:3000/' };

test('the least that is needed, with the rest by default', () => {
  expect(parseEnvironment(schema, least)).toEqual({
    ...least,
    NEXTAUTH_URL: 'http://localhost:3000',
    TIDELINE_DATA: '.data',
    WEBHOOK_RANGES: [],
    SOURCE_RANGES: [],
    SOURCE_FOLDERS: [],
    POOL_SIZE: 8,
  });
});

test('empty is absent, ranges are a list', () => {
  const read = parseEnvironment(schema, { ...least, REDIS_URL: '', WORKER_PORT: '', WEBHOOK_RANGES: '127.0.0.0/8, ::1/128' });
  expect(read).toMatchObject({ WEBHOOK_RANGES: ['127.0.0.0/8', '::1/128'] });
  expect(read.REDIS_URL).toBeUndefined();
  expect(read.WORKER_PORT).toBeUndefined();
});

test.each([
  [{ DATABASE_URL: '' }, 'DATABASE_URL'],
  [{ NEXTAUTH_URL: 'localhost:3000' }, 'NEXTAUTH_URL'],
  [{ WEBHOOK_RANGES: '10.0.0.1' }, 'WEBHOOK_RANGES'],
  [{ SOURCE_RANGES: '127.0.0.1' }, 'SOURCE_RANGES'],
  [{ SOURCE_FOLDERS: 'exports' }, 'SOURCE_FOLDERS'],
  [{ POOL_SIZE: '1' }, 'POOL_SIZE'],
  [{ WORKER_PORT: '70000' }, 'WORKER_PORT'],
])('%j is refused by name', (wrong, name) => {
  expect(() => parseEnvironment(schema, { ...least, ...wrong })).toThrow(name);
});
