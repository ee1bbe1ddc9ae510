import { numberIn } from '@tideline/domain/condition';
import { readTime, timeForms, type TimeForm } from '@tideline/domain/written-time';
import type { AccountsDraft, Draft, DraftMeter, UsageDraft } from './draft.ts';
import type { StatedName } from '@tideline/contracts/import';
import { FIRST_DAY } from './draft.ts';
import { isTime, type StatedPart, statedParts } from './stated-parts.ts';

/** A file as far as it was looked into: the header, and its first rows. */
export type Look = { columns: readonly string[]; sample: readonly (readonly string[])[] };

const valuesOf = ({ columns, sample }: Look, column: string): string[] => {
  const at = columns.indexOf(column);
  return sample.map((row) => row[at]?.trim() ?? '').filter(Boolean);
};

/** Words of a column's name: `CustomerID` and `customer_id` are both customer, id. */
const wordsIn = (column: string): string[] =>
  column
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
const find = (columns: readonly string[], wanted: readonly string[]): string | undefined => {
  // The wanted words come by how much they say: a column called "account" beats one called "company".
  for (const word of wanted) {
    const exact = columns.find((column) => wordsIn(column).join('') === word);
    const found = exact ?? columns.find((column) => wordsIn(column).includes(word));
    if (found !== undefined) return found;
  }
  return undefined;
};

export type TimeGuess = { form: TimeForm | undefined; ambiguous: boolean };

/** In which form a column writes its times; null when it does not. Day-first and month-first are told apart where a value allows only one. */
export const timeFormOf = (values: readonly string[], timeZone: string): TimeGuess | null => {
  if (values.length === 0) return null;
  if (values.every((value) => readTime(value, null, timeZone) !== null)) return { form: undefined, ambiguous: false };
  const reads = (form: TimeForm) => values.every((value) => timeForms[form].read(value, timeZone) !== null);
  const [dmy, mdy] = [reads('dmy'), reads('mdy')];
  if (!dmy && !mdy) return null;
  return dmy && mdy ? { form: undefined, ambiguous: true } : { form: dmy ? 'dmy' : 'mdy', ambiguous: false };
};

const isNumeric = (values: readonly string[]): boolean => values.length > 0 && values.every((value) => numberIn(value) !== null);

const ACCOUNT = ['account', 'customer', 'client', 'company', 'organization', 'organisation', 'org', 'tenant', 'workspace'];
const TIME = ['timestamp', 'time', 'date', 'datetime', 'day', 'occurred', 'created'];
const VALUE = ['value', 'amount', 'quantity', 'qty', 'units', 'usage', 'total', 'count', 'revenue'];
const PRICE = ['price', 'rate'];
const EVENT = ['event', 'type', 'action'];

const slug = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '');
/** `online-retail.csv.gz` → `online-retail`. */
export const baseName = (fileName: string): string => fileName.replace(/\.gz$/i, '').replace(/\.(csv|txt|tsv)$/i, '') || fileName;

const guessUsage = (look: Look, fileName: string, timeZone: string): UsageDraft => {
  const { columns } = look;
  const byTime = columns.filter((column) => timeFormOf(valuesOf(look, column), timeZone) !== null && !isNumeric(valuesOf(look, column)));
  const time = find(byTime, TIME) ?? byTime[0] ?? find(columns, TIME);
  const account = find(
    columns.filter((column) => column !== time),
    ACCOUNT,
  );
  const event = find(
    columns.filter((column) => column !== time && column !== account && !isNumeric(valuesOf(look, column))),
    EVENT,
  );
  const numeric = columns.filter((column) => column !== account && column !== time && isNumeric(valuesOf(look, column)));
  const value = find(numeric, VALUE);
  const price = find(numeric, PRICE);
  const id = columns.find((column) => ['id', 'eventid', 'uuid'].includes(wordsIn(column).join('')));
  const form = time === undefined ? null : timeFormOf(valuesOf(look, time), timeZone);
  const taken = new Set([account, time, event, id]);
  return {
    ...(account === undefined ? {} : { account: { column: account } }),
    event: event === undefined ? { constant: slug(baseName(fileName)) || 'usage' } : { column: event },
    ...(time === undefined ? {} : { time: { column: time, ...(form?.form ? { form: form.form } : {}) } }),
    ...(value === undefined ? {} : { value: price === undefined || price === value ? { column: value } : { product: [value, price] } }),
    properties: columns.filter((column) => !taken.has(column) && !(column === value && price === undefined)).slice(0, 20),
    ...(id === undefined ? {} : { id: { column: id } }),
    filter: [],
    historical: true,
  };
};

const ACCOUNT_FIELDS = {
  parent: ['parentexternalid', 'parentid', 'parent', 'partof'],
  name: ['name'],
  owner: ['owner', 'csm', 'email'],
  status: ['status'],
  industry: ['industry', 'sector'],
  plan: ['plan', 'tier'],
  region: ['region', 'country'],
  contractStart: ['contractstart', 'contract', 'start'],
  createdDay: ['created', 'signup', 'since'],
} as const satisfies Partial<Record<keyof AccountsDraft, readonly string[]>>;

const guessAccounts = ({ columns }: Look): AccountsDraft => {
  // "parent_account" names the parent, not the account.
  const own = columns.filter((column) => !wordsIn(column).includes('parent'));
  const account = find(own, ['externalid', 'accountid', ...ACCOUNT, 'id']);
  const taken = new Set([account]);
  const found = Object.entries(ACCOUNT_FIELDS).flatMap(([field, words]) => {
    const column = find(
      columns.filter((one) => !taken.has(one)),
      words,
    );
    taken.add(column);
    return column === undefined ? [] : [[field, { column }]];
  });
  const rest = columns.filter((column) => !taken.has(column)).slice(0, 20);
  return { ...(account === undefined ? {} : { account: { column: account } }), ...(Object.fromEntries(found) as AccountsDraft), fields: rest };
};

