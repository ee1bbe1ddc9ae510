import { Problem, problems } from '@tideline/contracts/problem';
import { type Allowance, Spent, spend } from '@tideline/engine/allowance';
import type { Deps, Who } from '@tideline/engine/deps';
import { noteIntake } from '@tideline/engine/intake';

/** Takes the events of a request from what its key may send, and says in the answer's headers how much is left. Throws `too-many-requests`. */
export const limit = (deps: Deps, who: Who, events: number, headers: Headers): void => {
  try {
    tell(headers, spend(deps, who, events));
  } catch (error) {
    if (error instanceof Spent) tell(headers, error.allowances);
    throw error;
  }
};

/** `RateLimit-Policy` and `RateLimit` as draft-ietf-httpapi-ratelimit-headers-10 writes them: quota and window, what remains and when it is whole again. */
const tell = (headers: Headers, allowances: readonly Allowance[]): void => {
  if (allowances.length === 0) return;
  headers.set('ratelimit-policy', allowances.map(({ of, quota }) => `"${of}";q=${quota};w=60`).join(', '));
  headers.set('ratelimit', allowances.map(({ of, remaining, resetS }) => `"${of}";r=${remaining};t=${resetS}`).join(', '));
};

/** Notes a request that was refused whole, for the event debugger. */
export const noteRefusal = (deps: Deps, who: Who, from: { client: string; at: Date }, error: unknown): void => {
  const problem = error instanceof Problem ? error : null;
  noteIntake(deps, who, { ...from, status: problem ? problems[problem.code].status : 500, reason: problem?.message ?? 'Something failed on our side' });
};
