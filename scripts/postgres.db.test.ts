import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { expect, it } from 'vitest';
import { ensureDatabase, startPostgres } from './postgres.ts';
import { isAlive } from './process-table.ts';
import { openMemoryFolder } from './test/memory-folder.ts';

const ask = async (connectionString: string): Promise<unknown> => {
  const client = new pg.Client({ connectionString });
  await client.connect();
  const { rows } = await client.query<{ text: string }>('select text from kept');
  await client.end();
  return rows;
};

it('starts, is adopted by a run that finds it, stops, and starts again on its port with its data', { timeout: 60_000 }, async () => {
  const { folder, remove } = await openMemoryFolder();
  const options = { dataDir: join(folder, 'pg'), password: 'with @ and /', portFile: join(folder, 'pg.port') };
  const first = await startPostgres(options);
  expect(first.adopted).toBe(false);
  await ensureDatabase(first, 'tideline');
  await ensureDatabase(first, 'tideline');
  const client = new pg.Client({ connectionString: first.url('tideline') });
  await client.connect();
  await client.query(`create table kept (text text); insert into kept values ('still here')`);
  await client.end();

  const adopted = await startPostgres(options);
  expect(adopted).toMatchObject({ adopted: true, pid: first.pid, port: first.port });
  await expect(startPostgres({ ...options, password: 'wrong' })).rejects.toThrow('refuses the password');
  await adopted.stop();
  expect(isAlive(first.pid)).toBe(false);

  // what a crash leaves: a pid file whose number now belongs to somebody else
  writeFileSync(join(options.dataDir, 'postmaster.pid'), `${process.pid}\n${options.dataDir}\n0\n${first.port}\n`);
  const again = await startPostgres(options);
  expect(again).toMatchObject({ adopted: false, port: first.port });
  expect(await ask(again.url('tideline'))).toEqual([{ text: 'still here' }]);
  await again.stop();
  remove();
});
