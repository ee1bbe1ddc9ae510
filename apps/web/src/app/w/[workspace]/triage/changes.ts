import type { Day } from '@tideline/domain/calendar';
import { snoozeReasons } from '@tideline/domain/snooze';
import type { Api } from '../../../../lib/api.ts';
import type { Snooze } from '../../../../lib/snooze-dialog.tsx';
import { counted, weekDay, type Reader } from '../../../../ui/format.ts';
import type { Row } from './list-state.ts';

/** Something done to rows: how it looks at once, what the server is asked, how it is taken back, and how it is said. */
export type Change = {
  ids: readonly string[];
  /** Shown before the server has answered: the rows leave, or change where they stand. */
  shown: { leave: true } | { leave: false; change: (row: Row) => Row };
  send: () => Promise<unknown>;
  /** Absent: it cannot be taken back. */
  back?: () => Promise<unknown>;
  said: string;
};
export type RowState = 'done' | 'snoozed' | 'open';
export type Person = { id: string; name: string };
export type Touch = { kind: 'call' | 'email' | 'meeting' | 'note'; body: string; day: Day; /** The contact it was with. */ contact?: string };
export type NewTask = { title: string; dueDay: Day | null; note: string };

/** What a change is made from. `leaves`: whether rows in that state leave the list that is shown. */
export type Given = { client: Api; reader: Reader; me: Person; rows: readonly Pick<Row, 'id' | 'name' | 'owner'>[]; leaves: (state: RowState) => boolean };

/** One request carries at most this many accounts. */
const ACCOUNTS = 200;
const forAll = (ids: readonly string[], run: (accounts: string[]) => Promise<unknown>): Promise<unknown> =>
  Promise.all(Array.from({ length: Math.ceil(ids.length / ACCOUNTS) }, (_, i) => run(ids.slice(i * ACCOUNTS, (i + 1) * ACCOUNTS))));

const nameOf = ({ rows }: Given, ids: readonly string[]): string =>
  (ids.length === 1 ? rows.find((row) => row.id === ids[0])?.name : undefined) ?? counted(ids.length, 'account');
const asState = ({ leaves }: Given, state: RowState, change: (row: Row) => Row): Change['shown'] =>
  leaves(state) ? { leave: true } : { leave: false, change };
const inPlace = (change: (row: Row) => Row): Change['shown'] => ({ leave: false, change });
const touchWords = { call: 'Call logged', email: 'Mail logged', meeting: 'Meeting logged', note: 'Note kept' } as const satisfies Record<Touch['kind'], string>;

const wordsOf = ({ reason, note }: Snooze): string => (reason === 'other' ? note : [snoozeReasons[reason].label, note].filter(Boolean).join(': '));

/** Every change a row knows. One more is one entry here. */
export const changes = {
  done: (given: Given, ids: readonly string[]): Change => ({
    ids,
    shown: asState(given, 'done', (row) => ({ ...row, done: { day: given.reader.today, by: given.me.name } })),
    send: () => forAll(ids, (accounts) => given.client.call('markDone', { body: { accounts } })),
    back: () => forAll(ids, (accounts) => given.client.call('undoDone', { body: { accounts } })),
    said: `${nameOf(given, ids)} done`,
  }),
  undoDone: (given: Given, ids: readonly string[]): Change => ({
    ids,
    shown: asState(given, 'open', (row) => ({ ...row, done: null })),
    send: () => forAll(ids, (accounts) => given.client.call('undoDone', { body: { accounts } })),
    back: () => forAll(ids, (accounts) => given.client.call('markDone', { body: { accounts } })),
    said: `${nameOf(given, ids)} back in triage`,
  }),
  snooze: (given: Given, ids: readonly string[], snooze: Snooze): Change => ({
    ids,
    shown: asState(given, 'snoozed', (row) => ({ ...row, snoozed: { until: snooze.until, reason: wordsOf(snooze) } })),
    send: () => forAll(ids, (accounts) => given.client.call('snoozeAccounts', { body: { accounts, ...snooze } })),
    back: () => forAll(ids, (accounts) => given.client.call('unsnoozeAccounts', { body: { accounts } })),
    said: `${nameOf(given, ids)} snoozed until ${weekDay(snooze.until, given.reader)}`,
  }),
  wake: (given: Given, ids: readonly string[]): Change => ({
    ids,
    shown: asState(given, 'open', (row) => ({ ...row, snoozed: null })),
    send: () => forAll(ids, (accounts) => given.client.call('unsnoozeAccounts', { body: { accounts } })),
    said: `${nameOf(given, ids)} back in triage`,
  }),
  touch: (given: Given, ids: readonly string[], { kind, body, day, contact }: Touch): Change => {
    const logged = { id: '' };
    const isLast = (row: Row) => kind !== 'note' && (row.lastTouch === null || row.lastTouch.day <= day);
    return {
      ids,
      shown: inPlace((row) => (isLast(row) ? { ...row, lastTouch: { day, kind } } : row)),
      send: async () => {
        logged.id = (
          await given.client.call('logTouch', { body: { account: ids[0] ?? '', kind, body, day, ...(contact === undefined ? {} : { contact }) } })
        ).id;
      },
      back: () => given.client.call('removeTouch', { params: { id: logged.id } }),
      said: `${touchWords[kind]}: ${nameOf(given, ids)}`,
    };
  },
  task: (given: Given, ids: readonly string[], task: NewTask): Change => {
    const made: string[] = [];
    return {
      ids,
      shown: inPlace((row) => row),
      send: () =>
        forAll(ids, async (accounts) => {
          const { tasks } = await given.client.call('addTasks', { body: { accounts, ...task } });
          made.push(...tasks.map(({ id }) => id));
        }),
      back: () => given.client.call('moveTasks', { body: { move: 'dismiss', ids: made, outcome: 'Taken back at once' } }),
      said: ids.length === 1 ? `Task for ${nameOf(given, ids)}: ${task.title}` : `${counted(ids.length, 'task')}: ${task.title}`,
    };
  },
  closeTask: (given: Given, ids: readonly string[], task: { id: string; title: string }): Change => ({
    ids,
    shown: inPlace((row) => row),
    send: () => given.client.call('moveTasks', { body: { move: 'done', ids: [task.id] } }),
    back: () => given.client.call('moveTasks', { body: { move: 'reopen', ids: [task.id] } }),
    said: `Task done: ${task.title}`,
  }),
  assign: (given: Given, ids: readonly string[], owner: Person | null): Change => {
    const give = (accountIds: string[], ownerId: string | null) => given.client.call('assignManyAccounts', { body: { accountIds, ownerId } });
    const before = Map.groupBy(
      given.rows.filter((row) => ids.includes(row.id)),
      (row) => row.owner?.id ?? null,
    );
    return {
      ids,
      shown: inPlace((row) => ({ ...row, owner })),
      send: () => forAll(ids, (accounts) => give(accounts, owner?.id ?? null)),
      back: () =>
        Promise.all(
          [...before].map(([ownerId, rows]) =>
            give(
              rows.map((row) => row.id),
              ownerId,
            ),
          ),
        ),
      said: `${nameOf(given, ids)} given to ${owner?.name ?? 'nobody'}`,
    };
  },
} as const;
