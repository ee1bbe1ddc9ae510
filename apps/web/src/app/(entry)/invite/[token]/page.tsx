import { look } from '@tideline/engine/invitation';
import { isRole } from '@tideline/domain/role';
import type { Metadata } from 'next';
import { composed } from '../../../../composed.ts';
import { roleWords } from '../../../../lib/role-words.ts';
import { currentPerson } from '../../../../lib/who.ts';
import { Heading } from '../../heading.tsx';
import { LinkGone } from '../../link-gone.tsx';
import { AcceptForm } from './accept-form.tsx';
import { JoinButton, OtherPerson, SignInFirst } from './join.tsx';

// The address is a secret: it must not travel on to another site.
export const metadata: Metadata = { title: 'Invitation', referrer: 'no-referrer' };

export default async function InvitePage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const [invitation, person] = await Promise.all([look(composed().deps, token), currentPerson()]);
  if (!invitation) {
    return (
      <LinkGone action={{ href: '/', label: 'Go to Tideline' }}>
        The invitation was accepted or withdrawn, or its seven days are over. Ask whoever invited you for a new one.
      </LinkGone>
    );
  }
  const { email, workspace, role, known } = invitation;
  const part = () => {
    if (person)
      return person.email === email ? <JoinButton token={token} workspace={workspace.name} /> : <OtherPerson signedInAs={person.email} invited={email} />;
    return known ? <SignInFirst token={token} email={email} /> : <AcceptForm token={token} email={email} />;
  };
  return (
    <>
      <Heading title={`Join ${workspace.name}`}>
        {email} is invited as {isRole(role) ? roleWords[role].label : role}.
      </Heading>
      {part()}
    </>
  );
}
