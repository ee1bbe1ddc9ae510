import { Problem } from '@tideline/contracts/problem';
import type { LiveHub } from '@tideline/db/live';
import type { Hono } from 'hono';
import { problemResponse } from './problem-response.ts';
import { sessionPrincipal } from './principal.ts';
import type { ServeOptions } from './serve.ts';

const HEARTBEAT_MS = 15_000;

/** `GET /api/v1/w/{workspace}/live`: server-sent events, one JSON `LiveChange` each, while the page is open. */
export const mountLive = (app: Hono, { deps, session }: ServeOptions, hub: LiveHub): void => {
  app.get('/api/v1/w/:workspace/live', async (c) => {
    try {
      const who = await sessionPrincipal(deps, session, c.req.raw, c.req.param('workspace'));
      return stream(hub, who.workspaceId, c.req.raw.signal);
    } catch (error) {
      if (error instanceof Problem) return problemResponse(deps.log, c.req.raw, error);
      throw error;
    }
  });
};

const stream = (hub: LiveHub, workspaceId: string, signal: AbortSignal): Response => {
  let stop: () => void = () => undefined;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const encoder = new TextEncoder();
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      const unsubscribe = hub.subscribe(workspaceId, (change) => send(`data: ${JSON.stringify({ kind: change.kind, ids: change.ids ?? [] })}\n\n`));
      const beat = setInterval(() => send(': here\n\n'), HEARTBEAT_MS);
      stop = () => {
        clearInterval(beat);
        unsubscribe();
        stop = () => undefined;
      };
      signal.addEventListener('abort', () => stop());
      send('retry: 1000\n\n');
    },
    cancel: () => stop(),
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-cache, no-transform', 'x-accel-buffering': 'no' } });
};
