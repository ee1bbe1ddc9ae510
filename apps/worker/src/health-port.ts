import { createServer, type Server } from 'node:http';
import { readiness } from '@tideline/engine/health';
import type { Opened } from '@tideline/engine/open-deps';

/** Answers `/live` while the process runs and `/ready` while it can work, for whoever watches over it. */
export const openHealthPort = (opened: Opened, host: string, port: number): Server =>
  createServer((request, response) => {
    const answer = (status: number, body: unknown) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (request.url === '/live') return void answer(200, { live: true });
    if (request.url !== '/ready') return void answer(404, {});
    void readiness(opened.deps, opened.queue).then((state) => answer(state.ready ? 200 : 503, state));
  }).listen(port, host);
