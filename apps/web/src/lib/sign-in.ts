import { signIn, signOut } from 'next-auth/react';
import { ApiProblem } from './request.ts';

/** Signs in by e-mail and password. Throws `ApiProblem` with the server's words when it is refused. */
export const signInByPassword = async (email: string, password: string): Promise<void> => {
  const answer = await signIn('credentials', { email, password, redirect: false });
  if (answer?.ok) return;
  throw refusal(answer?.error ?? null);
};

const refusal = (text: string | null): ApiProblem => {
  const said = asRefusal(text);
  if (!said) return new ApiProblem('unreachable', 0, 'The server cannot be reached. Nothing was changed; try again in a moment.');
  return said.retryAfterS === null
    ? new ApiProblem('not-signed-in', 401, said.detail)
    : new ApiProblem('too-many-requests', 429, said.detail, [], said.retryAfterS);
};

/** The form next-auth carries a refusal in is text alone; ours is JSON, anything else is not ours. */
const asRefusal = (text: string | null): { detail: string; retryAfterS: number | null } | null => {
  if (!text?.startsWith('{')) return null;
  return JSON.parse(text) as { detail: string; retryAfterS: number | null };
};

export const signInByProvider = (back: string): Promise<unknown> => signIn('oidc', { callbackUrl: back });

/** Ends this session and shows the sign-in page. */
export const leave = (): Promise<unknown> => signOut({ callbackUrl: '/sign-in' });
