import { Problem } from '@tideline/contracts/problem';
import type { Who } from '@tideline/engine/deps';
import { personOf } from '@tideline/engine/sign-in';
import { enter } from '@tideline/engine/workspace';
import { cookies, headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import { composed } from '../composed.ts';
import { readSession, sessionCookie } from '../session.ts';
import { ADDRESS_HEADER, returnAddress, signInAddress } from './return-address.ts';

const session = async () => {
  const { auth } = composed();
  return readSession(auth, (await cookies()).get(sessionCookie(auth))?.value);
};

const toSignIn = async (): Promise<never> => redirect(signInAddress(returnAddress((await headers()).get(ADDRESS_HEADER))));

/** The person who is signed in, for pages outside a workspace; null when nobody is. Read once per request. */
export const currentPerson = cache(async () => {
  const signedIn = await session();
  return signedIn && personOf(composed().deps, signedIn);
});

/**
 * Who the person is in the workspace that the address names: every page of a workspace starts with it. Sends to
 * sign-in when nobody is signed in, and answers "not found" for another's workspace exactly as for a missing one.
 * Read once per request, so that layout and page may both ask.
 */
export const whoIs = cache(async (workspace: string): Promise<Who> => {
  const signedIn = await session();
  if (!signedIn) return toSignIn();
  try {
    return await enter(composed().deps, signedIn, workspace);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return error.code === 'not-signed-in' ? toSignIn() : notFound();
  }
});
