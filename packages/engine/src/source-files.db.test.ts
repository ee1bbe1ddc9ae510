import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Connection } from '@tideline/contracts/source';
import { openWorld, type World } from '@tideline/testkit/build';
import { parquetWriteBuffer } from 'hyparquet-writer';
import S3rver from 's3rver';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestDeps, testDeps } from './deps.fixture.ts';
import * as source from './source.ts';
import { aWho, pullDue, SOURCES, stored, usage } from './source.fixture.ts';
import * as look from './source-look.ts';

let world: World;
let deps: TestDeps;
let base: string;
let server: S3rver;
let client: S3Client;
let endpoint: string;
beforeAll(async () => {
  world = await openWorld();
  base = await mkdtemp(join(tmpdir(), 'tideline-sources-'));
  deps = testDeps(world.urls, { sources: { ...SOURCES, folders: [join(base, 'allowed')] } });
  await mkdir(join(base, 'allowed'));
  server = new S3rver({ port: 0, address: '127.0.0.1', silent: true, directory: join(base, 's3') });
  const { port } = (await server.run()) as { port: number };
  endpoint = `http://127.0.0.1:${port}`;
  client = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' } });
});
afterAll(async () => {
  client.destroy();
  await server.close();
  await deps.close();
  await rm(base, { recursive: true });
});

type Put = (name: string, content: string | Buffer) => Promise<unknown>;
let round = 0;
/** The same files in a folder and in a bucket: what a source does must not depend on where they lie. */
const places: [string, () => Promise<{ connection: Connection; secret?: string; put: Put }>][] = [
  [
    'folder',
    async () => {
      const folder = join(base, 'allowed', `round-${++round}`);
      await mkdir(folder);
      const put: Put = async (name, content) => {
        await mkdir(dirname(join(folder, name)), { recursive: true });
        await writeFile(join(folder, name), content);
      };
      return { connection: { connector: 'folder', folder }, put };
    },
  ],
  [
    'bucket',
    async () => {
      const bucket = `round-${++round}`;
      await client.send(new CreateBucketCommand({ Bucket: bucket }));
      const put: Put = (name, content) => client.send(new PutObjectCommand({ Bucket: bucket, Key: `in/${name}`, Body: content }));
      const connection = { connector: 's3' as const, endpoint, region: 'us-east-1', bucket, prefix: 'in/', accessKeyId: 'S3RVER' };
      return { connection, secret: 'S3RVER', put };
    },
  ],
];

const line = (i: number): string => `c${i % 20},2026-11-01 10:${String(i % 60).padStart(2, '0')},${i % 7},eu`;
const csv = (count: number): string => ['customer,at,quantity,region', ...Array.from({ length: count }, (_, i) => line(i))].join('\n');
const row = (i: number) => ({ customer: `c${i % 20}`, at: `2026-11-02T10:00:${String(i % 60).padStart(2, '0')}Z`, quantity: i, region: 'us' });

