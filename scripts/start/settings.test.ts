import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { loadSecrets, productEnv, readSettings } from './settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'tideline-settings-'));
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

it('makes secrets once, for the owner only', () => {
  const first = loadSecrets(folder);
  expect(first.nextauthSecret.length).toBeGreaterThanOrEqual(43);
  expect(first.nextauthSecret).not.toBe(first.postgresPassword);
  expect(loadSecrets(folder)).toEqual(first);
  expect(statSync(join(folder, 'secrets.json')).mode & 0o777).toBe(0o600);
});

it('stays on this machine on port 3000 unless told otherwise', () => {
  for (const name of ['PORT', 'HOST', 'NEXTAUTH_URL', 'DATABASE_URL']) vi.stubEnv(name, undefined);
  expect(readSettings(['--data', folder])).toMatchObject({
    host: '127.0.0.1',
    port: 3000,
    address: 'http://localhost:3000',
    databaseUrl: undefined,
    empty: false,
  });
  vi.stubEnv('PORT', '3001');
  const settings = readSettings(['--empty', '--data', folder]);
  expect(productEnv(settings, 'postgres://x')).toMatchObject({ PORT: '3001', NEXTAUTH_URL: 'http://localhost:3001', NODE_ENV: 'production' });
});

it('refuses what it does not know', () => {
  expect(() => readSettings(['--emty'])).toThrow(/--emty/);
  vi.stubEnv('PORT', 'http');
  expect(() => readSettings(['--data', folder])).toThrow('PORT=http is not a port');
});
