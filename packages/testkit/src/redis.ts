/** Redis for tests: one server per run, started by scripts/test/servers.ts, a key prefix per test file. */
import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';

/** Where Redis listens, and a prefix no other test file uses. */
export const redisForTest = (): { url: string; prefix: string } => ({ url: inject('redisUrl'), prefix: `t${randomBytes(6).toString('hex')}` });
