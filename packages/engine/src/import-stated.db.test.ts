import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Mapped } from '@tideline/contracts/import';
import { day } from '@tideline/domain/calendar';
import { anAccount, openWorld, type World } from '@tideline/testkit/build';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { put as putAccount } from './account.ts';
import * as contact from './contact.ts';
import * as contract from './contract.ts';
import * as invoice from './invoice.ts';
import type { Who } from './deps.ts';
import { type TestDeps, testDeps } from './deps.fixture.ts';
import * as imports from './import.ts';
import { runImport } from './import-run.ts';
import * as source from './source.ts';
import { aWho, pullDue, SOURCES } from './source.fixture.ts';
import * as ticket from './ticket.ts';
import * as touch from './touch.ts';

let world: World;
let deps: TestDeps;
let base: string;
let who: Who;
beforeAll(async () => {
  world = await openWorld();
  base = await mkdtemp(join(tmpdir(), 'tideline-stated-'));
  deps = testDeps(world.urls, { uploadDir: join(base, 'uploads'), sources: { ...SOURCES, folders: [join(base, 'in')] } });
});
afterAll(async () => {
  await deps.close();
  await rm(base, { recursive: true });
});
beforeEach(async () => {
  deps.clock.now = new Date('2026-11-22T20:00:00Z');
  who = await aWho(world);
  for (const key of ['acme', 'globex']) await anAccount(world.arrange, who.workspaceId, { external_id: key });
});

const own = { externalId: { column: 'id' }, account: { column: 'account' } };
const contacts: Mapped = { kind: 'contacts', mapping: { ...own, name: { column: 'name' }, email: { column: 'mail' }, role: { column: 'role' } } };
const tickets: Mapped = {
  kind: 'tickets',
  mapping: {
    ...own,
    subject: { column: 'subject' },
    severity: { column: 'prio' },
    status: { column: 'state' },
    openedAt: { column: 'opened' },
    closedAt: { column: 'closed' },
  },
};
const touches: Mapped = {
  kind: 'touches',
  mapping: { ...own, kind: { column: 'kind' }, at: { column: 'at', form: 'dmy' }, contact: { column: 'with' }, by: { column: 'by' } },
};
const csv = (...lines: string[]): string => lines.join('\n');
const upload = async (content: string) => (await imports.upload(deps, who, new Blob([content]).stream(), 'file.csv')).uploadId;
const take = async (mapped: Mapped, content: string, dryRun = false) => {
  const { id } = await imports.start(deps, who, { ...mapped, uploadId: await upload(content), fileName: 'file.csv', meters: [], prices: [], dryRun });
  await runImport(deps, { workspaceId: who.workspaceId, importId: id });
  return imports.get(deps, who, id);
};
const reasonsIn = ({ reasons }: Awaited<ReturnType<typeof take>>) => Object.fromEntries(reasons.map(({ reason, rows }) => [reason, rows]));

const contracts: Mapped = {
  kind: 'contracts',
  mapping: { ...own, startDay: { column: 'from', form: 'dmy' }, endDay: { column: 'to', form: 'dmy' }, commitment: { column: 'money' } },
};

describe('invoices', () => {
  const mapping: Mapped = {
    kind: 'invoices',
    mapping: { ...own, dueDay: { column: 'due', form: 'dmy' }, paidDay: { column: 'paid', form: 'dmy' }, amount: { column: 'total' } },
  };
  const listed = async () =>
    (await invoice.list(deps, who, { limit: 9 })).items.map(({ externalId, dueDay, paidDay, amount }) => [externalId, dueDay, paidDay, amount]).toSorted();

  test('of a file are taken in, and a cell that fills later says they were paid', async () => {
    const first = await take(
      mapping,
      csv('id,account,due,paid,total', 'i1,acme,01/10/2026,,120.50', 'i2,acme,01/09/2026,03/09/2026,7', 'i3,nobody,01/09/2026,,7', 'i4,acme,,,7'),
    );
    expect(first).toMatchObject({ state: 'done', accepted: 2, rejected: 2 });
    expect(reasonsIn(first)).toEqual({ 'no-such-account': 1, 'bad-item': 1 });
    expect(await listed()).toEqual([
      ['i1', '2026-10-01', null, '120.5'],
      ['i2', '2026-09-01', '2026-09-03', '7'],
    ]);
    expect(await take(mapping, csv('id,account,due,paid,total', 'i1,acme,01/10/2026,02/11/2026,120.50'))).toMatchObject({ accepted: 1 });
    expect((await listed())[0]).toEqual(['i1', '2026-10-01', '2026-11-02', '120.5']);
  });
});

