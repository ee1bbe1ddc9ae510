import type { Operation } from '@tideline/contracts/operation';
import type { ProblemCode, ProblemDetail } from '@tideline/contracts/problem';

/** A refusal in the server's own words: `message` is a sentence to show, `errors` name the fields. */
export class ApiProblem extends Error {
  readonly code: ProblemCode | 'unreachable';
  readonly status: number;
  readonly errors: ProblemDetail[];
  /** How long to wait before trying again, where the server said so. */
  readonly retryAfterS: number | null;
  constructor(code: ProblemCode | 'unreachable', status: number, message: string, errors: ProblemDetail[] = [], retryAfterS: number | null = null) {
    super(message);
    this.name = 'ApiProblem';
    this.code = code;
    this.status = status;
    this.errors = errors;
    this.retryAfterS = retryAfterS;
  }
}

export type Parts = {
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
  /** The file of an upload; sent as it is. */
  file?: Blob;
  /** Content type of `file`, where the browser does not know it. */
  type?: string;
  signal?: AbortSignal;
};

/** The address of an operation under `base`, its `{parameters}` filled in and its query appended. */
export const addressOf = (base: string, operation: Operation, parts: Parts): string => {
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = parts.params?.[name];
    if (value === undefined) throw new Error(`${operation.method} ${operation.path} needs params.${name}`);
    return encodeURIComponent(String(value));
  });
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parts.query ?? {})) {
    if (value !== undefined && value !== null) query.set(name, Array.isArray(value) ? value.join(',') : String(value));
  }
  const search = query.toString();
  return `${base}${path}${search ? `?${search}` : ''}`;
};

const payloadOf = (operation: Operation, parts: Parts): RequestInit => {
  if (operation.upload) return { body: parts.file ?? null, headers: { 'content-type': parts.type ?? (parts.file?.type || operation.upload[0] || '') } };
  if (operation.body) return { body: JSON.stringify(parts.body ?? {}), headers: { 'content-type': 'application/json' } };
  return {};
};

/** Sends one operation and returns its checked reply. Throws `ApiProblem` for every expected failure. */
export const send = async (base: string, operation: Operation, parts: Parts): Promise<unknown> => {
  const response = await reach(addressOf(base, operation, parts), {
    method: operation.method,
    ...payloadOf(operation, parts),
    ...(parts.signal ? { signal: parts.signal } : {}),
  });
  if (!response.ok) throw await problemOf(response);
  return operation.reply.parse(await response.json());
};

export const unreachable = (): ApiProblem => new ApiProblem('unreachable', 0, 'The server cannot be reached. Nothing was changed; try again in a moment.');

const reach = async (address: string, init: RequestInit): Promise<Response> => {
  try {
    return await fetch(address, init);
  } catch (error) {
    // A call that was given up is not a failure to report.
    if (init.signal?.aborted || !(error instanceof TypeError)) throw error;
    throw unreachable();
  }
};

const problemOf = async (response: Response): Promise<ApiProblem> => {
  const wait = Number(response.headers.get('retry-after'));
  const retryAfterS = Number.isFinite(wait) && wait > 0 ? wait : null;
  if (!response.headers.get('content-type')?.includes('application/problem+json')) {
    return new ApiProblem('unavailable', response.status, `The server answered ${response.status} without saying why. Try again in a moment.`, [], retryAfterS);
  }
  return writtenProblem(response.status, await response.text(), retryAfterS);
};

/** A problem+json body as the refusal it is. */
export const writtenProblem = (status: number, body: string, retryAfterS: number | null = null): ApiProblem => {
  const said = JSON.parse(body) as { code: ProblemCode; detail: string; errors: ProblemDetail[] };
  return new ApiProblem(said.code, status, said.detail, said.errors, retryAfterS);
};

/** The words to show for what a call threw. A bug is not a refusal: it goes on to the error boundary. */
export const problemText = (error: unknown): string => {
  if (!(error instanceof ApiProblem)) throw error;
  return error.message;
};
