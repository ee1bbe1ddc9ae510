import * as z from 'zod';

/** Every error code a caller can meet: its HTTP status and title. The docs list is made from this table. */
export const problems = {
  'invalid-request': { status: 400, title: 'The request is not in the expected form' },
  'not-signed-in': { status: 401, title: 'Sign in, or send a valid API key' },
  'not-allowed': { status: 403, title: 'Your role or key does not allow this' },
  'wrong-origin': { status: 403, title: 'The request came from another site' },
  'not-found': { status: 404, title: 'There is nothing here' },
  conflict: { status: 409, title: 'It was changed or exists already' },
  'too-large': { status: 413, title: 'The request is too large' },
  'unsupported-media-type': { status: 415, title: 'This content type is not accepted here' },
  'rule-violated': { status: 422, title: 'The request is understood but not possible' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something failed on our side' },
  unavailable: { status: 503, title: 'Not ready to answer' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof problems;

/** An expected failure; `serve.ts` alone turns it into an HTTP answer. Anything else thrown is a bug. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly errors: ProblemDetail[];
  readonly retryAfterS: number | undefined;
  constructor(code: ProblemCode, detail: string, more: { errors?: ProblemDetail[]; retryAfterS?: number } = {}) {
    super(detail);
    this.name = 'Problem';
    this.code = code;
    this.errors = more.errors ?? [];
    this.retryAfterS = more.retryAfterS;
  }
}

/** Where in the request something is wrong, and how to put it right. */
export type ProblemDetail = { path: string; message: string };

/** RFC 9457 problem+json. */
export const ProblemReply = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.enum(Object.keys(problems) as [ProblemCode, ...ProblemCode[]]),
    detail: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })),
  })
  .meta({ id: 'Problem' });
