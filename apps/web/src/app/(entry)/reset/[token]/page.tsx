import { look } from '@tideline/engine/password-reset';
import type { Metadata } from 'next';
import { composed } from '../../../../composed.ts';
import { Heading } from '../../heading.tsx';
import { LinkGone } from '../../link-gone.tsx';
import { ResetForm } from './reset-form.tsx';

// The address is a secret: it must not travel on to another site.
export const metadata: Metadata = { title: 'Set a new password', referrer: 'no-referrer' };

export default async function ResetPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const person = await look(composed().deps, token);
  if (!person) return <LinkGone action={{ href: '/forgot', label: 'Ask for a new link' }}>It was used already or has expired.</LinkGone>;
  return (
    <>
      <Heading title="Set a new password">For {person.email}. It signs you out everywhere else.</Heading>
      <ResetForm token={token} email={person.email} />
    </>
  );
}
