/** `pnpm generate`: writes the Prisma client into packages/db/generated when prisma/schema.prisma changed since. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { childEnv, root } from './paths.ts';

const output = join(root, 'packages/db/generated');
const stamp = join(output, 'made-from');

/** Generates when needed; returns whether it did. Throws with Prisma's words when the schema is wrong. */
export const generate = (): boolean => {
  const made = createHash('sha256');
  for (const file of ['prisma/schema.prisma', 'packages/db/package.json']) made.update(readFileSync(join(root, file)));
  const wanted = made.digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return false;
  // The schema engine would be downloaded, and is not used: our own runner applies the migrations.
  const env = childEnv({ PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true', CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1' });
  const run = spawnSync('prisma', ['generate'], { cwd: root, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  if (run.status !== 0) throw new Error(`prisma generate failed:\n${run.error?.message ?? `${run.stdout}${run.stderr}`.trim()}`);
  writeFileSync(stamp, wanted);
  return true;
};

if (import.meta.main) console.log(generate() ? 'Prisma client generated.' : 'Prisma client is up to date.');
