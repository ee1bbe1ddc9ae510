import type { Day } from '@tideline/domain/calendar';
import type { Api } from '../../../../lib/api.ts';
import { counted, weekDay, type Reader } from '../../../../ui/format.ts';
import type { TaskItem } from './address.ts';
import type { Person } from './scene.ts';
import type { TaskDraft } from './task-dialog.tsx';
import type { Act } from './use-acts.ts';

export type TaskGiven = {
  client: Api;
  reader: Reader;
  rows: readonly TaskItem[];
  show: (ids: readonly string[], change: (row: TaskItem) => TaskItem) => void;
};

const whatOf = (rows: readonly TaskItem[]) => (changed: number) => (changed === 1 && rows.length === 1 ? (rows[0]?.title ?? '') : counted(changed, 'task'));
const reopened = (client: Api) => (changed: readonly string[]) => client.call('moveTasks', { body: { move: 'reopen', ids: [...changed] } });
const one = async (made: Promise<{ id: string }>) => ({ changed: [(await made).id], refused: [] });
/** What an edit wrote over. */
const wordsOf = ({ title, note, owner, dueDay }: TaskItem) => ({ title, note, owner: owner?.id ?? null, dueDay });

/** Every act on tasks. One more is one entry here. */
export const taskActs = {
  done: ({ client, rows, show }: TaskGiven, outcome: string): Act => {
    const ids = rows.map(({ id }) => id);
    return {
      noun: 'task',
      show: () => show(ids, (row) => ({ ...row, state: 'done', overdue: false, outcome })),
      send: () => client.call('moveTasks', { body: { move: 'done', ids, outcome } }),
      back: reopened(client),
      said: (changed) => `Done: ${whatOf(rows)(changed)}`,
    };
  },
  dismiss: ({ client, rows, show }: TaskGiven, outcome: string): Act => {
    const ids = rows.map(({ id }) => id);
    return {
      noun: 'task',
      show: () => show(ids, (row) => ({ ...row, state: 'dismissed', overdue: false, outcome })),
      send: () => client.call('moveTasks', { body: { move: 'dismiss', ids, outcome } }),
      back: reopened(client),
      said: (changed) => `Dismissed: ${whatOf(rows)(changed)}`,
    };
  },
  reopen: ({ client, rows, show }: TaskGiven): Act => {
    const ids = rows.map(({ id }) => id);
    return {
      noun: 'task',
      show: () => show(ids, (row) => ({ ...row, state: 'open' })),
      send: () => client.call('moveTasks', { body: { move: 'reopen', ids } }),
      said: (changed) => `Open again: ${whatOf(rows)(changed)}`,
    };
  },
  postpone: ({ client, rows, show, reader }: TaskGiven, dueDay: Day): Act => {
    const ids = rows.map(({ id }) => id);
    // Postponing looks ahead only; the day before is written back as an edit.
    const back = (changed: readonly string[]) =>
      Promise.all(
        rows.filter(({ id }) => changed.includes(id)).map((row) => client.call('editTask', { params: { id: row.id }, body: { dueDay: row.dueDay } })),
      );
    return {
      noun: 'task',
      show: () => show(ids, (row) => ({ ...row, dueDay, overdue: false })),
      send: () => client.call('moveTasks', { body: { move: 'postpone', ids, dueDay } }),
      back,
      said: (changed) => `${whatOf(rows)(changed)}: due ${weekDay(dueDay, reader)}`,
    };
  },
  assign: ({ client, rows, show }: TaskGiven, person: Person | null): Act => {
    const ids = rows.map(({ id }) => id);
    const give = (some: string[], owner: string | null) => client.call('moveTasks', { body: { move: 'assign', ids: some, owner } });
    const back = (changed: readonly string[]) => {
      const before = Map.groupBy(
        rows.filter(({ id }) => changed.includes(id)),
        (row) => row.owner?.id ?? null,
      );
      return Promise.all(
        [...before].map(([owner, some]) =>
          give(
            some.map(({ id }) => id),
            owner,
          ),
        ),
      );
    };
    return {
      noun: 'task',
      show: () => show(ids, (row) => ({ ...row, owner: person })),
      send: () => give(ids, person?.id ?? null),
      back,
      said: (changed) => `${whatOf(rows)(changed)}: given to ${person?.name ?? 'nobody'}`,
    };
  },
  create: ({ client }: TaskGiven, draft: TaskDraft): Act => ({
    noun: 'task',
    send: () => one(client.call('createTask', { body: draft })),
    back: (changed) => client.call('moveTasks', { body: { move: 'dismiss', ids: [...changed], outcome: 'Taken back at once' } }),
    said: () => `Task added: ${draft.title}`,
  }),
  edit: ({ client, rows }: TaskGiven, { title, note, owner, dueDay }: TaskDraft): Act => {
    const [before] = rows;
    return {
      noun: 'task',
      send: () => one(client.call('editTask', { params: { id: before?.id ?? '' }, body: { title, note, owner, dueDay } })),
      back: before && (([id = '']) => client.call('editTask', { params: { id }, body: wordsOf(before) })),
      said: () => `Task saved: ${title}`,
    };
  },
} as const;
