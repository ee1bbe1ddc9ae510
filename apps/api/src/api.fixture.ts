import type { LiveHub } from '@tideline/db/live';
import { testDeps, type TestDeps } from '@tideline/engine/deps.fixture';
import { readiness } from '@tideline/engine/health';
import type { Hono } from 'hono';
import { createApi } from './app.ts';

export type Answer = { status: number; body: Record<string, unknown> };
/** Calls the API as a signed-in person, from our own pages. `as` null: nobody is signed in. */
export type Ask = (as: string | null, method: string, path: string, body?: unknown) => Promise<Answer>;

const silent: LiveHub = { subscribe: () => () => undefined, close: async () => undefined };

/** The API on the real database, and how to ask it. Requests name who is signed in by a header instead of a cookie. */
export const testApi = (urls: { appUrl: string; systemUrl: string }): { deps: TestDeps; ask: Ask; api: Hono } => {
  const deps = testDeps(urls);
  const session = async (request: Request) => {
    const userId = request.headers.get('x-test-person');
    return userId ? { userId, sessionVersion: 0 } : null;
  };
  const api = createApi({ deps, hub: silent, session, ready: () => readiness(deps, { ping: async () => undefined }), closing: new AbortController().signal });
  const ask: Ask = async (as, method, path, body) => {
    const headers = new Headers({
      origin: deps.baseUrl,
      ...(as ? { 'x-test-person': as } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    });
    const answer = await api.request(`${deps.baseUrl}/api/v1${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    return { status: answer.status, body: (await answer.json()) as Answer['body'] };
  };
  return { deps, ask, api };
};
