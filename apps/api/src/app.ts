import { Problem } from '@tideline/contracts/problem';
import type { LiveHub } from '@tideline/db/live';
import { Hono } from 'hono';
import { serveEntry } from './entry.ts';
import { mountLive } from './live.ts';
import { problemResponse } from './problem-response.ts';
import { routes } from './routes.ts';
import { serve, type ServeOptions } from './serve.ts';

/** The front door for machines: everything under `/api/v1`. Mounted by apps/web on its port, or alone by main.ts. */
export const createApi = (options: ServeOptions & { hub: LiveHub }): Hono => {
  const app = new Hono();
  mountLive(app, options, options.hub);
  serveEntry(app, options);
  serve(app, options, routes);
  app.notFound((c) => problemResponse(options.deps.log, c.req.raw, new Problem('not-found', `There is no ${c.req.method} ${c.req.path}`)));
  app.onError((error, c) => problemResponse(options.deps.log, c.req.raw, error));
  return app;
};
