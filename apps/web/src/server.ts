import { createServer } from 'node:http';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { createApi, isApiPath } from '@tideline/api/app';
import { noteCallerAddress } from '@tideline/api/caller-address';
import { closeServer } from '@tideline/api/close-server';
import next from 'next';
import { compose } from './compose.ts';
import { keepComposed } from './composed.ts';
import { readEnv } from './env.ts';
import { sessionReader } from './session.ts';

const env = readEnv();
const made = keepComposed(compose(env));
const { deps, hub, ready } = made;
const closing = new AbortController();
const api = getRequestListener(createApi({ deps, session: sessionReader(made.auth), hub, ready, closing: closing.signal }).fetch);

const app = next({ dev: env.NODE_ENV === 'development', dir: join(import.meta.dirname, '..'), port: env.PORT, hostname: env.HOST });
await app.prepare();
const page = app.getRequestHandler();

const server = createServer((request, response) => {
  noteCallerAddress(request, env.TRUSTED_PROXIES);
  void (isApiPath(request.url ?? '/') ? api(request, response) : page(request, response));
});
if (env.NODE_ENV === 'development') server.on('upgrade', app.getUpgradeHandler());
server.listen(env.PORT, env.HOST, () => deps.log.info({ address: env.NEXTAUTH_URL }, 'web is ready'));

let stopping = false;
const stop = async () => {
  if (stopping) return;
  stopping = true;
  closing.abort();
  await closeServer(server);
  await app.close();
  await made.close();
  process.exit(0);
};
process.on('SIGTERM', () => void stop());
process.on('SIGINT', () => void stop());
