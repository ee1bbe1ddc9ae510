import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { isEmpty } from '@tideline/engine/setup';
import { composed } from '../../../composed.ts';
import { returnAddress } from '../../../lib/return-address.ts';
import { currentPerson } from '../../../lib/who.ts';
import { Heading } from '../heading.tsx';
import { SignInForm } from './sign-in-form.tsx';

export const metadata: Metadata = { title: 'Sign in' };

/** Why a provider's sign-in was refused here, in words. */
const refusals: Record<string, string> = {
  unverified: 'Your provider does not vouch for your e-mail address, so we cannot tell who you are. Sign in with your password, or ask your admin.',
  unknown: 'Nobody here has the e-mail address your provider named. Ask an admin of your workspace for an invitation.',
};

export default async function SignInPage({ searchParams }: { searchParams: Promise<Record<string, string | string[] | undefined>> }) {
  const query = await searchParams;
  const text = (name: string) => (typeof query[name] === 'string' ? query[name] : undefined);
  const back = returnAddress(text('next')) ?? '/';
  if (await currentPerson()) redirect(back);
  const { deps, auth } = composed();
  if (await isEmpty(deps)) redirect('/setup');
  const refused = refusals[text('refused') ?? ''] ?? (text('error') ? 'Signing in with the provider did not work. Try again, or use your password.' : null);
  return (
    <>
      <Heading title="Sign in" />
      <SignInForm back={back} provider={auth.oidc?.name ?? null} refused={refused} email={text('email') ?? ''} />
    </>
  );
}
