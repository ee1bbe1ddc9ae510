import { Problem } from '@tideline/contracts/problem';
import type { LiveHub } from '@tideline/db/live';
import type { Hono } from 'hono';
import { problemResponse } from './problem-response.ts';
import { sessionPrincipal } from './principal.ts';
import type { ServeOptions } from './serve.ts';

const HEARTBEAT_MS = 15_000;

/**
 * `GET /api/v1/w/{workspace}/live`: server-sent events, one JSON `LiveChange` each, while the page is open; the event
 * `resync` says that changes may have been missed.
 * The stream ends with the membership: it is checked again at each heartbeat and whenever members change.
 */
export const mountLive = (app: Hono, { deps, session }: ServeOptions, hub: LiveHub, closing: AbortSignal): void => {
  app.get('/api/v1/w/:workspace/live', async (c) => {
    const enter = () => sessionPrincipal(deps, session, c.req.raw, c.req.param('workspace'));
    try {
      const who = await enter();
      return stream(hub, who.workspaceId, { gone: c.req.raw.signal, closing }, async () => {
        try {
          await enter();
          return true;
        } catch (error) {
          if (error instanceof Problem) return false;
          throw error;
        }
      });
    } catch (error) {
      return problemResponse(deps.log, c.req.raw, error);
    }
  });
};

type Ends = { /** The page went away. */ gone: AbortSignal; /** The process stops. */ closing: AbortSignal };

const stream = (hub: LiveHub, workspaceId: string, { gone, closing }: Ends, isMember: () => Promise<boolean>): Response => {
  let stop: () => void = () => undefined;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const encoder = new TextEncoder();
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      const end = () => {
        stop();
        controller.close();
      };
      // A failed check (the database is away) ends the stream too: the page connects again by itself.
      const check = () =>
        isMember()
          .catch(() => false)
          .then((member) => {
            if (!member && !stopped) end();
          });
      let stopped = false;
      const unsubscribe = hub.subscribe(workspaceId, (change) => {
        if (change === null) return send('event: resync\ndata: {}\n\n');
        send(`data: ${JSON.stringify({ kind: change.kind, ids: change.ids ?? [] })}\n\n`);
        if (change.kind === 'member') void check();
      });
      const beat = setInterval(() => {
        send(': here\n\n');
        void check();
      }, HEARTBEAT_MS);
      stop = () => {
        stopped = true;
        clearInterval(beat);
        unsubscribe();
        closing.removeEventListener('abort', end);
        stop = () => undefined;
      };
      gone.addEventListener('abort', () => stop());
      closing.addEventListener('abort', end);
      send('retry: 1000\n\n');
    },
    cancel: () => stop(),
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-cache, no-transform', 'x-accel-buffering': 'no' } });
};
