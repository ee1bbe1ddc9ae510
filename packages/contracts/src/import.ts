import { operators, type Operator } from '@tideline/domain/condition';
import { timeForms, type TimeForm } from '@tideline/domain/written-time';
import * as z from 'zod';
import { eventFaults } from './ingest.ts';
import { MeterBody, UnitPrice } from './meter.ts';
import { op } from './operation.ts';
import { Currency, DayOut, DayText, Id, IdParams, Nothing, TimeOut } from './value.ts';

/** Why a row is not taken in. What an event may not be, a row may not be either. */
export const rowFaults = {
  ...eventFaults,
  'no-account': 'The row names no account',
  'no-event': 'The row names no event',
  'no-time': 'The row has no time',
  'bad-time': 'Its time is not in a form that can be read',
  'bad-number': 'A figure is not a number',
  'wrong-columns': 'The row has more or fewer columns than the header',
  'bad-day': 'A day is not written as YYYY-MM-DD',
  'bad-status': 'Its status is none of live, closed, internal, test',
  'owner-not-a-member': 'Taken in without its owner, whose e-mail is no member’s',
  'no-parent': 'Taken in, but not made part of the account it names: there is none with that key',
  'no-key': 'The row has no key of its own',
  'bad-item': 'A part of it is not as it should be',
  'no-such-account': 'It names an account that is not there: bring the accounts in first',
  'unknown-contact': 'It names a contact that is not there: bring the contacts in first',
  'other-account': 'It names something of another account',
  'by-not-a-member': 'Taken in without who it was, whose e-mail is no member’s',
  'parent-refused': 'Taken in, but not made part of the account it names: that makes a circle, or too many levels',
} as const satisfies Record<string, string>;
export type RowFault = keyof typeof rowFaults;
/** How a row with this fault is put right, by whoever has the file. */
export const rowRemedies = {
  'not-an-event': 'Say in the mapping which columns are account, event and time',
  'unknown-field': 'Map the column as a property',
  'invalid-id': 'Give it an id of 1 to 200 characters',
  'invalid-account': 'Give it an account key of 1 to 200 characters',
  'invalid-event': 'Give it an event name of 1 to 200 characters',
  'invalid-timestamp': 'Write the time as 2026-03-31T09:30:00Z, or choose its form in the mapping',
  'timestamp-out-of-range': 'Check the year, or choose the form of the time in the mapping: seconds and milliseconds are two forms',
  'clock-ahead': 'Check the day, or import the row when it has come',
  'invalid-value': 'Write digits with an optional point, such as 12.50',
  'value-out-of-range': 'Use a larger unit: 20 digits before the point and 18 after it are kept',
  'invalid-properties': 'Take out what is no plain text or number',
  'properties-too-large': 'Map fewer columns as properties',
  'properties-too-deep': 'Map plain columns as properties',
  'unknown-account': 'Import the accounts first, or let usage create them in the settings of the workspace',
  'out-of-retention': 'Nothing to do, or keep events for longer in the settings of the workspace',
  conflict: 'Give it another id if it is another fact',
  'unknown-user': 'Say which account its user belongs to, or name the account in the row',
  'unsupported-metric': 'Leave it out: it cannot be counted as usage',
  'no-account': 'Fill in the key of the account, or leave the row out',
  'no-event': 'Fill in the event, or give all rows one event in the mapping',
  'no-time': 'Fill in the time',
  'bad-time': 'Write it as 2026-03-31 09:30, or choose its form in the mapping',
  'bad-number': 'Write digits with an optional point, such as 12.50, without unit or currency',
  'wrong-columns': 'Put text that holds the separator in quotes, and give the row every column',
  'bad-day': 'Write it as 2026-03-31',
  'bad-status': 'Write live, closed, internal or test',
  'owner-not-a-member': 'Invite them under Members, or assign the account to somebody else',
  'no-parent': 'Import the parent, then this row again',
  'no-key': 'Fill in its own key: it is what keeps a second import from making it twice',
  'bad-item': 'Put this part right as it says',
  'no-such-account': 'Import the account first, or check its key',
  'unknown-contact': 'Import the contact first, or check its key',
  'other-account': 'Check the account: its key is in use on another',
  'by-not-a-member': 'Invite them under Members, then import the row again',
  'parent-refused': 'Name another parent, or none',
} as const satisfies Record<RowFault, string>;
/** Rows with these are taken in all the same; the report names them. */
export const mildFaults: ReadonlySet<RowFault> = new Set(['owner-not-a-member', 'by-not-a-member', 'no-parent', 'parent-refused']);

