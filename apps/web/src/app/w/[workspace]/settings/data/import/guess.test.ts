import { MeterBody } from '@tideline/contracts/meter';
import { describe, expect, it } from 'vitest';
import { guessDraft, suggestMeters, timeFormOf, type Look } from './guess.ts';
import { draftFromFile, fileFromDraft, mappedFrom, missingIn, startFrom } from './draft.ts';

const retail: Look = {
  columns: ['InvoiceNo', 'StockCode', 'Description', 'Quantity', 'InvoiceDate', 'UnitPrice', 'CustomerID', 'Country'],
  sample: [
    ['536365', '85123A', 'WHITE HANGING HEART', '6', '2010-12-01 08:26:00', '2.55', '17850', 'United Kingdom'],
    ['C536379', 'D', 'Discount', '-1', '2010-12-01 09:41:00', '27.5', '', 'United Kingdom'],
  ],
};
const file = { uploadId: '3f0f3f3e-6e0b-4b39-8f53-6a2a4c9f3a11', fileName: 'online-retail.csv.gz' };

describe('a file of usage', () => {
  const draft = guessDraft(retail, 'online-retail.csv.gz', 'Europe/London');
  it('is read at first sight', () => {
    expect(draft).toMatchObject({ kind: 'usage', source: 'online-retail' });
    expect(draft.usage).toMatchObject({
      account: { column: 'CustomerID' },
      event: { constant: 'online_retail' },
      time: { column: 'InvoiceDate' },
      value: { product: ['Quantity', 'UnitPrice'] },
    });
    expect(draft.usage.properties).toContain('Quantity');
    expect(missingIn(draft)).toEqual({});
  });
  it('comes with meters the contract takes', () => {
    const meters = suggestMeters(retail, draft.usage);
    for (const { body } of meters) expect(MeterBody.safeParse(body).success).toBe(true);
    expect(meters.map(({ body: { aggregation } }) => aggregation)).toEqual(['SUM', 'COUNT', 'UNIQUE', 'UNIQUE']);
    const start = startFrom(
      { ...draft, meters: meters.map((meter, i) => ({ ...meter, price: i === 0 ? '1.00' : '' })), mainMeter: 'online_retail_spend' },
      file,
      false,
    );
    expect(start).toMatchObject({
      mainMeter: 'online_retail_spend',
      prices: [{ meter: 'online_retail_spend', unitPrice: '1.00', effectiveFrom: '2000-01-01' }],
    });
    expect(start?.meters).toHaveLength(1); // only what is switched on
  });
  it('survives a mapping file there and back', () => {
    const text = fileFromDraft({ ...draft, meters: suggestMeters(retail, draft.usage) });
    const back = draftFromFile(JSON.parse(text ?? ''), guessDraft({ columns: [], sample: [] }, 'x.csv', 'UTC'));
    expect(mappedFrom(back)).toEqual(mappedFrom(draft));
    expect(back.source).toBe('online-retail');
  });
  it('says what is missing', () => expect(Object.keys(missingIn({ ...draft, usage: {} }))).toEqual(['account', 'event', 'time']));
});

it('takes a file without times for accounts', () => {
  const look: Look = { columns: ['account_id', 'Company name', 'CSM', 'Industry', 'Seats'], sample: [['a-1', 'Acme', 'ada@example.com', 'Retail', '12']] };
  expect(guessDraft(look, 'accounts.csv', 'UTC')).toMatchObject({
    kind: 'accounts',
    accounts: {
      account: { column: 'account_id' },
      name: { column: 'Company name' },
      owner: { column: 'CSM' },
      industry: { column: 'Industry' },
      fields: ['Seats'],
    },
  });
});

it('tells what an account is part of from the account', () => {
  const look: Look = { columns: ['parent_account', 'parent_external_id', 'external_id', 'name'], sample: [['Group', 'g-1', 'a-1', 'Acme']] };
  expect(guessDraft(look, 'accounts.csv', 'UTC').accounts).toMatchObject({ account: { column: 'external_id' }, parent: { column: 'parent_external_id' } });
  expect(guessDraft({ ...look, columns: ['parent_account', 'tier', 'account', 'name'] }, 'accounts.csv', 'UTC').accounts).toMatchObject({
    account: { column: 'account' },
    parent: { column: 'parent_account' },
  });
});

it.each([
  [['2026-11-22T09:30:00Z'], { form: undefined, ambiguous: false }],
  [['1732267800'], { form: undefined, ambiguous: false }],
  [['22.11.2026 09:30', '03.04.2026'], { form: 'dmy', ambiguous: false }],
  [['03/22/2026'], { form: 'mdy', ambiguous: false }],
  [['03/04/2026'], { form: undefined, ambiguous: true }],
  [['soon'], null],
  [[], null],
])('times written %j', (values, guess) => expect(timeFormOf(values, 'UTC')).toEqual(guess));

describe('a file of tickets, contacts or touches', () => {
  const look: Look = {
    columns: ['Ticket ID', 'Customer', 'Subject', 'Priority', 'Status', 'Created', 'Closed'],
    sample: [['17', 'acme', 'Slow', 'P1', 'Open', '13.11.2026 10:00', '']],
  };
  it('is known by its columns, or by its name, and read at first sight', () => {
    const draft = guessDraft(look, 'export.csv', 'UTC');
    expect(draft).toMatchObject({ kind: 'tickets' });
    expect(draft.stated.tickets).toEqual({
      externalId: { column: 'Ticket ID' },
      account: { column: 'Customer' },
      subject: { column: 'Subject' },
      severity: { column: 'Priority' },
      status: { column: 'Status' },
      openedAt: { column: 'Created', form: 'dmy' },
      closedAt: { column: 'Closed' },
    });
    expect(startFrom(draft, file, false)).toMatchObject({ kind: 'tickets', mapping: draft.stated.tickets, meters: [] });
    expect(guessDraft({ columns: ['id', 'account', 'email'], sample: [] }, 'crm-contacts.csv', 'UTC').kind).toBe('contacts');
    expect(guessDraft({ columns: ['account_id', 'email', 'full name'], sample: [] }, 'people.csv', 'UTC').stated.contacts).toEqual({
      account: { column: 'account_id' },
      externalId: { column: 'email' },
      email: { column: 'email' },
      name: { column: 'full name' },
    });
  });
  it('says what is still missing, and comes back from its mapping file', () => {
    const draft = { ...guessDraft(look, 'touches.csv', 'UTC'), kind: 'touches' as const };
    expect(Object.keys(missingIn({ ...draft, stated: { ...draft.stated, touches: { account: { column: 'Customer' } } } }))).toEqual([
      'externalId',
      'kind',
      'at',
    ]);
    const tickets = guessDraft(look, 'export.csv', 'UTC');
    expect(draftFromFile(JSON.parse(fileFromDraft(tickets) ?? ''), draft)).toMatchObject({ kind: 'tickets', stated: { tickets: tickets.stated.tickets } });
  });
});