describe('contracts', () => {
  const terms = csv(
    'id,account,from,to,money',
    'c1,acme,01/01/2026,31/12/2026,120000.50',
    'c2,globex,01/03/2026,28/02/2027,',
    'c3,acme,01/01/2027,31/12/2026,5',
    'c4,nobody,01/01/2027,31/12/2027,5',
    'c5,acme,01/01/2027,31/12/2027,much',
  );
  const listed = async () =>
    (await contract.list(deps, who, { limit: 9 })).items
      .map(({ externalId, account, startDay, endDay, commitment }) => [externalId, account.externalId, startDay, endDay, commitment])
      .toSorted();

  test('of a file are taken in, refused row by row, changed by their keys, and once only', async () => {
    const first = await take(contracts, terms);
    expect(first).toMatchObject({ state: 'done', accepted: 2, rejected: 3 });
    expect(reasonsIn(first)).toEqual({ 'bad-item': 1, 'no-such-account': 1, 'bad-number': 1 });
    expect(await listed()).toEqual([
      ['c1', 'acme', '2026-01-01', '2026-12-31', '120000.5'],
      ['c2', 'globex', '2026-03-01', '2027-02-28', null],
    ]);
    expect(await take(contracts, terms)).toMatchObject({ accepted: 0, duplicates: 2 });
    expect(await take(contracts, 'id,account,from,to,money\nc2,globex,01/03/2026,28/02/2027,9')).toMatchObject({ accepted: 1 });
    expect((await listed())[1]).toEqual(['c2', 'globex', '2026-03-01', '2027-02-28', '9']);
  });

  test('stated by a program: a new one needs both days, and takes the place of the same term without a key', async () => {
    await putAccount(deps, who, 'acme', { contract: { startDay: day('2026-01-01'), endDay: day('2026-12-31'), commitment: '100' } });
    expect(await contract.put(deps, who, [{ externalId: 'c1', account: 'acme', startDay: '2026-01-01' }])).toMatchObject({
      created: 0,
      rejected: [{ code: 'invalid', message: expect.stringContaining('endDay') }],
    });
    const term = { externalId: 'c1', account: 'acme', startDay: '2026-01-01', endDay: '2026-12-31', commitment: '120' };
    expect(await contract.put(deps, who, [term])).toMatchObject({ created: 1, rejected: [] });
    expect(await listed()).toEqual([['c1', 'acme', '2026-01-01', '2026-12-31', '120']]);
    expect(await contract.put(deps, who, [{ ...term, commitment: '120.00' }])).toMatchObject({ unchanged: 1 });
    expect(await contract.put(deps, who, [{ externalId: 'c1', account: 'acme', commitment: null }])).toMatchObject({ changed: 1 });
    expect(await listed()).toEqual([['c1', 'acme', '2026-01-01', '2026-12-31', null]]);
    await putAccount(deps, who, 'acme', { contract: { startDay: day('2026-01-01'), endDay: day('2027-06-30'), commitment: '7' } });
    expect(await listed()).toEqual([['c1', 'acme', '2026-01-01', '2027-06-30', '7']]);
  });
});

