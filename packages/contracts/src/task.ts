import { taskMoves, type TaskMove, type TaskState } from '@tideline/domain/task';
import * as z from 'zod';
import { Moved, Person, WorkAccount } from './alert.ts';
import { op } from './operation.ts';
import { PageQuery, pageOf } from './page.ts';
import { DayOut, DayText, Id, IdParams, TimeOut } from './value.ts';

export const TASK_STATES = ['open', 'done', 'dismissed'] as const satisfies readonly TaskState[];

export const Task = z
  .object({
    id: Id,
    title: z.string(),
    note: z.string(),
    state: z.enum(TASK_STATES),
    dueDay: DayOut.nullable(),
    overdue: z.boolean(),
    owner: Person.nullable(),
    account: WorkAccount,
    alert: z
      .object({
        id: Id,
        sentence: z.string(),
        state: z.enum(['open', 'acknowledged', 'snoozed', 'resolved']),
        clearedOn: DayOut.nullable().meta({
          description: 'The day the alert resolved by itself. The task stays open: whether it is still worth doing is for its owner to say',
        }),
      })
      .nullable(),
    outcome: z.string().nullable(),
    closedAt: TimeOut.nullable(),
    closedBy: Person.nullable(),
    createdBy: Person.nullable().meta({ description: 'null: opened by an alert' }),
    createdAt: TimeOut,
  })
  .meta({ id: 'Task' });

/** Due: `overdue` before today, `today` up to today, `week` within the next seven days, each counting what is overdue. */
export const TaskQuery = z
  .object({
    state: z.enum([...TASK_STATES, 'closed']).default('open'),
    owner: z.union([z.literal('me'), z.literal('unassigned'), Id]).optional(),
    due: z.enum(['overdue', 'today', 'week']).optional(),
    account: Id.optional(),
  })
  .extend(PageQuery.shape);

const Title = z.string().trim().min(1, { error: 'Say what is to be done' }).max(200);
const Note = z.string().trim().max(5_000);
const TaskBody = z.object({ account: Id, title: Title, note: Note.default(''), owner: Id.nullable().optional(), dueDay: DayText.nullable().default(null) });
const TaskEdit = z.object({ title: Title, note: Note, owner: Id.nullable(), dueDay: DayText.nullable() }).partial();

const Ids = z.array(Id).min(1, { error: 'Choose at least one' }).max(500);
const Outcome = z.string().trim().max(2_000);
/** One move for one or many. `reopen` undoes done and dismiss. */
export const TaskMoveBody = z.discriminatedUnion('move', [
  z.object({ move: z.literal('done' satisfies TaskMove), ids: Ids, outcome: Outcome.default('') }),
  z.object({ move: z.literal('dismiss' satisfies TaskMove), ids: Ids, outcome: Outcome }),
  z.object({ move: z.literal('reopen' satisfies TaskMove), ids: Ids }),
  z.object({ move: z.literal('postpone' satisfies TaskMove), ids: Ids, dueDay: DayText }),
  z.object({ move: z.literal('assign' satisfies TaskMove), ids: Ids, owner: Id.nullable() }),
]);
export const taskMoveLabels = taskMoves;

const tasks = { tag: 'Tasks', key: 'manage', permission: 'task.write' } as const;

export const taskOperations = {
  countWork: op({
    method: 'GET',
    path: '/work',
    summary:
      'What waits for the person who asks: open alerts and tasks of theirs, accounts of their book that need somebody, events that no meter counts, proposed merges, and what holds the scores',
    tag: 'Tasks',
    permission: 'account.read',
    reply: z.object({
      alerts: z.int(),
      tasks: z.int(),
      needsYou: z.int(),
      proposals: z.int().meta({ description: 'proposed merges that wait, for whoever may merge' }),
      faults: z.array(z.object({ title: z.string(), held: z.string() })).meta({ description: 'usage that stopped together: scores are held meanwhile' }),
      uncounted: z.array(z.string()).meta({ description: 'names of events that come in while there is no meter' }),
    }),
  }),
  listTasks: op({
    method: 'GET',
    path: '/tasks',
    summary: 'Tasks, the first due first',
    tag: 'Tasks',
    key: 'read',
    permission: 'account.read',
    query: TaskQuery,
    reply: pageOf(Task),
  }),
  createTask: op({
    ...tasks,
    method: 'POST',
    path: '/tasks',
    summary: "Create a task; without an owner named it is the account's owner's",
    body: TaskBody,
    reply: Task,
    status: 201,
  }),
  editTask: op({ ...tasks, method: 'PATCH', path: '/tasks/{id}', summary: 'Edit an open task', params: IdParams, body: TaskEdit, reply: Task }),
  moveTasks: op({ ...tasks, method: 'POST', path: '/tasks/move', summary: 'Close, reopen, postpone or assign tasks', body: TaskMoveBody, reply: Moved }),
};
