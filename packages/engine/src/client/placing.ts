import type { Placement } from '@tideline/db/write/client-user';
import { isFields, type Step } from './step.ts';

/** Where users belong at a time, as known before a request and said in it. */
export type Placing = {
  /** The account of a user then: the latest it was put into by that time, else the first ever. */
  accountAt: (user: string, ms: number) => string | null;
  /** What the request said that is not known yet. */
  readonly added: readonly Placement[];
};

/** Users of whom a request asks where they belong. */
export const usersIn = (steps: readonly Step[]): string[] => {
  const users = steps.flatMap((step) => {
    if (step.do === 'alias') return [step.from, step.into];
    if (step.do === 'place') return [step.user];
    return step.do === 'event' && step.user !== null && !step.fault && !namesAccount(step.event) ? [step.user] : [];
  });
  return [...new Set(users)];
};

/** Whether an event says itself whose it is, or is none at all. */
export const namesAccount = (event: unknown): boolean => !isFields(event) || (event.account !== undefined && event.account !== null);

/** Adds what a request says to what is known. An alias gives a user all that is known of the one it was before. */
export const placing = (known: readonly Placement[], steps: readonly Step[]): Placing => {
  const byUser = new Map<string, Placement[]>();
  const added: Placement[] = [];
  const by = (user: string, ms: number) => byUser.get(user)?.findLast(({ atMs }) => atMs <= ms);
  const note = (placement: Placement): boolean => {
    const own = byUser.get(placement.user) ?? [];
    if (own.some(({ atMs }) => atMs === placement.atMs)) return false;
    byUser.set(
      placement.user,
      [...own, placement].toSorted((a, b) => a.atMs - b.atMs),
    );
    return true;
  };
  for (const placement of known) note(placement);
  for (const step of steps) {
    if (step.do !== 'place') continue;
    const placement = { user: step.user, account: step.account, atMs: step.atMs };
    // Also one that repeats the account: a call that comes late, dated between the two, would stand until the next without it.
    if (note(placement)) added.push(placement);
  }
  for (const step of steps) {
    if (step.do !== 'alias') continue;
    for (const before of byUser.get(step.from) ?? []) {
      const placement = { ...before, user: step.into };
      if (note(placement)) added.push(placement);
    }
  }
  return { accountAt: (user, ms) => (by(user, ms) ?? byUser.get(user)?.[0])?.account ?? null, added };
};
