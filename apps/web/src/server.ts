import { createServer, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { createApi } from '@tideline/api/app';
import { noteCallerAddress } from '@tideline/api/caller-address';
import next from 'next';
import { compose } from './compose.ts';
import { keepComposed } from './composed.ts';
import { readEnv } from './env.ts';
import { sessionReader } from './session.ts';

const env = readEnv();
const made = keepComposed(compose(env));
const api = getRequestListener(createApi({ deps: made.deps, session: sessionReader(made.auth), hub: made.hub }).fetch);

const app = next({ dev: env.NODE_ENV === 'development', dir: join(import.meta.dirname, '..'), port: env.PORT, hostname: env.HOST });
await app.prepare();
const page = app.getRequestHandler();
const ofApi = (request: IncomingMessage) => request.url?.startsWith('/api/v1/') ?? false;

const server = createServer((request, response) => {
  noteCallerAddress(request, env.TRUSTED_PROXIES);
  void (ofApi(request) ? api(request, response) : page(request, response));
});
if (env.NODE_ENV === 'development') server.on('upgrade', app.getUpgradeHandler());
server.listen(env.PORT, env.HOST, () => made.deps.log.info({ address: env.NEXTAUTH_URL }, 'web is ready'));

let stopping = false;
const stop = async () => {
  if (stopping) return;
  stopping = true;
  server.close();
  server.closeAllConnections(); // live streams would keep it open for ever
  await app.close();
  await made.close();
  process.exit(0);
};
process.on('SIGTERM', () => void stop());
process.on('SIGINT', () => void stop());
