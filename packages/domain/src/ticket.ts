/** How bad a ticket is, the worst first, and what an open one weighs. */
export const ticketSeverities = {
  urgent: { label: 'Urgent', weight: 3 },
  high: { label: 'High', weight: 2 },
  normal: { label: 'Normal', weight: 1 },
  low: { label: 'Low', weight: 0.5 },
} as const satisfies Record<string, { label: string; weight: number }>;
export type TicketSeverity = keyof typeof ticketSeverities;
export const TICKET_SEVERITIES = Object.keys(ticketSeverities) as [TicketSeverity, ...TicketSeverity[]];
