/** How bad a ticket is, the worst first, and what an open one weighs. */
export const ticketSeverities = {
  urgent: { label: 'Urgent', weight: 3 },
  high: { label: 'High', weight: 2 },
  normal: { label: 'Normal', weight: 1 },
  low: { label: 'Low', weight: 0.5 },
} as const satisfies Record<string, { label: string; weight: number }>;
export type TicketSeverity = keyof typeof ticketSeverities;
export const TICKET_SEVERITIES = Object.keys(ticketSeverities) as [TicketSeverity, ...TicketSeverity[]];

/** How other systems say it. */
const severityWords: Readonly<Record<string, TicketSeverity>> = { critical: 'urgent', p1: 'urgent', p2: 'high', medium: 'normal', p3: 'normal', p4: 'low' };
const CLOSED_WORDS = new Set(['closed', 'solved', 'resolved', 'done']);
const OPEN_WORDS = new Set(['open', 'new', 'pending', 'on_hold', 'hold', 'in_progress', 'waiting', 'reopened']);

/** A severity or priority as another system writes it; null when it is none. */
export const severityOf = (text: string): TicketSeverity | null => {
  const word = wordOf(text);
  return (TICKET_SEVERITIES as readonly string[]).includes(word) ? (word as TicketSeverity) : (severityWords[word] ?? null);
};

/** Whether a state as another system writes it is open or closed; null when that cannot be told. */
export const ticketStateOf = (text: string): 'open' | 'closed' | null => {
  const word = wordOf(text);
  if (CLOSED_WORDS.has(word)) return 'closed';
  return OPEN_WORDS.has(word) ? 'open' : null;
};

/** A word as codes are written: "On hold" is `on_hold`. */
export const wordOf = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_');
