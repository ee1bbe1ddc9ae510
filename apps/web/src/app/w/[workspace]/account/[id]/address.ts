import { parseAsArrayOf, parseAsStringLiteral } from 'nuqs/server';
import { TIMELINE_KINDS } from '@tideline/contracts/account-page';

/** How the account is looked at; it goes along to the next account. */
export const viewParsers = {
  /** Weeks of usage drawn. */
  weeks: parseAsStringLiteral(['13', '26', '52'] as const).withDefault('26'),
  meters: parseAsStringLiteral(['total', 'stacked', 'separate'] as const).withDefault('total'),
  in: parseAsStringLiteral(['money', 'units'] as const).withDefault('money'),
  /** Days over which health moved. */
  over: parseAsStringLiteral(['7', '28', '90'] as const).withDefault('28'),
  /** Kinds the timeline shows; absent: all. */
  only: parseAsArrayOf(parseAsStringLiteral(TIMELINE_KINDS), '|'),
};
