import type { Components } from './component.ts';
import type { Band, BandThresholds, Breakdown } from './health.ts';
import { days, percent } from './sentence.ts';

/** What takes points away after the sum: how it is named in the breakdown and why it does. */
type Removal = { readonly label: string; readonly sentence: (c: Components, shown: number) => string };
export type RemovalKey = keyof Breakdown['removed'];

const whole = (health: number): string => String(Math.round(health));

export const removals = {
  gate: {
    label: 'Far outside its rhythm',
    sentence: (c) => `The silence is far outside its own rhythm, so the sum counts for ${percent(c.gate)}`,
  },
  fade: {
    label: 'Long silence',
    sentence: (c) => `Silent for ${days(c.silent)}: from half a year on the sum fades, and counts for ${percent(c.fade)}`,
  },
  quiet: {
    label: 'Held while quiet',
    sentence: (_c, shown) => `Held at ${whole(shown)} while a silence like this comes less than once in 100 gaps`,
  },
  decline: {
    label: 'Held while falling',
    sentence: (_c, shown) => `Held at ${whole(shown)} while the last 28 days run so far below the 56 before`,
  },
} as const satisfies Record<RemovalKey, Removal>;

/** Where a band begins and where it is left, said of the band an account is in. */
export const bandSentence = (band: Band, t: BandThresholds): string => {
  if (band === 'at_risk') return `At risk below ${t.atRiskBelow}; it leaves the band at ${t.atRiskLeaves}`;
  return band === 'healthy' ? `Healthy from ${t.healthyFrom}; it leaves the band below ${t.healthyLeaves}` : `Watch from ${t.atRiskBelow} to ${t.healthyFrom}`;
};
