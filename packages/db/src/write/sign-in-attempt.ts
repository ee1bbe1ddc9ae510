import type { Prisma } from '../../generated/client.ts';

type SystemTx = Prisma.TransactionClient;
export type Attempts = { key: string; failures: number; windowStart: Date };

/**
 * Counts one attempt under each key and answers the counts, this one included. A window starts with its
 * first attempt and is not prolonged by later ones. Counting comes before judging, so that a burst of
 * parallel guesses cannot pass a limit that each of them still saw unreached. System role.
 */
export const countAttempts = (tx: SystemTx, keys: readonly string[], now: Date, windowMs: number): Promise<Attempts[]> => {
  const stale = new Date(now.getTime() - windowMs);
  // Sorted: two attempts that share keys lock them in one order.
  const sorted = keys.toSorted();
  return tx.$queryRaw<Attempts[]>`
    INSERT INTO sign_in_attempt AS a (key, failures, window_start)
    SELECT key, 1, ${now}::timestamptz FROM unnest(${sorted}::text[]) AS key
    ON CONFLICT (key) DO UPDATE SET
      failures = CASE WHEN a.window_start <= ${stale}::timestamptz THEN 1 ELSE a.failures + 1 END,
      window_start = CASE WHEN a.window_start <= ${stale}::timestamptz THEN ${now}::timestamptz ELSE a.window_start END
    RETURNING key, failures, window_start AS "windowStart"`;
};

/**
 * After a success: the person's count is forgotten, the address gets back the one attempt that was counted
 * for it, and what is older than a day goes. System role.
 */
export const forgiveAttempts = async (tx: SystemTx, personKey: string, addressKey: string, now: Date): Promise<void> => {
  const dayAgo = new Date(now.getTime() - 86_400_000);
  await tx.signInAttempt.deleteMany({ where: { OR: [{ key: personKey }, { windowStart: { lt: dayAgo } }] } });
  await tx.signInAttempt.updateMany({ where: { key: addressKey, failures: { gt: 0 } }, data: { failures: { decrement: 1 } } });
};
