'use client';
import Link from 'next/link';
import { useState } from 'react';
import { entryApi } from '../../../../lib/entry-api.ts';
import { problemText } from '../../../../lib/request.ts';
import { leave } from '../../../../lib/sign-in.ts';
import { signInAddress } from '../../../../lib/return-address.ts';
import { Button } from '../../../../ui/button.tsx';
import { FormError } from '../../../../ui/form-error.tsx';

/** The invited person is signed in: one button. */
export const JoinButton = ({ token, workspace }: { token: string; workspace: string }) => {
  const [refused, refuse] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const join = async () => {
    setBusy(true);
    try {
      const { workspace: slug } = await entryApi('joinByInvitation', { body: { token } });
      window.location.assign(`/w/${slug}`);
    } catch (error) {
      setBusy(false);
      refuse(problemText(error));
    }
  };
  return (
    <>
      <FormError>{refused}</FormError>
      <Button look="primary" busy={busy} onClick={() => void join()}>
        Join {workspace}
      </Button>
    </>
  );
};

/** The invited person has an account: they sign in and come back here. */
export const SignInFirst = ({ token, email }: { token: string; email: string }) => (
  <>
    <p className="mb-4 text-text-2">You have a Tideline account already. Sign in to accept.</p>
    <Button asChild look="primary">
      <Link href={`${signInAddress(`/invite/${token}`)}&email=${encodeURIComponent(email)}`}>Sign in</Link>
    </Button>
  </>
);

/** Someone else is signed in on this device. */
export const OtherPerson = ({ signedInAs, invited }: { signedInAs: string; invited: string }) => (
  <>
    <p className="mb-4 text-text-2">
      You are signed in as {signedInAs}. Sign out, then open this link again as {invited}.
    </p>
    <Button onClick={() => void leave()}>Sign out</Button>
  </>
);
