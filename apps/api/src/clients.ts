import { ingestOperations } from '@tideline/contracts/ingest';
import { take } from '@tideline/engine/client/take';
import type { Deps } from '@tideline/engine/deps';
import type { Hono } from 'hono';
import { cloudEventsDoor } from './client/cloudevents.ts';
import type { ClientDoor } from './client/door.ts';
import { posthogDoor } from './client/posthog.ts';
import { segmentDoor } from './client/segment.ts';
import { keyPrincipal } from './principal.ts';
import { problemResponse } from './problem-response.ts';

const doors: readonly ClientDoor[] = [cloudEventsDoor, segmentDoor, posthogDoor];

/** The start of the paths above that lie outside /api. */
export const CLIENT_PATHS = /^\/v1\/(batch|import|track|identify|group|alias|page|screen)\/?(\?|$)/;

/**
 * Mounts the clients people already run. Each request ends in the same `take`, behind the same key and its scope
 * `ingest`; the workspace is the key's own and nothing in the body can name another.
 */
export const mountClients = (app: Hono, deps: Deps): void => {
  for (const door of doors) {
    for (const path of door.paths) {
      app.post(path, async (c, next) => {
        if (door.mine && !door.mine(c.req.raw)) return next();
        return door.polite?.(c.req.raw) ?? answer(deps, door, c.req.raw, c.req.param());
      });
    }
  }
};

const answer = async (deps: Deps, door: ClientDoor, request: Request, params: Record<string, string>): Promise<Response> => {
  try {
    // A key in the header is checked before the body is read; one in the body can only be after.
    const early = headerToken(request);
    if (early !== null) await enter(deps, request, early);
    const said = await door.read(request, params);
    const who = await enter(deps, request, early ?? said.token);
    const receivedAt = deps.now();
    const reply = await take(deps, who, said.steps(receivedAt.getTime()), { client: door.client, historical: said.historical, receivedAt });
    return said.answer(reply);
  } catch (error) {
    return problemResponse(deps.log, request, error);
  }
};

/** The key as `Bearer`, or as the user name of `Basic`. */
const headerToken = (request: Request): string | null => {
  const [, scheme, text] = /^(bearer|basic) +(\S+)$/i.exec(request.headers.get('authorization') ?? '') ?? [];
  if (!scheme || !text) return null;
  return scheme.toLowerCase() === 'bearer' ? text : (Buffer.from(text, 'base64').toString('utf8').split(':', 1)[0] ?? '');
};

const enter = (deps: Deps, request: Request, token: string | null) => {
  const headers = new Headers(request.headers);
  // What is no header text is no key either.
  headers.set('authorization', `Bearer ${/^[\x21-\x7e]+$/.test(token ?? '') ? token : 'none'}`);
  return keyPrincipal(deps, new Request(request.url, { headers }), ingestOperations.postEvents);
};
