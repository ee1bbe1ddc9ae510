/** Meters in use over 28 days, beside the best 28 days of the account's last year. */
export type BreadthSums = { readonly meters: number; readonly best: number };

/** Active meters as a share of the own best (score.md 4.7); null where nothing was used for a year. */
export const breadthScore = ({ meters, best }: BreadthSums): number | null => (best === 0 ? null : 100 * Math.min(1, meters / best));

export const breadthSentence = ({ meters, best }: BreadthSums): string => {
  if (best === 0) return 'Nothing in use for a year';
  const used = `${meters} ${meters === 1 ? 'meter' : 'meters'} in use over 28 days`;
  return meters >= best ? `${used}, as many as ever in its last year` : `${used}, ${best} at its best`;
};
