import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { World } from '@tideline/testkit/build';
import { afterAll } from 'vitest';
import { testApi } from './api.fixture.ts';
import { aFullWorkspace, fingerprint, type Full } from './wall-world.fixture.ts';

export type Stored = { account: string; event: string; value: string | null; time: Date; properties: Record<string, unknown> | null };

/** The API on a real port, as a client reaches it, and what was stored of what it sent. */
export const clientWorld = async (world: World) => {
  const { deps, api } = testApi(world.urls);
  const server = createServer(getRequestListener(api.fetch));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await deps.close();
  });
  /** Clients stamp events with the real time, so it is the clock's too. */
  deps.clock.now = new Date();
  const workspace = async (): Promise<Full> => {
    const own = await aFullWorkspace(world);
    await world.arrange('DELETE FROM refused_event WHERE workspace_id = $1', [own.workspaceId]); // what is refused here is the client's
    return own;
  };
  const stored = async ({ workspaceId }: Full) =>
    (await world.arrange(
      `SELECT a.external_id AS account, e.name AS event, e.value::text AS value, e.time, e.properties
       FROM event e JOIN account a ON a.workspace_id = e.workspace_id AND a.id = e.account_id WHERE e.workspace_id = $1 ORDER BY e.time, e.name`,
      [workspaceId],
    )) as unknown as Stored[];
  const accounts = async ({ workspaceId, ids }: Full) =>
    world.arrange(
      `SELECT external_id, name, industry, plan, region, fields, created_day::text FROM account WHERE workspace_id = $1 AND NOT id = ANY($2::uuid[]) ORDER BY 1`,
      [workspaceId, [ids.account, ids.other, ids.merged]],
    );
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${address}${path}`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
  return { deps, address, workspace, stored, accounts, post, fingerprint: (full: Full) => fingerprint(world, full) };
};
