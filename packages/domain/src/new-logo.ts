import { addMonths, type Month, monthsBetween } from './calendar.ts';
import { Decimal, type DecimalText, decimal, sum, toText, ZERO } from './money.ts';

/** An account is a new logo for its first 12 months from its first month with revenue, unless the workspace says otherwise. */
export const NEW_LOGO_MONTHS = 12;

export const isNewLogo = (firstMonth: Month, month: Month, length: number = NEW_LOGO_MONTHS): boolean => {
  const age = monthsBetween(firstMonth, month);
  return age >= 0 && age < length;
};

export type MonthlyRevenue = ReadonlyMap<Month, DecimalText>;
/** Money by month: growth of accounts past their first year against the same month a year ago, and revenue of accounts within it. */
export type ExpansionPoint = { readonly month: Month; readonly expansion: DecimalText; readonly newLogo: DecimalText };

const firstEarning = (revenue: MonthlyRevenue): Month | null => {
  const earning = [...revenue].flatMap(([month, amount]) => (decimal(amount).gt(0) ? [month] : []));
  return earning.toSorted()[0] ?? null;
};

/** Expansion against new logos in one month, account by account (metrics.md). */
export const expansionPoint = (accounts: readonly MonthlyRevenue[], month: Month, length: number = NEW_LOGO_MONTHS): ExpansionPoint => {
  const expansion: Decimal[] = [];
  const newLogo: Decimal[] = [];
  for (const revenue of accounts) {
    const first = firstEarning(revenue);
    if (first === null || first > month) continue;
    const now = decimal(revenue.get(month) ?? ZERO);
    if (isNewLogo(first, month, length)) newLogo.push(now);
    else expansion.push(Decimal.max(ZERO, now.minus(revenue.get(addMonths(month, -12)) ?? ZERO)));
  }
  return { month, expansion: toText(sum(expansion)), newLogo: toText(sum(newLogo)) };
};

/** E ÷ (E + N); null when there is neither. */
export const expansionShare = ({ expansion, newLogo }: ExpansionPoint): number | null => {
  const total = decimal(expansion).plus(newLogo);
  return total.lte(0) ? null : decimal(expansion).div(total).toNumber();
};

/** Months from the first account until expansion exceeds new logos for good; null while it does not. Points in order of month. */
export const monthsUntilExpansionLeads = (points: readonly ExpansionPoint[], firstAccount: Month): number | null => {
  const behind = points.findLastIndex(({ expansion, newLogo }) => decimal(expansion).lte(newLogo));
  const lead = points[behind + 1];
  return lead === undefined ? null : monthsBetween(firstAccount, lead.month);
};
