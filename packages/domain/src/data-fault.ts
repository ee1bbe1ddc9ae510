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

const told = ({ scope, name, since, active }: Pick<FaultFacts, 'scope' | 'name' | 'since' | 'active'>): string =>
  `${active === 0 ? 'no' : 'hardly any'} usage has arrived${from[scope](name ?? '')} since ${(WEEKDAYS[weekday(since)] ?? '').slice(0, 3)} ${dayWords(since)}`;

/** What whoever looks after an account is told while a fault holds its score: the stamp, and why it stands still. */
export const heldWords = (fault: Pick<FaultFacts, 'scope' | 'name' | 'since' | 'active'>): { stamp: string; because: string } => ({
  stamp: `Score held as of ${dayWords(addDays(fault.since, -1))}`,
  because: told(fault),
});

export type FaultFacts = { scope: FaultScope; name: string | null; since: Day; active: number; usual: number; accounts: number };

/** What an admin is told: what fell silent since when, on which evidence, and what is held. */
export const faultWords = ({ scope, name, since, active, usual, accounts }: FaultFacts): { title: string; evidence: string; held: string } => {
  const on = WEEKDAYS[weekday(since)] ?? '';
  const happened = told({ scope, name, since, active });
  const silent = Math.max(0, Math.round(usual) - active);
  return {
    title: `${happened.charAt(0).toUpperCase()}${happened.slice(1)}`,
    evidence: `${silent.toLocaleString('en')} of ${Math.round(usual).toLocaleString('en')} accounts usually active on a ${on} were silent`,
    held: `${scope === 'workspace' ? 'Scores' : `The scores of ${accounts === 1 ? 'one account' : `${accounts.toLocaleString('en')} accounts`}`} are held as of ${dayWords(addDays(since, -1))}`,
  };
};
