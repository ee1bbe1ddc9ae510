import { Problem } from '@tideline/contracts/problem';
import { byPassword, byVerifiedEmail } from '@tideline/engine/sign-in';
import type { AuthOptions, User } from 'next-auth';
import type { OAuthConfig } from 'next-auth/providers/oauth';
import CredentialsProvider from 'next-auth/providers/credentials';
import type { Composed, OidcProvider } from './composed.ts';
import { SESSION_S } from './session.ts';

type Verified = User & { sessionVersion?: number; verifiedEmail?: string | null };
type Claims = { sub: string; email?: string; email_verified?: boolean; name?: string };

/** What a failed sign-in tells the form: the words of the refusal and the seconds to wait, if any. */
export const refusalText = (problem: Problem): string => JSON.stringify({ detail: problem.message, retryAfterS: problem.retryAfterS ?? null });

const byOidc = (provider: OidcProvider): OAuthConfig<Claims> => ({
  id: 'oidc',
  name: provider.name,
  type: 'oauth',
  wellKnown: `${provider.issuer}/.well-known/openid-configuration`,
  clientId: provider.clientId,
  clientSecret: provider.clientSecret,
  authorization: { params: { scope: 'openid email profile' } },
  idToken: true,
  checks: ['pkce', 'state', 'nonce'],
  // An address the provider does not vouch for proves nothing: anyone could have typed it there.
  profile: (claims) => ({ id: claims.sub, verifiedEmail: claims.email_verified === true ? (claims.email ?? null) : null }) as Verified,
});

/** Sessions are signed tokens with the person and their session version, nothing else: workspace and role are read anew on each request. */
export const authOptions = ({ deps, auth }: Composed): AuthOptions => ({
  secret: auth.secret,
  useSecureCookies: auth.secureCookies,
  session: { strategy: 'jwt', maxAge: SESSION_S },
  pages: { signIn: '/sign-in', error: '/sign-in' },
  providers: [
    CredentialsProvider({
      credentials: { email: {}, password: {} },
      authorize: async (given, request) => {
        const headers = (request.headers ?? {}) as Record<string, string | undefined>;
        try {
          const address = headers['x-tideline-address'] ?? 'unknown';
          const signedIn = await byPassword(deps, { email: given?.email ?? '', password: given?.password ?? '', address });
          return { id: signedIn.userId, sessionVersion: signedIn.sessionVersion } as Verified;
        } catch (error) {
          if (error instanceof Problem) throw new Error(refusalText(error), { cause: error });
          throw error;
        }
      },
    }),
    ...(auth.oidc ? [byOidc(auth.oidc)] : []),
  ],
  callbacks: {
    signIn: async ({ user, account }) => {
      if (account?.provider !== 'oidc') return true;
      const email = (user as Verified).verifiedEmail;
      if (!email) return '/sign-in?refused=unverified';
      return (await byVerifiedEmail(deps, email)) ? true : '/sign-in?refused=unknown';
    },
    jwt: async ({ token, user, account }) => {
      if (!account) return token;
      const verified = user as Verified;
      if (account.provider !== 'oidc') return { uid: verified.id, sessionVersion: verified.sessionVersion };
      const signedIn = verified.verifiedEmail ? await byVerifiedEmail(deps, verified.verifiedEmail) : null;
      if (!signedIn) throw new Error('signed in as nobody');
      return { uid: signedIn.userId, sessionVersion: signedIn.sessionVersion };
    },
    session: ({ session }) => ({ expires: session.expires }),
  },
});
