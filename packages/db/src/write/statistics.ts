import type { Db } from '../client.ts';

/** Tables whose rows come in bulk with an import: until the planner knows their size it joins them row by row. */
const BULK = ['account', 'daily_usage', 'daily_revenue', 'account_day', 'rescore', 'monthly_revenue'] as const;

/** Lets the planner see what has just been written. Needs PostgreSQL 17 or later (the privilege MAINTAIN, roles.sql). */
export const refreshStatistics = async (db: Db): Promise<void> => {
  await db.prisma.$executeRawUnsafe(`ANALYZE ${BULK.join(', ')}`);
};
