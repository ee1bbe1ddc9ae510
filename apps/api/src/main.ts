import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { readiness } from '@tideline/engine/health';
import { createApi } from './app.ts';
import { noteCallerAddress } from './caller-address.ts';
import { compose } from './compose.ts';
import { closeServer } from './close-server.ts';
import { readEnv } from './env.ts';

/**
 * The API alone in its own process, for machines: where ingest must scale by itself. Sessions are signed and read by
 * the web app, so people are not known here.
 */
const env = readEnv();
const opened = compose(env);
const { deps, queue, hub } = opened;
const closing = new AbortController();
const api = createApi({ deps, hub, session: async () => null, ready: () => readiness(deps, queue), closing: closing.signal });
const listener = getRequestListener(api.fetch);
const server = createServer((request, response) => {
  noteCallerAddress(request, env.TRUSTED_PROXIES);
  void listener(request, response);
});
server.listen(env.API_PORT, env.HOST, () => deps.log.info({ port: env.API_PORT }, 'api is ready'));

let stopping = false;
const stop = async (): Promise<void> => {
  if (stopping) return;
  stopping = true;
  closing.abort();
  await closeServer(server);
  await hub.close();
  await opened.close();
  process.exit(0);
};
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());
