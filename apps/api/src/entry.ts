import { entryOperations, type EntryName, type EntryOperation, type EntryOperations } from '@tideline/contracts/entry';
import type { BodyOf, ReplyOf } from '@tideline/contracts/operation';
import { Problem } from '@tideline/contracts/problem';
import type { Deps } from '@tideline/engine/deps';
import * as invitation from '@tideline/engine/invitation';
import * as passwordReset from '@tideline/engine/password-reset';
import * as setup from '@tideline/engine/setup';
import * as signIn from '@tideline/engine/sign-in';
import * as workspace from '@tideline/engine/workspace';
import type { Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { parsed, readBody } from './body.ts';
import { callerAddress } from './caller-address.ts';
import { checkOrigin } from './origin.ts';
import { problemResponse } from './problem-response.ts';
import type { ServeOptions } from './serve.ts';

/** `userId` is there wherever the operation asks for a person. */
type EntryCall<O extends EntryOperation> = { deps: Deps; body: BodyOf<O>; address: string; userId: O['who'] extends 'person' ? string : null };
type EntryRoutes = { [K in EntryName]: (call: EntryCall<EntryOperations[K]>) => Promise<ReplyOf<EntryOperations[K]>> };

const routes: EntryRoutes = {
  askReset: async ({ deps, body, address }) => {
    await passwordReset.ask(deps, { ...body, address });
    return {};
  },
  setPassword: ({ deps, body, address }) => passwordReset.reset(deps, { ...body, address }),
  acceptInvitation: ({ deps, body }) => invitation.accept(deps, body),
  joinByInvitation: ({ deps, body, userId }) => invitation.join(deps, userId, body.token),
  setUpInstallation: ({ deps, body }) => setup.claim(deps, body),
  createWorkspace: ({ deps, body, userId }) => workspace.create(deps, userId, body),
  changePassword: ({ deps, body, userId, address }) => signIn.changePassword(deps, { ...body, userId, address }),
  endSessions: async ({ deps, userId }) => {
    await signIn.signOutEverywhere(deps, userId);
    return {};
  },
};

type AnyRoute = (call: { deps: Deps; body: unknown; address: string; userId: string | null }) => Promise<unknown>;

/** Mounts what happens before a workspace is known, below `/api/v1/entry`. By cookie or by nobody: the origin is always checked. */
export const serveEntry = (app: Hono, { deps, session }: ServeOptions): void => {
  for (const [name, operation] of Object.entries<EntryOperation>(entryOperations)) {
    // Exhaustive by type above; only the loop cannot see which route goes with which record.
    const route = routes[name as EntryName] as AnyRoute;
    app.on(operation.method, `/api/v1/entry${operation.path}`, async (c) => {
      const request = c.req.raw;
      try {
        checkOrigin(request, deps.baseUrl);
        const userId = operation.who === 'person' ? await signedInAs(deps, await session(request)) : null;
        const body = operation.body ? parsed(operation.body, await readBody(request), 'body') : undefined;
        const reply = await route({ deps, body, address: callerAddress(request.headers), userId });
        const status = (operation.status ?? 200) as ContentfulStatusCode;
        return Response.json(operation.reply.parse(reply), { status, headers: { 'cache-control': 'no-store' } });
      } catch (error) {
        return problemResponse(deps.log, request, error);
      }
    });
  }
};

const signedInAs = async (deps: Deps, signedIn: signIn.SignedIn | null): Promise<string> => {
  const person = signedIn && (await signIn.personOf(deps, signedIn));
  if (!person) throw new Problem('not-signed-in', 'Sign in first');
  return person.id;
};
