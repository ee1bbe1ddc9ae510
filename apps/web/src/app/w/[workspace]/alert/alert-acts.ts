import { afterAlertMove, type AlertMove, type AlertState } from '@tideline/domain/alert';
import type { Api } from '../../../../lib/api.ts';
import { counted, weekDay, type Reader } from '../../../../ui/format.ts';
import type { AlertItem } from './address.ts';
import type { Snooze } from '../../../../lib/snooze-dialog.tsx';
import type { Person } from './scene.ts';
import type { Act } from './use-acts.ts';

/** What acts on alerts are made from: the rows named, and how a row looks in the list after a move. */
export type AlertGiven = {
  client: Api;
  reader: Reader;
  rows: readonly AlertItem[];
  show: (ids: readonly string[], change: (row: AlertItem) => AlertItem) => void;
};

const whatOf = (rows: readonly AlertItem[]) => (changed: number) =>
  changed === 1 && rows.length === 1 ? (rows[0]?.account.name ?? '') : counted(changed, 'alert');
const becomes = (row: AlertItem, move: AlertMove): AlertItem => ({ ...row, state: afterAlertMove(row.state, move) ?? row.state });
const inState = (rows: readonly AlertItem[], state: AlertState, changed: readonly string[]): string[] =>
  rows.filter((row) => row.state === state && changed.includes(row.id)).map(({ id }) => id);

/** Every act on alerts. One more is one entry here. */
export const alertActs = {
  acknowledge: ({ client, rows, show }: AlertGiven): Act => {
    const ids = rows.map(({ id }) => id);
    return {
      noun: 'alert',
      show: () => show(ids, (row) => becomes(row, 'acknowledge')),
      send: () => client.call('moveAlerts', { body: { move: 'acknowledge', ids } }),
      said: (changed) => `${whatOf(rows)(changed)}: acknowledged`,
    };
  },
  snooze: ({ client, rows, show, reader }: AlertGiven, snooze: Snooze): Act => {
    const ids = rows.map(({ id }) => id);
    // What was snoozed before had another day and reason, which are gone: only the rest can go back.
    const undoable = rows.every(({ state }) => state !== 'snoozed');
    const back = async (changed: readonly string[]) => {
      const [open, known] = [inState(rows, 'open', changed), inState(rows, 'acknowledged', changed)];
      if (open.length > 0) await client.call('moveAlerts', { body: { move: 'wake', ids: open } });
      if (known.length > 0) await client.call('moveAlerts', { body: { move: 'acknowledge', ids: known } });
    };
    return {
      noun: 'alert',
      show: () => show(ids, (row) => ({ ...becomes(row, 'snooze'), snoozedUntil: snooze.until })),
      send: () => client.call('moveAlerts', { body: { move: 'snooze', ids, ...snooze } }),
      back: undoable ? back : undefined,
      said: (changed) => `${whatOf(rows)(changed)}: snoozed until ${weekDay(snooze.until, reader)}`,
    };
  },
  wake: ({ client, rows, show }: AlertGiven): Act => {
    const ids = rows.map(({ id }) => id);
    return {
      noun: 'alert',
      show: () => show(ids, (row) => ({ ...becomes(row, 'wake'), snoozedUntil: null })),
      send: () => client.call('moveAlerts', { body: { move: 'wake', ids } }),
      said: (changed) => `${whatOf(rows)(changed)}: open again`,
    };
  },
  resolve: ({ client, rows, show }: AlertGiven, resolution: string): Act => {
    const ids = rows.map(({ id }) => id);
    return {
      noun: 'alert',
      show: () => show(ids, (row) => ({ ...becomes(row, 'resolve'), resolution })),
      send: () => client.call('moveAlerts', { body: { move: 'resolve', ids, resolution } }),
      said: (changed) => `${whatOf(rows)(changed)}: resolved`,
    };
  },
  assign: ({ client, rows, show }: AlertGiven, person: Person | null): Act => {
    const ids = rows.map(({ id }) => id);
    const give = (some: string[], assignee: string | null) => client.call('moveAlerts', { body: { move: 'assign', ids: some, assignee } });
    const back = (changed: readonly string[]) => {
      const before = Map.groupBy(
        rows.filter(({ id }) => changed.includes(id)),
        (row) => row.assignee?.id ?? null,
      );
      return Promise.all(
        [...before].map(([assignee, some]) =>
          give(
            some.map(({ id }) => id),
            assignee,
          ),
        ),
      );
    };
    return {
      noun: 'alert',
      show: () => show(ids, (row) => ({ ...row, assignee: person })),
      send: () => give(ids, person?.id ?? null),
      back,
      said: (changed) => `${whatOf(rows)(changed)}: given to ${person?.name ?? 'nobody'}`,
    };
  },
} as const;
