import { operations } from '@tideline/contracts/operations';
import type { BodyOf, Operation, ParamsOf, QueryOf, ReplyOf } from '@tideline/contracts/operation';
import { Problem } from '@tideline/contracts/problem';
import type { Deps, Who } from '@tideline/engine/deps';
import { may } from '@tideline/domain/role';
import { Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { readBody, parsed } from './body.ts';
import { problemResponse } from './problem-response.ts';
import { keyPrincipal, sessionPrincipal, type SessionReader } from './principal.ts';
import { noteRefusal } from './limit.ts';
import { checkOrigin } from './origin.ts';

export type Call<O extends Operation> = {
  deps: Deps;
  who: Who;
  params: ParamsOf<O>;
  query: QueryOf<O>;
  body: BodyOf<O>;
  /** The request itself: for uploads (its stream) and for cancellation (its signal). */
  request: Request;
  /** Sent with the answer, a refusal included. */
  headers: Headers;
};
export type Routes<T extends Record<string, Operation>> = { [K in keyof T]: (call: Call<T[K]>) => Promise<ReplyOf<T[K]>> };

export type ServeOptions = { deps: Deps; session: SessionReader };
type AnyHandler = (call: Call<Operation>) => Promise<unknown>;

/**
 * Mounts every operation twice: `/api/v1/…` for keys and `/api/v1/w/{workspace}/…` for sessions.
 * The order never changes: who → allowed → parse → run → checked reply; failures become problem+json here alone.
 */
export const serve = (app: Hono, options: ServeOptions, routes: Routes<typeof operations>): void => {
  for (const [name, operation] of Object.entries<Operation>(operations)) {
    // The map is exhaustive by type; only the loop cannot see which handler goes with which record.
    const handler = routes[name as keyof typeof operations] as AnyHandler;
    const path = operation.path.replaceAll(/\{(\w+)\}/g, ':$1');
    if (operation.key) {
      app.on(operation.method, `/api/v1${path}`, async (c) =>
        answer(options.deps, operation, handler, c.req.raw, c.req.param(), () => keyPrincipal(options.deps, c.req.raw, operation)),
      );
    }
    if (operation.permission) {
      app.on(operation.method, `/api/v1/w/:workspace${path}`, async (c) => {
        const { workspace, ...params } = c.req.param() as { workspace: string };
        return answer(options.deps, operation, handler, c.req.raw, params, async () => {
          checkOrigin(c.req.raw, options.deps.baseUrl);
          return sessionPrincipal(options.deps, options.session, c.req.raw, workspace);
        });
      });
    }
  }
};

const answer = async (
  deps: Deps,
  operation: Operation,
  handler: AnyHandler,
  request: Request,
  pathParams: Record<string, string>,
  principal: () => Promise<Who>,
): Promise<Response> => {
  const at = deps.now();
  const headers = new Headers({ 'cache-control': 'no-store' });
  let who: Who | undefined;
  try {
    who = await principal();
    if (who.userId && operation.permission && !may(who.role, operation.permission)) {
      throw new Problem('not-allowed', `Your role (${who.role}) does not allow this: ask an admin of the workspace`);
    }
    const params = parsed(operation.params, pathParams, 'path');
    const query = parsed(operation.query, Object.fromEntries(new URL(request.url).searchParams), 'query');
    const body = operation.body ? parsed(operation.body, await readBody(request), 'body') : undefined;
    if (operation.upload) checkUpload(request, operation.upload);
    const reply = await handler({ deps, who, params, query, body, request, headers } as Call<Operation>);
    if (operation.download) return reply as Response;
    return Response.json(operation.reply.parse(reply), { status: (operation.status ?? 200) as ContentfulStatusCode, headers });
  } catch (error) {
    if (who?.key && operation.key === 'ingest') noteRefusal(deps, who, { client: 'http', at }, error);
    return problemResponse(deps.log, request, error, headers);
  }
};

const checkUpload = (request: Request, accepted: readonly string[]): void => {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim() ?? '';
  if (!accepted.includes(type)) throw new Problem('unsupported-media-type', `Send the file as ${accepted.join(' or ')}; this came as "${type || 'nothing'}"`);
};
