import { TICKET_SEVERITIES, type TicketSeverity, ticketSeverities } from './ticket.ts';

/** Sums over the tickets of an account as of a day. */
export type SupportSums = {
  /** Open at the end of the day. */
  readonly open: number;
  /** By severity: sum over the tickets open at the end of the day of min(1, age in days / 14). */
  readonly aged: Readonly<Record<TicketSeverity, number>>;
  /** Tickets opened in the 14 and the 84 days that end with the day. */
  readonly opened14: number;
  readonly opened84: number;
};

/** Days after which an open ticket weighs in full, and of which a rush of new ones is looked for. */
export const TICKET_DAYS = 14;
/** Days that give the account's own usual rate of new tickets. */
export const TICKET_RATE_DAYS = 84;
const RUSH_WEIGHT = 0.5;
const HALVING_LOAD = 2;

/** What the tickets of an account weigh (score.md 4.7): those open, and how many more came than usual. */
export const supportLoad = ({ aged, opened14, opened84 }: SupportSums): number => {
  const open = TICKET_SEVERITIES.reduce((sum, severity) => sum + ticketSeverities[severity].weight * aged[severity], 0);
  const usual = (opened84 / TICKET_RATE_DAYS) * TICKET_DAYS;
  return open + RUSH_WEIGHT * Math.max(0, opened14 - usual);
};

/** 100 without load, halved by every 2 of it. */
export const supportScore = (sums: SupportSums): number => 100 * 2 ** (-supportLoad(sums) / HALVING_LOAD);

const tickets = (n: number): string => (n === 1 ? '1 ticket' : `${n} tickets`);

/** The worst of what is open, and a rush of new ones where there is one. */
export const supportSentence = ({ open, aged, opened14, opened84 }: SupportSums): string => {
  const worst = TICKET_SEVERITIES.find((severity) => aged[severity] > 0);
  const standing = open === 0 ? 'No ticket open' : `${tickets(open)} open${worst ? `, the worst ${ticketSeverities[worst].label.toLowerCase()}` : ''}`;
  const usual = Math.round((opened84 / TICKET_RATE_DAYS) * TICKET_DAYS);
  return opened14 > usual + 1 ? `${standing}; ${tickets(opened14)} in 14 days, usually ${usual === 0 ? 'hardly any' : `about ${usual}`}` : standing;
};