const Column = z.string().min(1).max(200);
const FromColumn = z.strictObject({ column: Column });
const Constant = z.strictObject({ constant: z.string().min(1).max(200) });
const Time = z.strictObject({
  column: Column,
  form: z
    .enum(Object.keys(timeForms) as [TimeForm, ...TimeForm[]])
    .optional()
    .meta({ description: 'absent: found out, where it is certain' }),
});
const RowCondition = z.strictObject({
  column: Column,
  op: z.enum(Object.keys(operators) as [Operator, ...Operator[]]),
  value: z.union([z.string(), z.number(), z.boolean(), z.array(z.union([z.string(), z.number()]))]),
});

/** Which columns become which part of an event. */
export const UsageMapping = z.strictObject({
  account: FromColumn,
  event: z.union([FromColumn, Constant]),
  time: Time,
  value: z.union([FromColumn, Constant, z.strictObject({ product: z.array(Column).min(2).max(5) })]).optional(),
  properties: z.array(Column).max(50).default([]),
  id: FromColumn.optional().meta({ description: 'the fact’s own id; without it, equal rows are told apart by how often they stand in the source' }),
  arrival: Time.optional().meta({ description: 'when the fact became known; without it, when it happened' }),
  filter: z.array(RowCondition).max(20).default([]),
  historical: z.boolean().default(true).meta({ description: 'facts count as known when they happened' }),
});
export type UsageMapping = z.output<typeof UsageMapping>;

const Optional = FromColumn.optional();
export const AccountMapping = z.strictObject({
  account: FromColumn,
  name: Optional,
  owner: Optional.meta({ description: 'e-mail of a member' }),
  status: Optional,
  industry: Optional,
  plan: Optional,
  region: Optional,
  contractStart: Optional,
  createdDay: Optional,
  parent: Optional.meta({ description: 'key of the account it is part of; that may stand further down' }),
  fields: z.array(Column).max(50).default([]),
});
export type AccountMapping = z.output<typeof AccountMapping>;

/** What is stated under keys of its own. Empty cells say nothing, except where it is said. */
const ownKey = { externalId: FromColumn.meta({ description: 'its own key' }), account: FromColumn };
export const ContactMapping = z.strictObject({ ...ownKey, name: Optional, email: Optional, title: Optional, role: Optional, leftOn: Optional });
export const TicketMapping = z.strictObject({
  ...ownKey,
  subject: Optional,
  severity: Optional.meta({ description: 'also as a priority: critical, medium, P1 to P4' }),
  status: Optional.meta({ description: 'solved, resolved and done mean closed; new, pending and the like open' }),
  openedAt: Time.optional(),
  closedAt: Time.optional().meta({ description: 'without a status, an empty cell means open' }),
  url: Optional,
});
export const TouchMapping = z.strictObject({
  ...ownKey,
  kind: z.union([FromColumn, Constant]),
  at: Time,
  contact: Optional.meta({ description: 'the key of a contact' }),
  by: Optional.meta({ description: 'e-mail of a member' }),
  text: Optional,
});
export const ContractMapping = z.strictObject({
  ...ownKey,
  startDay: Time,
  endDay: Time,
  commitment: Optional.meta({ description: 'money committed for the term' }),
});
export const InvoiceMapping = z.strictObject({
  ...ownKey,
  dueDay: Time,
  paidDay: Time.optional().meta({ description: 'an empty cell means not paid' }),
  amount: Optional,
});
export const statedMappings = {
  contacts: ContactMapping,
  tickets: TicketMapping,
  touches: TouchMapping,
  contracts: ContractMapping,
  invoices: InvoiceMapping,
} as const;
export type StatedName = keyof typeof statedMappings;
export type ContactMapping = z.output<typeof ContactMapping>;
export type TicketMapping = z.output<typeof TicketMapping>;
export type TouchMapping = z.output<typeof TouchMapping>;
export type ContractMapping = z.output<typeof ContractMapping>;
export type InvoiceMapping = z.output<typeof InvoiceMapping>;

/** What rows can be. */
export const ROW_KINDS = ['usage', 'accounts', 'contacts', 'tickets', 'touches', 'contracts', 'invoices'] as const satisfies readonly (
  | 'usage'
  | 'accounts'
  | StatedName
)[];
export type RowKind = (typeof ROW_KINDS)[number];
export const isStatedName = (kind: string): kind is StatedName => kind in statedMappings;

