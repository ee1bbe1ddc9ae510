import { Problem } from '@tideline/contracts/problem';
import type { LiveHub } from '@tideline/db/live';
import type { Readiness } from '@tideline/engine/health';
import { Hono } from 'hono';
import { mountDocs, mountHealth } from './about.ts';
import { CLIENT_PATHS, mountClients } from './clients.ts';
import { serveEntry } from './entry.ts';
import { mountLive } from './live.ts';
import { problemResponse } from './problem-response.ts';
import { routes } from './routes.ts';
import { serve, type ServeOptions } from './serve.ts';

export type ApiOptions = ServeOptions & {
  hub: LiveHub;
  ready: () => Promise<Readiness>;
  /** Aborted when the process stops: live streams end, so that the server can close. */
  closing: AbortSignal;
};

/** What `createApi` answers, by the start of the path; the rest are pages. */
export const isApiPath = (path: string): boolean => /^\/(api\/(v1|health)\/|api\/openapi\.json|docs\/api(\/|$|\?))/.test(path) || CLIENT_PATHS.test(path);

/** The front door for machines: `/api/v1`, its description and health. Mounted by apps/web on its port, or alone by main.ts. */
export const createApi = (options: ApiOptions): Hono => {
  const app = new Hono();
  mountHealth(app, options.ready);
  mountDocs(app, options.deps.baseUrl);
  mountLive(app, options, options.hub, options.closing);
  serveEntry(app, options);
  mountClients(app, options.deps);
  serve(app, options, routes);
  app.notFound((c) => problemResponse(options.deps.log, c.req.raw, new Problem('not-found', `There is no ${c.req.method} ${c.req.path}`)));
  app.onError((error, c) => problemResponse(options.deps.log, c.req.raw, error));
  return app;
};
