import { hash, verify } from '@node-rs/argon2';

// argon2id with 19 MiB and two passes (the library's defaults, and OWASP's first choice): about 20 ms to verify.

/** The form in which a password is kept. */
export const hashPassword = (password: string): Promise<string> => hash(password);

let nobody: Promise<string> | null = null;

/**
 * Whether the password is the person's. `kept` null (no such person, or no password) takes as long as a wrong
 * password does, so that the time tells nobody who has an account.
 */
export const isPassword = async (kept: string | null, password: string): Promise<boolean> => {
  nobody ??= hash('the password of nobody');
  const against = kept ?? (await nobody);
  const same = await verify(against, password);
  return same && kept !== null;
};
