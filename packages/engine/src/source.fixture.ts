import type { BodyOf } from '@tideline/contracts/operation';
import type { Connection, sourceOperations } from '@tideline/contracts/source';
import { aMember, aWorkspace, type World } from '@tideline/testkit/build';
import type { Who } from './deps.ts';
import type { TestDeps } from './deps.fixture.ts';
import * as source from './source.ts';
import { pull } from './source-pull.ts';

export const SOURCES = { ranges: ['127.0.0.0/8', '::1/128'], folders: [], sealingKey: 'the secret of this installation' };

/** A workspace with its admin. */
export const aWho = async (world: World): Promise<Who> => {
  const workspaceId = await aWorkspace(world.arrange, { timezone: 'UTC' });
  const userId = await aMember(world.arrange, workspaceId, { role: 'ADMIN' });
  return { workspaceId, userId, role: 'ADMIN', actor: 'Ada', ownAccountsOf: null };
};

type Body = Extract<BodyOf<(typeof sourceOperations)['createSource']>, { kind: 'usage' }>;
export const usage = (connection: Connection, more: Partial<Body['mapping']> = {}): Body => ({
  name: 'Warehouse',
  kind: 'usage',
  connection,
  everyMinutes: 15,
  mapping: {
    account: { column: 'customer' },
    event: { constant: 'call' },
    time: { column: 'at' },
    value: { column: 'quantity' },
    properties: ['region'],
    historical: true,
    filter: [],
    ...more,
  },
});

/** Lets time pass until the source is due, reads it, and answers it as the screen shows it. */
export const pullDue = async (deps: TestDeps, who: Who, id: string) => {
  deps.clock.now = new Date(deps.clock.now.getTime() + 3_600_000);
  await pull(deps, { workspaceId: who.workspaceId, sourceId: id });
  return source.get(deps, who, id);
};

/** What is stored of a workspace: how many events, in which sum, for how many accounts. */
export const stored = async (world: World, { workspaceId }: Who) => {
  const [row] = await world.arrange('SELECT count(*)::int AS events, coalesce(sum(value), 0)::text AS sum FROM event WHERE workspace_id = $1', [workspaceId]);
  return row;
};
