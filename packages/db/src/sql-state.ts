import pg from 'pg';
import { Prisma } from '../generated/client.ts';

/** PostgreSQL's five-character code of a failed statement; null when the error is not PostgreSQL's. */
export const sqlStateOf = (error: unknown): string | null => {
  if (error instanceof pg.DatabaseError) return error.code ?? null;
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return null;
  const meta = error.meta as { driverAdapterError?: { cause?: { originalCode?: unknown } } } | undefined;
  const code = meta?.driverAdapterError?.cause?.originalCode;
  return typeof code === 'string' ? code : null;
};

/** Deadlock or serialization failure: the same transaction may succeed when it is run again. */
export const isWorthRepeating = (error: unknown): boolean => ['40P01', '40001'].includes(sqlStateOf(error) ?? '');
