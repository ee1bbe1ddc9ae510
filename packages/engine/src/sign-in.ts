import { Problem } from '@tideline/contracts/problem';
import { personByEmail, personById } from '@tideline/db/read/person';
import { asSystem } from '@tideline/db/system';
import { endSessions, setPassword } from '@tideline/db/write/person';
import type { Deps } from './deps.ts';
import { hashPassword, isPassword } from './password.ts';
import { countOrRefuse, forgive } from './throttle.ts';

/** Who signed in; what a session carries and nothing more. */
export type SignedIn = { readonly userId: string; readonly sessionVersion: number };

/**
 * Signs in by e-mail and password. `address` is the caller's network address. Throws `not-signed-in` for a
 * wrong pair, alike whether the person exists, and `too-many-requests` past ten failures in 15 minutes.
 */
export const byPassword = async (deps: Deps, given: { email: string; password: string; address: string }): Promise<SignedIn> => {
  const email = given.email.trim().toLowerCase();
  const attempt = { purpose: 'sign-in', email, address: given.address } as const;
  await countOrRefuse(deps, attempt);
  const person = await asSystem(deps.system, 'sign-in', (tx) => personByEmail(tx, email));
  const right = await isPassword(person?.passwordHash ?? null, given.password);
  if (!person || !right) throw new Problem('not-signed-in', 'E-mail and password do not go together. Check both, or ask for a new password.');
  await forgive(deps, attempt);
  return { userId: person.id, sessionVersion: person.sessionVersion };
};

/** Signs in whom an OpenID Connect provider vouches for, by the e-mail it verified; null when nobody here has it. */
export const byVerifiedEmail = async (deps: Deps, email: string): Promise<SignedIn | null> => {
  const person = await asSystem(deps.system, 'sign-in', (tx) => personByEmail(tx, email.trim().toLowerCase()));
  return person && { userId: person.id, sessionVersion: person.sessionVersion };
};

/** The person behind a session; null when it was ended or the person is gone. */
export const personOf = async (deps: Deps, signedIn: SignedIn) => {
  const person = await asSystem(deps.system, 'session', (tx) => personById(tx, signedIn.userId));
  return person?.sessionVersion === signedIn.sessionVersion ? person : null;
};

/**
 * Sets a new password for whom the session names and the current password proves, and ends every session, the asking
 * one too: it signs in anew. A wrong current password counts as a failed sign-in: a borrowed session guesses no faster.
 */
export const changePassword = async (deps: Deps, given: { userId: string; current: string; password: string; address: string }): Promise<{ email: string }> => {
  const person = await asSystem(deps.system, 'password change', async (tx) => {
    const found = await personById(tx, given.userId);
    return found && personByEmail(tx, found.email);
  });
  if (!person?.passwordHash) {
    throw new Problem('rule-violated', 'You sign in without a password. To set one, sign out and ask for a new password on the sign-in page.');
  }
  const attempt = { purpose: 'sign-in', email: person.email, address: given.address } as const;
  await countOrRefuse(deps, attempt);
  if (!(await isPassword(person.passwordHash, given.current))) {
    const message = 'This is not your current password';
    throw new Problem('invalid-request', message, { errors: [{ path: 'body.current', message }] });
  }
  await forgive(deps, attempt);
  const passwordHash = await hashPassword(given.password);
  await asSystem(deps.system, 'password change', (tx) => setPassword(tx, person.id, passwordHash));
  return { email: person.email };
};

/** Ends every session of the person, on every device. */
export const signOutEverywhere = (deps: Deps, userId: string): Promise<void> => asSystem(deps.system, 'sign-out', (tx) => endSessions(tx, userId));
