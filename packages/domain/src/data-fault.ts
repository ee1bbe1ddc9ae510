import { addDays, type Day, weekday } from './calendar.ts';

/** What fell silent: everything, what one meter counts, or what one key or source sends. */
export const FAULT_SCOPES = ['workspace', 'meter', 'key', 'source'] as const;
export type FaultScope = (typeof FAULT_SCOPES)[number];

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const dayWords = (value: Day): string => `${Number(value.slice(8))} ${MONTHS[Number(value.slice(5, 7)) - 1]}`;

const from: Record<FaultScope, (name: string) => string> = {
  workspace: () => '',
  meter: (name) => ` on the meter “${name}”`,
  key: (name) => ` by the key “${name}”`,
  source: (name) => ` from the source “${name}”`,
};

export type FaultFacts = { scope: FaultScope; name: string | null; since: Day; active: number; usual: number; accounts: number };

/** What an admin is told: what fell silent since when, on which evidence, and what is held. */
export const faultWords = ({ scope, name, since, active, usual, accounts }: FaultFacts): { title: string; evidence: string; held: string } => {
  const on = WEEKDAYS[weekday(since)] ?? '';
  const silent = Math.max(0, Math.round(usual) - active);
  return {
    title: `${active === 0 ? 'No' : 'Hardly any'} usage has arrived${from[scope](name ?? '')} since ${on.slice(0, 3)} ${dayWords(since)}`,
    evidence: `${silent.toLocaleString('en')} of ${Math.round(usual).toLocaleString('en')} accounts usually active on a ${on} were silent`,
    held: `${scope === 'workspace' ? 'Scores' : `The scores of ${accounts === 1 ? 'one account' : `${accounts.toLocaleString('en')} accounts`}`} are held as of ${dayWords(addDays(since, -1))}`,
  };
};
