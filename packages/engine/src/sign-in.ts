import { Problem } from '@tideline/contracts/problem';
import { personByEmail, personById } from '@tideline/db/read/person';
import { asSystem } from '@tideline/db/system';
import { endSessions } from '@tideline/db/write/person';
import type { Deps } from './deps.ts';
import { isPassword } from './password.ts';
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

/** Ends every session of the person, on every device. */
export const signOutEverywhere = (deps: Deps, userId: string): Promise<void> => asSystem(deps.system, 'sign-out', (tx) => endSessions(tx, userId));
