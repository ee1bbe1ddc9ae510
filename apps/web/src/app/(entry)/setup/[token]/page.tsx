import { mayClaim } from '@tideline/engine/setup';
import type { Metadata } from 'next';
import { composed } from '../../../../composed.ts';
import { Heading } from '../../heading.tsx';
import { LinkGone } from '../../link-gone.tsx';
import { SetupForm } from './setup-form.tsx';

// The address is a secret: it must not travel on to another site.
export const metadata: Metadata = { title: 'Set up', referrer: 'no-referrer' };

export default async function SetupTokenPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  if (!(await mayClaim(composed().deps, token))) {
    return <LinkGone action={{ href: '/setup', label: 'How to make a new one' }}>It was used already or has expired, or the first workspace exists.</LinkGone>;
  }
  return (
    <>
      <Heading title="Set up Tideline">You become the admin of the first workspace.</Heading>
      <SetupForm token={token} />
    </>
  );
}
