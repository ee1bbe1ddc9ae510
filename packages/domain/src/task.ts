import type { AlertEvidence, Severity } from './alert.ts';
import { addDays, type Day, workday } from './calendar.ts';
import type { Segment } from './segment.ts';

export type TaskState = 'open' | 'done' | 'dismissed';
export type TaskMove = 'done' | 'dismiss' | 'reopen' | 'postpone' | 'assign' | 'edit';

/** What may be done with a task. `to` null: the state stays. `outcome`: whether the move asks what came of it. */
export const taskMoves = {
  done: { label: 'Done', from: ['open'], to: 'done', outcome: 'offered' },
  dismiss: { label: 'Dismiss', from: ['open'], to: 'dismissed', outcome: 'required' },
  reopen: { label: 'Reopen', from: ['done', 'dismissed'], to: 'open', outcome: 'none' },
  postpone: { label: 'Postpone', from: ['open'], to: null, outcome: 'none' },
  assign: { label: 'Assign', from: ['open'], to: null, outcome: 'none' },
  edit: { label: 'Edit', from: ['open'], to: null, outcome: 'none' },
} as const satisfies Record<TaskMove, { label: string; from: readonly TaskState[]; to: TaskState | null; outcome: 'none' | 'offered' | 'required' }>;

/** The state after a move; null where the move is not allowed from the present one. */
export const afterTaskMove = (state: TaskState, move: TaskMove): TaskState | null => {
  const { from, to }: { from: readonly TaskState[]; to: TaskState | null } = taskMoves[move];
  return from.includes(state) ? (to ?? state) : null;
};

/** Why a move is refused, as the sentence to show; null when it may be made. `dueDay` is asked by `postpone`, `outcome` by `dismiss`. */
export const taskMoveProblem = (
  task: { state: TaskState },
  move: TaskMove,
  given: { today: Day; dueDay?: Day | null; outcome?: string | null },
): string | null => {
  if (afterTaskMove(task.state, move) === null) return task.state === 'open' ? 'This task is open already' : `This task is ${task.state}: reopen it first`;
  if (move === 'postpone' && (given.dueDay == null || given.dueDay <= given.today)) return 'Choose a day after today';
  if (taskMoves[move].outcome === 'required' && !given.outcome?.trim()) return 'Say why it is not worth doing: it teaches the rule';
  return null;
};

/** Working days until a task of that severity is due; 0 is today. */
export const severities = {
  urgent: { label: 'Urgent', order: 0, dueIn: 0 },
  high: { label: 'High', order: 1, dueIn: 1 },
  normal: { label: 'Normal', order: 2, dueIn: 3 },
  low: { label: 'Low', order: 3, dueIn: 5 },
} as const satisfies Record<Severity, { label: string; order: number; dueIn: number }>;

/** The day a task is due: so many working days after today; what falls on a weekend waits for Monday. */
export const dueDay = (severity: Severity, today: Day): Day => {
  let day = workday(today);
  for (let left: number = severities[severity].dueIn; left > 0; left--) day = workday(addDays(day, 1));
  return day;
};

/** The one thing to do first when an account has entered a segment. */
const segmentSteps = {
  churn_risk: (account) => `Find out what changed at ${account}`,
  expansion_candidate: (account) => `Talk with ${account} about doing more`,
  onboarding_laggard: (account) => `Help ${account} reach first value`,
  onboarding_on_track: (account) => `Plan the next step with ${account}`,
  steady: (account) => `Check that ${account} is settled`,
  dormant: (account) => `Decide how to win back ${account}`,
  unassigned: (account) => `Plan the start with ${account}`,
} as const satisfies Record<Segment, (account: string) => string>;

/** The task an alert opens: what to do, by when, and the alert's sentence as its note. */
export const taskOf = (alert: { evidence: AlertEvidence; sentence: string }, account: string, today: Day): { title: string; note: string; dueDay: Day } => {
  const { rule, after } = alert.evidence;
  const title = rule.kind === 'segment_entered' ? segmentSteps[after.segment](account) : `Ask ${account} why health fell below ${rule.threshold}`;
  return { title, note: alert.sentence, dueDay: dueDay(rule.severity, today) };
};