/** A first reading of a file, to be put right by a person. Files without a time are accounts. */
export const guessDraft = (look: Look, fileName: string, timeZone: string): Draft => {
  const usage = guessUsage(look, fileName, timeZone);
  const hasTime = usage.time !== undefined && timeFormOf(valuesOf(look, usage.time.column), timeZone) !== null;
  const named = find(look.columns, ['owner', 'csm', 'industry', 'plan']) !== undefined && usage.value === undefined;
  const kind = statedKindOf(look, fileName) ?? (hasTime && !named ? 'usage' : 'accounts');
  const stated = {
    contacts: guessStated(look, 'contacts', timeZone),
    tickets: guessStated(look, 'tickets', timeZone),
    touches: guessStated(look, 'touches', timeZone),
    contracts: guessStated(look, 'contracts', timeZone),
    invoices: guessStated(look, 'invoices', timeZone),
  };
  return { kind, source: baseName(fileName), usage, accounts: guessAccounts(look), stated, meters: [], mainMeter: null };
};

const FILE_NAMES = {
  contacts: /contact|people|person/i,
  tickets: /ticket|case|issue/i,
  touches: /touch|activit|engagement/i,
  contracts: /contract|subscription|commitment/i,
  invoices: /invoice|bill/i,
} as const satisfies Record<StatedName, RegExp>;

/** What the name of a file says it holds, or columns that only tickets have. */
const statedKindOf = ({ columns }: Look, fileName: string): StatedName | null => {
  const [named] = (Object.keys(FILE_NAMES) as StatedName[]).filter((kind) => FILE_NAMES[kind].test(fileName));
  if (named) return named;
  return find(columns, ['severity', 'priority']) !== undefined && find(columns, ['subject']) !== undefined ? 'tickets' : null;
};

/** Each part by the names its column usually has; a column is used once, except that people without a key are told apart by their e-mail. */
const guessStated = <K extends StatedName>(look: Look, kind: K, timeZone: string): Draft['stated'][K] => {
  const taken = new Set<string>();
  // "account_id" names the account, not the row: the account chooses first.
  const parts = Object.entries<StatedPart>(statedParts[kind]).toSorted(([a], [b]) => Number(b === 'account') - Number(a === 'account'));
  const found = parts.flatMap(([key, part]) => {
    const column = find(
      look.columns.filter((one) => !taken.has(one)),
      part.found,
    );
    if (column === undefined) return [];
    taken.add(column);
    const form = isTime(part) ? timeFormOf(valuesOf(look, column), timeZone)?.form : undefined;
    return [[key, { column, ...(form ? { form } : {}) }] as const];
  });
  const { externalId, email, ...rest } = Object.fromEntries(found);
  const key = externalId ?? (kind === 'contacts' ? email : undefined);
  return { ...rest, ...(key && { externalId: key }), ...(email && { email }) } as Draft['stated'][K];
};

const title = (text: string): string => `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}`;
const MANY = 3;

/** Names of the events a mapping makes, as far as the first rows show. */
export const eventNamesIn = (look: Look, { event }: UsageDraft): string[] => {
  if (!event) return [];
  return 'constant' in event ? [event.constant].filter(Boolean) : [...new Set(valuesOf(look, event.column))].slice(0, MANY);
};

/** Meters that would measure what the mapping makes: the value added up, the events counted, and ids told apart. */
export const suggestMeters = (look: Look, usage: UsageDraft): DraftMeter[] => {
  const suggestion = (body: DraftMeter['body'], on: boolean): DraftMeter => ({ on, body, price: '', priceFrom: FIRST_DAY });
  const ids = (usage.properties ?? []).filter((column) => ['id', 'no', 'code', 'number', 'user'].some((word) => wordsIn(column).includes(word))).slice(0, 2);
  return eventNamesIn(look, usage).flatMap((eventName) => {
    const base = slug(eventName.replaceAll('.', '_'));
    const value = usage.value;
    const unit = !value || 'constant' in value ? 'units' : 'column' in value ? wordsIn(value.column).join(' ') : 'money';
    return [
      ...(value
        ? [
            suggestion(
              {
                key: keyOf(`${base}_${'product' in value ? 'spend' : 'total'}`),
                name: title('product' in value ? 'spend' : unit),
                unit,
                eventName,
                aggregation: 'SUM',
              },
              true,
            ),
          ]
        : []),
      suggestion(
        { key: keyOf(`${base}_count`), name: title(`${eventName.replaceAll(/[._]/g, ' ')} events`), unit: 'events', eventName, aggregation: 'COUNT' },
        !value,
      ),
      ...ids.map((column) => {
        const many = wordsIn(column)
          .filter((word) => !['id', 'no', 'code', 'number'].includes(word))
          .join(' ');
        return suggestion(
          {
            key: keyOf(`${base}_${slug(column)}`),
            name: title(`distinct ${many || column}`),
            unit: many || column,
            eventName,
            aggregation: 'UNIQUE',
            valueField: column,
          },
          false,
        );
      }),
    ];
  });
};
const keyOf = (text: string): string => text.replace(/^[^a-z]+/, '').slice(0, 40) || 'usage';
