import { Problem } from '@tideline/contracts/problem';
import { asSystem } from '@tideline/db/system';
import { countAttempts, forgiveAttempts } from '@tideline/db/write/sign-in-attempt';
import type { Deps } from './deps.ts';

const WINDOW_MS = 15 * 60_000;

/** Attempts in a quarter of an hour. An office shares one address, so the address may fail more often than a person. */
const limits = { person: 10, address: 30 } as const;

type Attempt = { purpose: 'sign-in' | 'reset'; email: string; address: string };
const keysOf = ({ purpose, email, address }: Attempt) => ({ person: `${purpose} person ${email}`, address: `${purpose} address ${address}` });

/** Counts an attempt and refuses it past the limit, saying how long to wait. */
export const countOrRefuse = async (deps: Deps, attempt: Attempt): Promise<void> => {
  const keys = keysOf(attempt);
  const now = deps.now();
  const counted = await asSystem(deps.system, 'throttle', (tx) => countAttempts(tx, [keys.person, keys.address], now, WINDOW_MS));
  const over = counted.filter((count) => count.failures > limits[count.key === keys.person ? 'person' : 'address']);
  if (over.length === 0) return;
  const until = Math.max(...over.map((count) => count.windowStart.getTime() + WINDOW_MS));
  const waitS = Math.max(1, Math.ceil((until - now.getTime()) / 1_000));
  const minutes = Math.ceil(waitS / 60);
  throw new Problem('too-many-requests', `Too many attempts. Wait ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}, then try again.`, { retryAfterS: waitS });
};

/** After a success: failures of this person are forgotten. */
export const forgive = (deps: Deps, attempt: Attempt): Promise<void> => {
  const keys = keysOf(attempt);
  return asSystem(deps.system, 'throttle', (tx) => forgiveAttempts(tx, keys.person, keys.address, deps.now()));
};