describe('a file', () => {
  const people = csv(
    'id,account,name,mail,role',
    'ann,acme,Ann,Ann@Acme.example,Executive Sponsor',
    'bob,globex,,bob@globex.example,',
    'cy,nobody,Cy,,user',
    'di,acme,Di,,king',
    ',acme,Ed,,',
  );

  test('of contacts is taken in, refused row by row, and once only', async () => {
    expect(await take(contacts, people, true)).toMatchObject({ state: 'done', accepted: 2, rejected: 3 });
    expect((await contact.list(deps, who, { limit: 9 })).items).toEqual([]);
    const first = await take(contacts, people);
    expect(first).toMatchObject({ state: 'done', rowsRead: 5, accepted: 2, duplicates: 0, rejected: 3 });
    expect(reasonsIn(first)).toEqual({ 'no-such-account': 1, 'bad-item': 1, 'no-key': 1 });
    expect(await take(contacts, people)).toMatchObject({ accepted: 0, duplicates: 2 });
    expect(await take(contacts, 'id,account,name,mail,role\nbob,globex,Bob,,')).toMatchObject({ accepted: 1 });
    const { items } = await contact.list(deps, who, { limit: 9 });
    expect(items.toSorted((a, b) => (a.externalId < b.externalId ? -1 : 1))).toMatchObject([
      { name: 'Ann', email: 'ann@acme.example', role: 'executive_sponsor' },
      { name: 'Bob', email: 'bob@globex.example', role: 'other' },
    ]);
    let rejected = '';
    for await (const line of (await imports.rejectLines(deps, who, first.id)).lines) rejected += line;
    expect(
      rejected
        .split('\n')
        .slice(1, 4)
        .map((line) => line.split(',').slice(0, 2).join(' '))
        .toSorted(),
    ).toEqual(['3 no-such-account', '4 bad-item', '5 no-key']);
  });

  test('is previewed as it will be read', async () => {
    const seen = await imports.preview(deps, who, { ...contacts, uploadId: await upload(people) });
    expect(seen).toMatchObject({ looked: 5, taken: 3, reasons: [{ reason: 'bad-item' }, { reason: 'no-key' }] });
    expect(seen.rows[0]).toEqual({
      row: 1,
      mapped: { externalId: 'ann', account: 'acme', name: 'Ann', email: 'Ann@Acme.example', role: 'executive_sponsor' },
      problem: null,
    });
    expect(seen.rows[3]?.problem).toMatch(/^role: /);
  });

  test('of tickets understands the words of other systems, and what an empty closing time means', async () => {
    const header = 'id,account,subject,prio,state,opened,closed';
    const result = await take(
      tickets,
      csv(
        header,
        '1,acme,Slow,P1,Pending,2026-11-01 10:00,',
        '2,acme,Down,critical,Solved,2026-11-02 10:00,2026-11-03 09:00',
        '3,acme,Again,medium,reopened,2026-11-02 10:00,2026-11-03 09:00',
        '4,acme,Odd,Low,whatever,2026-11-02 10:00,',
        '5,acme,When,low,open,yesterday,',
      ),
    );
    expect(result).toMatchObject({ accepted: 3, rejected: 2 });
    expect(reasonsIn(result)).toEqual({ 'bad-item': 1, 'bad-time': 1 });
    const standing = async () =>
      (await ticket.list(deps, who, { limit: 9 })).items.map(({ externalId, severity, closedAt }) => `${externalId} ${severity} ${closedAt}`).toSorted();
    expect(await standing()).toEqual(['1 urgent null', '2 urgent 2026-11-03T09:00:00.000Z', '3 normal null']);
    const byTime: Mapped = { kind: 'tickets', mapping: { ...own, closedAt: { column: 'closed' } } };
    await take(byTime, csv('id,account,closed', '1,acme,2026-11-09 00:00', '2,acme,'));
    expect(await standing()).toEqual(['1 urgent 2026-11-09T00:00:00.000Z', '2 urgent null', '3 normal null']);
  });

  test('of touches names contacts and members, and says whom it does not know', async () => {
    await take(contacts, people);
    const [member] = await world.arrange('SELECT email FROM app_user WHERE id = $1', [who.userId]);
    const result = await take(
      touches,
      csv(
        'id,account,kind,at,with,by',
        `1,acme,Call,20.11.2026,ann,${String(member?.email)}`,
        '2,acme,meeting,20.11.2026 15:00,,gone@x.example',
        '3,acme,call,20.11.2026,zoe,',
      ),
    );
    expect(result).toMatchObject({ accepted: 2, rejected: 1 });
    expect(reasonsIn(result)).toEqual({ 'by-not-a-member': 1, 'unknown-contact': 1 });
    const { items } = await touch.list(deps, who, { limit: 9 });
    expect(items.toSorted((a, b) => ((a.externalId ?? '') < (b.externalId ?? '') ? -1 : 1))).toMatchObject([
      { kind: 'call', day: '2026-11-20', contact: { name: 'Ann' }, by: { id: who.userId } },
      { kind: 'meeting', at: '2026-11-20T15:00:00.000Z', contact: null, by: null },
    ]);
  });
});

test('a folder is pulled: lines of JSON and of CSV alike, and a file that changed changes what it says', async () => {
  const folder = join(base, 'in', 'tickets');
  await mkdir(folder, { recursive: true });
  const line = (id: string, state: string) =>
    JSON.stringify({ id, account: 'acme', subject: `T${id}`, prio: 'high', state, opened: '2026-11-01T10:00:00Z', closed: null });
  await writeFile(join(folder, 'a.jsonl'), `${line('1', 'open')}\n${line('2', 'open')}\n`);
  await writeFile(
    join(folder, 'b.csv'),
    'id,account,subject,prio,state,opened,closed\n3,globex,T3,low,open,2026-11-01 10:00,\n4,nobody,T4,low,open,2026-11-01 10:00,',
  );
  const { id } = await source.create(deps, who, { name: 'Desk', connection: { connector: 'folder', folder }, everyMinutes: 15, ...tickets });
  expect(await pullDue(deps, who, id)).toMatchObject({ kind: 'tickets', rowsRead: 4, accepted: 3, state: 'waiting' });
  const { items } = await source.runs(deps, who, id);
  expect(items[0]).toMatchObject({ rejected: 1, reasons: [{ reason: 'no-such-account' }] });
  await writeFile(join(folder, 'c.jsonl'), `${line('1', 'closed')}\n${line('2', 'open')}\n`);
  expect(await pullDue(deps, who, id)).toMatchObject({ rowsRead: 6, accepted: 4 });
  expect((await ticket.list(deps, who, { limit: 9, status: 'closed' })).items).toMatchObject([{ externalId: '1' }]);
});
