/** Waits between attempts: the first is at most this, and each further one at most twice the one before. */
const FIRST_MS = 500;
const LONGEST_MS = 30_000;
const LONGEST_ASKED_MS = 3_600_000;

/** Exponential backoff with full jitter: many clients that failed together do not come back together. `attempt` counts from 1. */
export const backoffMs = (attempt: number, random: () => number): number => random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt - 1, 20));

/** What a `Retry-After` header asks for (seconds, or a date), at most an hour; 0 when it says nothing. */
export const retryAfterMs = (header: string | null, nowMs: number): number => {
  const text = header?.trim() ?? '';
  if (text === '') return 0;
  const asked = /^\d+$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - nowMs;
  return Number.isNaN(asked) ? 0 : Math.min(LONGEST_ASKED_MS, Math.max(0, asked));
};
