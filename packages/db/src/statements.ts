import type pg from 'pg';
import { Prisma } from '../generated/client.ts';

/** Raw statements alone: what a Prisma transaction offers of them, and what a plain connection can offer too. */
export type Statements = {
  $queryRaw<T = unknown>(query: TemplateStringsArray | Prisma.Sql, ...values: unknown[]): Promise<T>;
  $executeRaw(query: TemplateStringsArray | Prisma.Sql, ...values: unknown[]): Promise<number>;
};

/** Names statements by their text, so that PostgreSQL plans each once per connection; past the bound they go unnamed. */
export const createStatementNames = (): ((sql: string) => string) => {
  const names = new Map<string, string>();
  return (sql) => {
    if (!names.has(sql) && names.size < 2_000) names.set(sql, `s${names.size}`);
    return names.get(sql) ?? '';
  };
};

/** Statements on a connection, past Prisma's compiler (docs/decisions/0003). Values come as `pg` reads them: cast numeric and bigint to text. */
export const statementsOn = (client: pg.PoolClient, nameOf: (sql: string) => string): Statements => {
  const run = (query: TemplateStringsArray | Prisma.Sql, values: unknown[]) => {
    const sql = query instanceof Prisma.Sql ? query : Prisma.sql(query, ...values);
    return client.query({ name: nameOf(sql.text), text: sql.text, values: sql.values });
  };
  return {
    $queryRaw: async <T>(query: TemplateStringsArray | Prisma.Sql, ...values: unknown[]) => (await run(query, values)).rows as T,
    $executeRaw: async (query, ...values) => (await run(query, values)).rowCount ?? 0,
  };
};
