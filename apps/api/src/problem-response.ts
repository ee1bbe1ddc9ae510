import { Problem, problems } from '@tideline/contracts/problem';
import type { Log } from '@tideline/engine/deps';

/** Turns anything thrown into problem+json. What is not a `Problem` is a bug: logged whole, shown without detail. */
export const problemResponse = (log: Log, request: Request, error: unknown, more?: Headers): Response => {
  const problem = error instanceof Problem ? error : new Problem('internal', 'Something failed on our side; nothing was changed by this request');
  if (problem !== error) log.error({ err: error, method: request.method, path: new URL(request.url).pathname }, 'request failed');
  const { status, title } = problems[problem.code];
  const body = { type: `/docs/api#${problem.code}`, title, status, code: problem.code, detail: problem.message, errors: problem.errors };
  const headers = new Headers(more);
  headers.set('content-type', 'application/problem+json');
  headers.set('cache-control', 'no-store');
  if (problem.retryAfterS !== undefined) headers.set('retry-after', String(problem.retryAfterS));
  return new Response(JSON.stringify(body), { status, headers });
};
