import { breadthSentence } from './breadth.ts';
import type { CustomKey, OtherKey, SignalKey, UsageKey } from './component.ts';
import { customSentence } from './custom-signal.ts';
import { engagementSentence } from './engagement.ts';
import type { Measures } from './measure.ts';
import { isCustom, type OtherReadings } from './other-signal.ts';
import { paceSentence } from './pace.ts';
import { paymentSentence } from './payment.ts';
import { sentimentSentence } from './sentiment.ts';
import { supportLoad, supportSentence } from './support.ts';
import { type Signal, usageSignals } from './usage-signal.ts';

/** Another family: what brings its data, and what to say of an account without any. */
export type OtherSignal = Signal & { readonly connect: string; readonly missing: string };

const of = <K extends OtherKey>(m: Measures, key: K): NonNullable<OtherReadings[K]> | null => m.others?.[key] ?? null;
/** The sentence of what was read; where nothing was, why. */
const saying =
  <K extends OtherKey>(key: K, sentence: (sums: NonNullable<OtherReadings[K]>) => string, missing: string) =>
  (m: Measures): string => {
    const sums = of(m, key);
    return sums === null ? missing : sentence(sums);
  };
/** A family with what says it; `connect` is asked of an admin, `missing` said of an account. */
const other = <K extends OtherKey>(
  key: K,
  sentence: (sums: NonNullable<OtherReadings[K]>) => string,
  measure: (sums: NonNullable<OtherReadings[K]>) => number | null,
  rest: Omit<OtherSignal, 'measure' | 'sentence'>,
): OtherSignal => ({
  ...rest,
  sentence: saying(key, sentence, rest.missing),
  measure: (m) => {
    const sums = of(m, key);
    return sums === null ? null : measure(sums);
  },
});

/** Beside usage (score.md 4.7). A new family is one entry here, its sums and score in a file of its own, its reading in `db/read/other-signal.ts`. */
export const otherSignals = {
  engagement: other('engagement', engagementSentence, ({ silentDays, knownDays, speakers }) => (speakers === 0 ? null : (silentDays ?? knownDays)), {
    family: 'people',
    label: 'Engagement',
    hint: 'last touch with a sponsor or champion',
    window: 364,
    better: 'lower',
    unit: 'days',
    connect: 'Add contacts with a role and log touches with them, by hand, API or file',
    missing: 'No sponsor or champion known: name one to have it counted',
  }),
  support: other('support', supportSentence, supportLoad, {
    family: 'people',
    label: 'Support',
    hint: 'open tickets by severity, and new ones',
    window: 84,
    better: 'lower',
    unit: 'load',
    connect: 'Send tickets by API, file or a source',
    missing: 'No tickets connected',
  }),
  pace: other('pace', paceSentence, ({ pace }) => pace, {
    family: 'money',
    label: 'Commitment pace',
    hint: 'burned against plan',
    window: 364,
    better: 'higher',
    unit: 'ratio',
    connect: 'Add contracts with a commitment, by API, file or a source',
    missing: 'No commitment running',
  }),
  sentiment: other('sentiment', sentimentSentence, ({ days: ago }) => ago, {
    family: 'people',
    label: 'Sentiment',
    hint: 'how its CSM sees it; fades by half in 45 days',
    window: 364,
    better: 'higher',
    unit: 'score',
    connect: 'CSMs say how they see an account on its page',
    missing: 'Nobody has said how it goes',
  }),
  breadth: other('breadth', breadthSentence, ({ meters, best }) => (best === 0 ? null : meters / best), {
    family: 'usage',
    label: 'Breadth',
    hint: 'meters in use against its own best',
    window: 364,
    better: 'higher',
    unit: 'ratio',
    connect: 'Needs a second meter that counts as activity',
    missing: 'Nothing in use for a year',
  }),
  payment: other('payment', paymentSentence, ({ overdueDays }) => overdueDays, {
    family: 'money',
    label: 'Payment',
    hint: 'days the oldest invoice is overdue',
    window: 364,
    better: 'lower',
    unit: 'days',
    connect: 'Send invoices by API or file',
    missing: 'No invoice known',
  }),
} as const satisfies Record<OtherKey, OtherSignal>;

/** Every signal with a name of its own, in the order of the breakdown. */
export const signals: Readonly<Record<UsageKey | OtherKey, Signal>> = { ...usageSignals, ...otherSignals };

/** One that an admin defined; it carries its own words, so that history can say it when the definition is gone. */
const customSignal = (key: CustomKey, m: Measures | null): Signal => {
  const sums = m?.others?.[key] ?? null;
  return {
    family: 'custom',
    label: sums?.name ?? 'Custom signal',
    hint: 'defined by an admin',
    window: 364,
    better: sums && sums.fullAt < sums.zeroAt ? 'lower' : 'higher',
    unit: 'value',
    measure: () => sums?.value ?? null,
    sentence: () => (sums === null ? 'Nothing known of this account' : customSentence(sums)),
  };
};

/** The entry of a signal; of a custom one as it reads on this account. */
export const signalOf = (key: SignalKey, m: Measures | null): Signal => (isCustom(key) ? customSignal(key, m) : signals[key]);
