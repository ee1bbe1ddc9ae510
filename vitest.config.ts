import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const exclude = ['**/node_modules/**', '**/.next/**', '**/generated/**', '**/e2e/**'];

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: availableParallelism(), // database tests wait for PostgreSQL half of the time
    allowOnly: false,
    passWithNoTests: false,
    reporters: ['default'],
    projects: [
      {
        test: {
          name: 'pure',
          include: ['*.test.ts', 'scripts/**/*.test.ts', 'packages/**/*.test.{ts,tsx}', 'apps/**/*.test.{ts,tsx}'],
          exclude: [...exclude, '**/*.db.test.ts'],
        },
      },
      {
        test: {
          name: 'db',
          include: ['scripts/**/*.db.test.ts', 'packages/**/*.db.test.ts', 'apps/**/*.db.test.ts'],
          exclude,
          globalSetup: ['scripts/test/servers.ts'],
          testTimeout: 90_000, // bounds a hang, measures nothing: a two-core machine may be lent to others
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
