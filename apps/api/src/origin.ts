import { Problem } from '@tideline/contracts/problem';

/** A write by session must come from our own pages: the cookie alone proves nothing about who composed it. */
export const checkOrigin = (request: Request, baseUrl: string): void => {
  if (request.method === 'GET') return;
  const origin = request.headers.get('origin');
  const own = [new URL(baseUrl).origin, new URL(request.url).origin];
  if (!origin || !own.includes(origin))
    throw new Problem('wrong-origin', `This write came from ${origin ?? 'an unnamed origin'}: open Tideline itself and try again`);
};