describe.each(places)('files in a %s', (_, arrange) => {
  let of: Awaited<ReturnType<typeof arrange>>;
  beforeEach(async () => {
    of = await arrange();
  });
  const body = (more = {}) => ({ ...usage(of.connection, more), ...(of.secret === undefined ? {} : { secret: of.secret }) });

  test('each format is read once; a file that grew adds what is new, a file that stays is not opened', async () => {
    const who = await aWho(world);
    await of.put('a.csv', csv(300));
    await of.put('notes.md', 'not a table');
    const { id } = await source.create(deps, who, body());
    expect(await pullDue(deps, who, id)).toMatchObject({ state: 'waiting', error: null, rowsRead: 300, accepted: 300 });
    await of.put('b.jsonl.gz', gzipSync([...Array.from({ length: 50 }, (_, i) => JSON.stringify(row(i))), 'no json', '[1]'].join('\n')));
    const column = (name: 'customer' | 'at' | 'region') => ({ name, data: Array.from({ length: 120 }, (_, i) => row(1_000 + i)[name]) });
    const columnData = [column('customer'), column('at'), { name: 'quantity', data: Array.from({ length: 120 }, (_, i) => i + 0.5) }, column('region')];
    await of.put('deep/c.parquet', Buffer.from(parquetWriteBuffer({ columnData, rowGroupSize: 50 })));
    expect(await pullDue(deps, who, id)).toMatchObject({ rowsRead: 472, accepted: 470 });
    const [run] = (await source.runs(deps, who, id)).items;
    expect(run).toMatchObject({
      rejected: 2,
      reasons: [{ reason: 'wrong-columns' }],
      samples: [{ place: expect.stringMatching(/b\.jsonl\.gz, row 51$/) }, {}],
    });
    await of.put('a.csv', csv(310));
    expect(await pullDue(deps, who, id)).toMatchObject({ rowsRead: 782, accepted: 480 });
    expect(await pullDue(deps, who, id)).toMatchObject({ rowsRead: 782 });
    expect(await stored(world, who)).toMatchObject({ events: 480 });
  });

  test('a crash inside a file goes on behind the last page that was kept, equal rows included', async () => {
    const who = await aWho(world);
    const equal = Array.from({ length: 12_000 }, (_, i) => (i % 3 === 0 ? 'acme,2026-11-01 10:00,1,eu' : `c${i},2026-11-01 11:00,2,eu`));
    await of.put('big.csv', ['customer,at,quantity,region', ...equal].join('\n'));
    const { id } = await source.create(deps, who, body());
    await world.arrange(`
      CREATE OR REPLACE FUNCTION crash_file() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF NEW.rows_done > 5000 THEN RAISE 'power cut'; END IF; RETURN NEW; END $$;
      CREATE TRIGGER crash_file BEFORE UPDATE ON source_file FOR EACH ROW WHEN (NEW.source_id = '${id}') EXECUTE FUNCTION crash_file()`);
    expect(await pullDue(deps, who, id)).toMatchObject({ state: 'failed', accepted: 5_000 });
    expect(await stored(world, who)).toMatchObject({ events: 10_000 });
    await world.arrange('DROP TRIGGER crash_file ON source_file');
    expect(await pullDue(deps, who, id)).toMatchObject({ state: 'waiting', error: null });
    const { items, files } = await source.runs(deps, who, id);
    expect(items[0]).toMatchObject({ rowsRead: 7_000, duplicates: 5_000, accepted: 2_000 });
    expect(files).toMatchObject([{ rowsDone: 12_000, done: true }]);
    expect(await stored(world, who)).toMatchObject({ events: 12_000 });
    expect(await world.arrange('SELECT 1 FROM source_row WHERE source_id = $1', [id])).toEqual([]);
  });

  test('a file that cannot be read is named, and keeps no other from being read', async () => {
    const who = await aWho(world);
    await of.put('a.csv', csv(10));
    const { id } = await source.create(deps, who, body());
    await of.put('b.parquet', 'not parquet at all');
    await of.put('c.csv', csv(20));
    expect(await pullDue(deps, who, id)).toMatchObject({
      state: 'failed',
      accepted: 20,
      error: expect.stringMatching(/b\.parquet: The file cannot be read as Parquet/),
    });
    await of.put('b.parquet', Buffer.from(parquetWriteBuffer({ columnData: [{ name: 'customer', data: ['x'] }] })));
    expect(await pullDue(deps, who, id)).toMatchObject({ error: expect.stringContaining('no column "at"') });
  });
});

describe('what may not be read', () => {
  test('folders outside those the operator allows, also by a link', async () => {
    const who = await aWho(world);
    await symlink(tmpdir(), join(base, 'allowed', 'way-out'));
    for (const folder of ['/etc', join(base, 'allowed', '..'), `${base}/allowed-not`, join(base, 'allowed', 'way-out')])
      await expect(look.lookInto(deps, who, { connection: { connector: 'folder', folder } }), folder).rejects.toThrow('SOURCE_FOLDERS');
    await expect(look.lookInto(deps, who, { connection: { connector: 'folder', folder: join(base, 'allowed', 'nothing') } })).rejects.toThrow(
      'There is no folder',
    );
  });

  test('private addresses, whether by figures or by name; wrong keys and buckets say so', async () => {
    const who = await aWho(world);
    const strict = { ...deps, sources: { ...deps.sources, ranges: [] } };
    const s3 = { connector: 's3' as const, region: 'us-east-1', bucket: 'nothing-here', prefix: '', accessKeyId: 'S3RVER', endpoint };
    await expect(look.lookInto(strict, who, { connection: s3, secret: 'S3RVER' })).rejects.toThrow('SOURCE_RANGES');
    await expect(look.lookInto(strict, who, { connection: { ...s3, endpoint: endpoint.replace('127.0.0.1', 'localhost') }, secret: 'S3RVER' })).rejects.toThrow(
      'SOURCE_RANGES',
    );
    await expect(look.lookInto(deps, who, { connection: s3, secret: 'S3RVER' })).rejects.toThrow('There is no such bucket');
    await expect(look.lookInto(deps, who, { connection: { ...s3, accessKeyId: 'NOBODY' }, secret: 'wrong' })).rejects.toThrow('key is not known');
    await expect(look.lookInto(deps, who, { connection: s3 })).rejects.toThrow('Give the secret access key');
  });
});
