import { ACCOUNT_STATUSES } from '@tideline/contracts/account';
import { type AccountMapping, type RowFault, rowFaults, type UsageMapping } from '@tideline/contracts/import';
import type { Fault } from '@tideline/contracts/ingest';
import { type CheckedEvent, checkEvent, isEventFault } from '@tideline/contracts/ingest-event';
import { Problem } from '@tideline/contracts/problem';
import type { StatedAccount } from '@tideline/db/write/import-account';
import { isDay, type Day } from '@tideline/domain/calendar';
import { allHold, type Condition, conditionProblem, numberText } from '@tideline/domain/condition';
import { product } from '@tideline/domain/money';
import { readTime } from '@tideline/domain/written-time';

export type RowProblem = { readonly reason: RowFault; readonly message: string };
/**
 * `sent`: the event the row would have been, where it could be read as one. `mapped`: the same as it will be once its time
 * has come, of a row that is ahead of the clock.
 */
export type Refused = { readonly refused: RowProblem; readonly sent?: { readonly fault: Fault; readonly event: object }; readonly mapped?: MappedUsage };
/** A row as an event. `id` is null where the file has none; `arrivalMs` is null where the file does not say. */
export type MappedUsage = { readonly event: CheckedEvent; readonly id: string | null; readonly arrivalMs: number | null };
export type RowReader<T> = (row: readonly string[]) => T | Refused | 'filtered';

const refused = (reason: RowFault, message: string = rowFaults[reason]): Refused => ({ refused: { reason, message } });

/** Where each column stands; throws `rule-violated` when the mapping names one the file lacks. */
export const columnFinder =
  (columns: readonly string[]) =>
  (name: string): number => {
    const at = columns.indexOf(name);
    if (at < 0) throw new Problem('rule-violated', `The file has no column "${name}": it has ${columns.join(', ')}`);
    return at;
  };

const field = (row: readonly string[], at: number): string => row[at]?.trim() ?? '';

const filterOf = (filter: UsageMapping['filter'], columns: readonly string[]): ((row: readonly string[]) => boolean) => {
  const find = columnFinder(columns);
  const named = filter.map(({ column, op, value }) => ({
    at: find(column),
    column,
    condition: { field: `properties.${column}`, op, value } satisfies Condition,
  }));
  for (const { condition } of named) {
    const problem = conditionProblem(condition);
    if (problem) throw new Problem('rule-violated', problem);
  }
  const conditions = named.map(({ condition }) => condition);
  return (row) => allHold({ event: '', value: null, properties: Object.fromEntries(named.map(({ at, column }) => [column, field(row, at)])) }, conditions);
};

const PLACES = 18;
type ReadValue = (row: readonly string[]) => string | undefined | { readonly unreadable: string };

const valueOf = (value: UsageMapping['value'], find: (name: string) => number): ReadValue => {
  if (!value) return () => undefined;
  if ('constant' in value) return () => value.constant;
  const places = 'column' in value ? [find(value.column)] : value.product.map(find);
  return (row) => {
    const figures: string[] = [];
    for (const at of places) {
      const text = field(row, at);
      if (text === '' && places.length === 1) return undefined;
      const figure = numberText(text);
      if (figure === null) return { unreadable: text };
      figures.push(figure);
    }
    return product(figures, PLACES);
  };
};

const MAX_ISO_MS = Date.UTC(9999, 11, 31);
/** As an event carries it: ISO 8601 where that can say it. */
const writtenTime = (ms: number): string | number => (ms >= 0 && ms <= MAX_ISO_MS ? new Date(ms).toISOString() : ms);

/** The event that a row would have been sent as, without an id where it has none. */
export const sentOf = ({ event: { account, event, timeMs, value, properties }, id }: MappedUsage): object => ({
  ...(id === null ? {} : { id }),
  account,
  event,
  ...(timeMs === null ? {} : { timestamp: writtenTime(timeMs) }),
  ...(value === null ? {} : { value }),
  ...(properties === null ? {} : { properties }),
});

/**
 * Compiles a mapping into a reader of rows. `nowMs` bounds times as for events that are sent; times without an offset
 * are read in `timezone`. Throws `rule-violated` when the mapping does not fit the columns.
 */