const Source = z.string().trim().min(1).max(100);
/** Meters and prices that come with a file; what is there already stays as it is. */
const Metering = z.object({
  meters: z.array(MeterBody).max(20).default([]),
  mainMeter: z.string().optional().meta({ description: 'key of a meter' }),
  prices: z
    .array(z.strictObject({ meter: z.string(), unitPrice: UnitPrice, effectiveFrom: DayText }))
    .max(50)
    .default([]),
});
export type Metering = z.output<typeof Metering>;
export const Mapped = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('usage'), mapping: UsageMapping }),
  z.object({ kind: z.literal('accounts'), mapping: AccountMapping }),
  z.object({ kind: z.literal('contacts'), mapping: ContactMapping }),
  z.object({ kind: z.literal('tickets'), mapping: TicketMapping }),
  z.object({ kind: z.literal('touches'), mapping: TouchMapping }),
  z.object({ kind: z.literal('contracts'), mapping: ContractMapping }),
  z.object({ kind: z.literal('invoices'), mapping: InvoiceMapping }),
]);
export type Mapped = z.output<typeof Mapped>;

/** The file `--mapping` names: a mapping, and what the workspace needs to measure it. */
export const MappingFile = Mapped.and(Metering.extend({ source: Source.optional(), currency: Currency.optional() }));
export type MappingFile = z.output<typeof MappingFile>;

export const Import = z
  .object({
    id: Id,
    kind: z.enum(ROW_KINDS),
    source: z.string(),
    fileName: z.string(),
    dryRun: z.boolean(),
    state: z.enum(['queued', 'running', 'done', 'failed', 'cancelled']),
    rowsRead: z.int(),
    accepted: z.int(),
    duplicates: z.int(),
    conflicts: z.int(),
    rejected: z.int(),
    reasons: z.array(z.object({ reason: z.string(), words: z.string(), rows: z.int() })).meta({ description: 'most frequent first' }),
    bytesRead: z.int(),
    bytesTotal: z.int().nullable(),
    newestDay: DayOut.nullable(),
    offerAsOf: DayOut.nullable().meta({ description: 'the newest fact is over 28 days old: judge the workspace as on this day?' }),
    error: z.string().nullable(),
    createdAt: TimeOut,
    startedAt: TimeOut.nullable(),
    finishedAt: TimeOut.nullable(),
  })
  .meta({ id: 'Import' });

export const FILE_TYPES = ['text/csv', 'application/csv', 'text/plain', 'application/gzip', 'application/x-gzip', 'application/octet-stream'] as const;
const Upload = z
  .object({ uploadId: Id, fileName: z.string(), bytes: z.int(), columns: z.array(z.string()), sample: z.array(z.array(z.string())) })
  .meta({ id: 'Upload' });
export const Preview = z
  .object({
    columns: z.array(z.string()),
    rows: z.array(z.object({ row: z.int(), mapped: z.record(z.string(), z.unknown()).nullable(), problem: z.string().nullable() })),
    looked: z.int().meta({ description: 'rows looked at' }),
    taken: z.int(),
    filtered: z.int(),
    reasons: z.array(z.object({ reason: z.string(), words: z.string(), rows: z.int() })),
  })
  .meta({ id: 'ImportPreview' });

const base = { tag: 'Import', permission: 'import.run' } as const;
export const importOperations = {
  uploadImport: op({
    ...base,
    method: 'POST',
    path: '/imports/files',
    summary: 'Upload a CSV file, gzip or not, and see its first rows',
    query: z.object({ fileName: z.string().min(1).max(200).default('file.csv') }),
    upload: FILE_TYPES,
    reply: Upload,
    status: 201,
  }),
  previewImport: op({
    ...base,
    method: 'POST',
    path: '/imports/preview',
    summary: 'The first rows of an uploaded file as a mapping reads them',
    body: Mapped.and(z.object({ uploadId: Id })),
    reply: Preview,
  }),
  startImport: op({
    ...base,
    method: 'POST',
    path: '/imports',
    summary: 'Take an uploaded file in',
    body: Mapped.and(
      Metering.extend({
        uploadId: Id,
        fileName: z.string().min(1).max(200).default('file.csv'),
        source: Source.optional(),
        dryRun: z.boolean().default(false),
      }),
    ),
    reply: Import,
    status: 202,
  }),
  listImports: op({ ...base, method: 'GET', path: '/imports', summary: 'Imports, newest first', reply: z.object({ items: z.array(Import) }) }),
  getImport: op({ ...base, method: 'GET', path: '/imports/{id}', summary: 'One import', params: IdParams, reply: Import }),
  cancelImport: op({
    ...base,
    method: 'POST',
    path: '/imports/{id}/cancel',
    summary: 'Stop an import; what it stored stays',
    params: IdParams,
    reply: Nothing,
  }),
  exportRejects: op({
    ...base,
    method: 'GET',
    path: '/imports/{id}/rejects',
    summary: 'Rejected rows with their reasons, as CSV (the first 200,000)',
    params: IdParams,
    download: 'text/csv',
    reply: z.string(),
  }),
};
