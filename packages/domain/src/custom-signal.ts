/** A signal an admin defines on a meter or a field of the account: scored 0 at one value, 100 at the other, linear between. */
export type CustomSums = { readonly name: string; readonly unit: string; readonly value: number; readonly zeroAt: number; readonly fullAt: number };

/** Which way is better follows from which of the two values is larger (score.md 4.7). */
export const customScore = ({ value, zeroAt, fullAt }: CustomSums): number => 100 * Math.min(1, Math.max(0, (value - zeroAt) / (fullAt - zeroAt)));

const number = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 2 });

export const customSentence = (sums: CustomSums): string => {
  const { value, unit, zeroAt, fullAt } = sums;
  const said = `${number(value)}${unit === '' ? '' : ` ${unit}`}`;
  const score = customScore(sums);
  if (score === 100) return `${said}: ${fullAt > zeroAt ? 'at least' : 'at most'} the ${number(fullAt)} that is good`;
  if (score === 0) return `${said}: ${fullAt > zeroAt ? 'at most' : 'at least'} the ${number(zeroAt)} that is bad`;
  return `${said}, between ${number(zeroAt)} (bad) and ${number(fullAt)} (good)`;
};

export type CustomFault = { readonly path: 'zeroAt' | 'fullAt'; readonly message: string };
/** What keeps two thresholds from meaning anything. */
export const customFaults = ({ zeroAt, fullAt }: Pick<CustomSums, 'zeroAt' | 'fullAt'>): CustomFault[] =>
  zeroAt === fullAt ? [{ path: 'fullAt', message: 'Good and bad need two values that differ' }] : [];
