import { take } from '@tideline/engine/client/take';
import type { Deps, Who } from '@tideline/engine/deps';
import type { Hono } from 'hono';
import { callerAddress } from './caller-address.ts';
import { RefusedEvents } from './client/answer.ts';
import { cloudEventsDoor } from './client/cloudevents.ts';
import type { ClientDoor } from './client/door.ts';
import { otlpDoor } from './client/otlp.ts';
import { posthogDoor } from './client/posthog.ts';
import { segmentDoor } from './client/segment.ts';
import { limit, noteRefusal } from './limit.ts';
import { principalOf } from './principal.ts';
import { problemResponse } from './problem-response.ts';

const doors: readonly ClientDoor[] = [cloudEventsDoor, segmentDoor, posthogDoor, otlpDoor];

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
  const { client } = door;
  const receivedAt = deps.now();
  const headers = new Headers({ 'cache-control': 'no-store' });
  let who: Who | undefined;
  try {
    // A key in the header is checked before the body is read; one in the body can only be after.
    const early = headerToken(request);
    if (early !== null) who = await enter(deps, request, early);
    const said = await door.read(request, params);
    who ??= await enter(deps, request, said.token ?? '');
    const steps = said.steps(receivedAt.getTime());
    limit(deps, who, steps.length, headers);
    const reply = said.answer(await take(deps, who, steps, { client, historical: said.historical, receivedAt }));
    for (const [name, value] of headers) reply.headers.set(name, value);
    return reply;
  } catch (error) {
    // What an answer says of single events is noted with them already.
    if (who && !(error instanceof RefusedEvents)) noteRefusal(deps, who, { client, at: receivedAt }, error);
    return problemResponse(deps.log, request, error, headers);
  }
};

/** The key as `Bearer`, or as the user name of `Basic`. */
const headerToken = (request: Request): string | null => {
  const [, scheme, text] = /^(bearer|basic) +(\S+)$/i.exec(request.headers.get('authorization') ?? '') ?? [];
  if (!scheme || !text) return null;
  return scheme.toLowerCase() === 'bearer' ? text : (Buffer.from(text, 'base64').toString('utf8').split(':', 1)[0] ?? '');
};

const enter = (deps: Deps, request: Request, token: string): Promise<Who> => principalOf(deps, token, 'ingest', callerAddress(request.headers));
