import { checkDoor, pendingMigrations } from '@tideline/db/ready';
import type { JobQueue } from '@tideline/jobs/queue';
import type { Deps } from './deps.ts';

/** Each thing a process needs, and what is wrong with it; null: nothing. */
export type Readiness = { ready: boolean; checks: Record<'database' | 'migrations' | 'queue', string | null> };

/** Whether this process can do its work now. Tells what is wrong, never where things are. */
export const readiness = async (deps: Pick<Deps, 'db' | 'system' | 'log'>, queue: Pick<JobQueue, 'ping'>): Promise<Readiness> => {
  const check = async (what: string, test: () => Promise<string | null>): Promise<string | null> => {
    try {
      return await test();
    } catch (error) {
      deps.log.error({ err: error, what }, 'not ready');
      return 'does not answer';
    }
  };
  const [database, migrations, answering] = await Promise.all([
    check('database', async () => checkDoor(deps.db).then(() => null)),
    check('migrations', async () => {
      const pending = await pendingMigrations(deps.system);
      return pending.length === 0 ? null : `${pending.length} not applied yet`;
    }),
    check('queue', async () => queue.ping().then(() => null)),
  ]);
  const checks = { database, migrations, queue: answering };
  return { ready: Object.values(checks).every((wrong) => wrong === null), checks };
};
