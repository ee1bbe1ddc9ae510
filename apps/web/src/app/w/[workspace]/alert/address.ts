import type { Alert, AlertQuery } from '@tideline/contracts/alert';
import type { Task, TaskQuery } from '@tideline/contracts/task';
import { createSerializer, parseAsString, parseAsStringLiteral, type inferParserType } from 'nuqs/server';
import type * as z from 'zod';

export type AlertItem = z.output<typeof Alert>;
export type TaskItem = z.output<typeof Task>;

export const ALERT_STATES = ['active', 'open', 'acknowledged', 'snoozed', 'resolved'] as const;
export const TASK_STATES = ['open', 'done', 'dismissed'] as const;
export const DUES = ['overdue', 'today', 'week'] as const;

/** Everything that decides what the screen shows stands in the address. `owner` is shared by both tabs. */
export const inboxParsers = {
  tab: parseAsStringLiteral(['alerts', 'tasks']).withDefault('alerts'),
  /** `me`, `anyone`, `unassigned` or a member's id; absent: what the role starts with. */
  owner: parseAsString,
  state: parseAsStringLiteral(ALERT_STATES).withDefault('active'),
  rule: parseAsString,
  sort: parseAsStringLiteral(['newest', 'stake']).withDefault('newest'),
  task: parseAsStringLiteral(TASK_STATES).withDefault('open'),
  due: parseAsStringLiteral(DUES),
};
export type InboxAddress = inferParserType<typeof inboxParsers>;
export type SetAddress = (change: { [K in keyof InboxAddress]?: InboxAddress[K] | null }, options?: { history?: 'push' | 'replace' }) => void;
export const writeAddress = createSerializer(inboxParsers);

export type DefaultOwner = 'me' | 'anyone';
const ownerPart = (address: InboxAddress, fallback: DefaultOwner): { owner?: string } => {
  const owner = address.owner ?? fallback;
  return owner === 'anyone' ? {} : { owner };
};

/** What is counted: the filters without the state. */
export const countQuery = (address: InboxAddress, fallback: DefaultOwner) => ({
  ...ownerPart(address, fallback),
  ...(address.rule ? { rule: address.rule } : {}),
});
export const alertQuery = (address: InboxAddress, fallback: DefaultOwner): z.input<typeof AlertQuery> => ({
  ...countQuery(address, fallback),
  state: address.state,
  sort: address.sort,
});
export const taskQuery = (address: InboxAddress, fallback: DefaultOwner): z.input<typeof TaskQuery> => ({
  ...ownerPart(address, fallback),
  state: address.task,
  // Only what is open is due.
  ...(address.due && address.task === 'open' ? { due: address.due } : {}),
});

/** Equal questions are equal text. */
export const keyOf = (query: object): string => JSON.stringify(Object.entries(query).toSorted(([a], [b]) => (a < b ? -1 : 1)));
