import { anAccount, aWorkspace, openWorld } from '@tideline/testkit/build';
import { afterAll, describe, expect, test } from 'vitest';
import { createDb } from './client.ts';
import { sqlStateOf } from './sql-state.ts';
import { type StatementTx, withStatements, withWorkspace } from './workspace.ts';

const world = await openWorld();
const db = createDb({ url: world.urls.appUrl, poolSize: 2 });
afterAll(() => db.close());
const [mine, other] = [await aWorkspace(world.arrange), await aWorkspace(world.arrange)];
await anAccount(world.arrange, mine, { name: 'Mine' });
await anAccount(world.arrange, other, { name: 'Other' });

const names = async (tx: StatementTx): Promise<string[]> => {
  const rows = await tx.db.$queryRaw<{ name: string }[]>`SELECT name FROM account ORDER BY name`;
  return rows.map(({ name }) => name);
};
const rename = (tx: StatementTx, name: string) => tx.db.$executeRaw`UPDATE account SET name = ${name}`;

describe.each([
  ['withWorkspace', withWorkspace],
  ['withStatements', withStatements],
] as const)('the door %s', (_, door) => {
  const through = <T>(workspaceId: string, fn: (tx: StatementTx) => Promise<T>): Promise<T> => door(db, workspaceId, fn);

  test('shows its workspace alone, though no statement says which', async () => {
    expect(await through(mine, names)).toEqual(['Mine']);
    expect(await through(other, names)).toEqual(['Other']);
  });

  test('closes behind itself: its connection shows nothing to who comes without a workspace', async () => {
    await through(mine, names);
    expect(await db.prisma.$queryRaw`SELECT name FROM account`).toEqual([]);
  });

  test('undoes everything when it fails, and its connection serves on', async () => {
    const fails = async (tx: StatementTx) => {
      expect(await rename(tx, 'Renamed')).toBe(1);
      return tx.db.$queryRaw`SELECT 1 / ${0}::int`;
    };
    for (let i = 0; i < 4; i++) {
      const error: unknown = await through(mine, fails).catch((caught: unknown) => caught);
      expect(sqlStateOf(error)).toBe('22012');
    }
    expect(await through(mine, names)).toEqual(['Mine']);
  });

  test('is not opened inside another, nor for what is no workspace', async () => {
    await expect(through(mine, () => withStatements(db, other, names))).rejects.toThrow('pass the transaction down');
    await expect(through(mine, () => withWorkspace(db, other, names))).rejects.toThrow('pass the transaction down');
    await expect(through(`${mine}'; --`, names)).rejects.toThrow('is not a workspace id');
  });

  test('has statements of one text planned once', async () => {
    const prepared = (tx: StatementTx) =>
      tx.db.$queryRaw<{ n: number }[]>`SELECT count(*)::int AS n FROM pg_prepared_statements WHERE statement LIKE '%once over%'`;
    const counts = await through(mine, async (tx) => {
      await tx.db.$queryRaw`SELECT ${1}::int AS "once over"`;
      await tx.db.$queryRaw`SELECT ${2}::int AS "once over"`;
      return prepared(tx);
    });
    expect(counts[0]?.n).toBe(2); // itself, and the one asked twice
  });
});