export const usageReader = (mapping: UsageMapping, columns: readonly string[], timezone: string, nowMs: number): RowReader<MappedUsage> => {
  const find = columnFinder(columns);
  const passes = mapping.filter.length > 0 ? filterOf(mapping.filter, columns) : null;
  const account = find(mapping.account.column);
  const eventAt = 'column' in mapping.event ? find(mapping.event.column) : -1;
  const constant = 'constant' in mapping.event ? mapping.event.constant : '';
  const time = { at: find(mapping.time.column), form: mapping.time.form ?? null };
  const arrival = mapping.arrival && { at: find(mapping.arrival.column), form: mapping.arrival.form ?? null };
  const idAt = mapping.id ? find(mapping.id.column) : -1;
  const readValue = valueOf(mapping.value, find);
  const properties = mapping.properties.map((name) => ({ name, at: find(name) }));
  return (row) => {
    if (row.length !== columns.length) return refused('wrong-columns', `The row has ${row.length} columns, the header ${columns.length}`);
    if (passes && !passes(row)) return 'filtered';
    const name = field(row, account);
    if (name === '') return refused('no-account');
    const event = eventAt < 0 ? constant : field(row, eventAt);
    if (event === '') return refused('no-event');
    const written = field(row, time.at);
    if (written === '') return refused('no-time');
    const timestamp = readTime(written, time.form, timezone);
    if (timestamp === null) return refused('bad-time', `"${written.slice(0, 40)}" is not a time that can be read`);
    const arrived = arrival ? field(row, arrival.at) : '';
    const arrivalMs = arrival && arrived !== '' ? readTime(arrived, arrival.form, timezone) : null;
    if (arrived !== '' && arrivalMs === null) return refused('bad-time', `"${arrived.slice(0, 40)}" is not a time that can be read`);
    const value = readValue(row);
    const own: Record<string, string> = {};
    for (const { name: property, at } of properties) {
      const text = field(row, at);
      if (text !== '') own[property] = text;
    }
    const id = idAt < 0 ? null : field(row, idAt);
    const given = { account: name, event, timestamp, properties: properties.length > 0 ? own : undefined };
    const sent = { ...(id === null ? {} : { id }), ...given, timestamp: writtenTime(timestamp) };
    if (typeof value === 'object') {
      const message = `"${value.unreadable.slice(0, 40)}" is not a number`;
      return { refused: { reason: 'bad-number', message }, sent: { fault: { code: 'invalid-value', message }, event: { ...sent, value: value.unreadable } } };
    }
    const checked = checkEvent({ ...given, id: id ?? 'row', value }, nowMs);
    if (!isEventFault(checked)) return { event: checked, id, arrivalMs };
    const later = checked.code === 'clock-ahead' ? checkEvent({ ...given, id: id ?? 'row', value }, Number.POSITIVE_INFINITY) : checked;
    const mapped = isEventFault(later) ? {} : { mapped: { event: later, id, arrivalMs } };
    return { refused: { reason: checked.code, message: checked.message }, sent: { fault: checked, event: { ...sent, value } }, ...mapped };
  };
};

const MAX_TEXT = 200;

/** An account as a row states it, with the e-mail of its owner and the key of what it is part of. */
export type MappedAccount = Omit<StatedAccount, 'ownerId'> & { readonly owner: string | null; readonly parent: string | null };

/** Compiles a mapping of accounts into a reader of rows; empty cells say nothing. */
export const accountReader = (mapping: AccountMapping, columns: readonly string[]): RowReader<MappedAccount> => {
  const find = columnFinder(columns);
  const reader = (from: { column: string } | undefined) => {
    const at = from ? find(from.column) : -1;
    return (row: readonly string[]): string | null => (at < 0 ? null : field(row, at).slice(0, MAX_TEXT) || null);
  };
  const account = find(mapping.account.column);
  const [name, owner, status, industry] = [reader(mapping.name), reader(mapping.owner), reader(mapping.status), reader(mapping.industry)];
  const [plan, region, contractStart, createdDay] = [reader(mapping.plan), reader(mapping.region), reader(mapping.contractStart), reader(mapping.createdDay)];
  const parent = reader(mapping.parent);
  const fields = mapping.fields.map((column) => ({ column, at: find(column) }));
  return (row) => {
    if (row.length !== columns.length) return refused('wrong-columns', `The row has ${row.length} columns, the header ${columns.length}`);
    const externalId = field(row, account);
    if (externalId === '') return refused('no-account');
    // An account's key and fields keep to the same rules as in an event.
    const checked = checkEvent(
      { id: 'row', account: externalId, event: 'row', properties: Object.fromEntries(row.map((cell, at) => [columns[at] ?? '', cell])) },
      0,
    );
    if (isEventFault(checked)) return refused(checked.code, checked.message);
    const days = [contractStart(row), createdDay(row)];
    for (const day of days) if (day !== null && !isDay(day)) return refused('bad-day', `"${day.slice(0, 40)}" is not a day: write it as YYYY-MM-DD`);
    const state = status(row)?.toLowerCase() ?? null;
    if (state !== null && !(ACCOUNT_STATUSES as readonly string[]).includes(state))
      return refused('bad-status', `"${state.slice(0, 40)}" is no status of an account`);
    return {
      externalId,
      name: name(row),
      owner: owner(row)?.toLowerCase() ?? null,
      status: state,
      industry: industry(row),
      plan: plan(row),
      region: region(row),
      contractStart: days[0] as Day | null,
      createdDay: days[1] as Day | null,
      parent: parent(row),
      fields: Object.fromEntries(fields.flatMap(({ column, at }) => (field(row, at) === '' ? [] : [[column, field(row, at)]]))),
    };
  };
};
