import { NextResponse, type NextRequest } from 'next/server';
import { ADDRESS_HEADER, LAST_WORKSPACE_COOKIE, signInAddress } from './lib/return-address.ts';

const YEAR_S = 31_536_000;
const SESSION_COOKIES = ['next-auth.session-token', '__Secure-next-auth.session-token'];

/**
 * Sends who carries no session to sign-in with the way back, before any page is rendered. It proves nothing: whether
 * the session holds and whose workspace this is, each page asks anew (lib/who.ts).
 */
export const proxy = (request: NextRequest): NextResponse => {
  const { pathname, search } = request.nextUrl;
  const asked = `${pathname}${search}`;
  if (!SESSION_COOKIES.some((name) => request.cookies.has(name))) return NextResponse.redirect(new URL(signInAddress(asked), request.nextUrl));
  const headers = new Headers(request.headers);
  headers.set(ADDRESS_HEADER, asked);
  const response = NextResponse.next({ request: { headers } });
  const slug = pathname.split('/')[2] ?? '';
  response.cookies.set(LAST_WORKSPACE_COOKIE, slug, { path: '/', maxAge: YEAR_S, sameSite: 'lax', httpOnly: true });
  return response;
};

export const config = { matcher: '/w/:path*' };
