import type { Components } from './component.ts';

/** Remarks beside a segment, never a segment (score.md 5). */
export const badges = {
  surging: {
    label: 'Surging',
    hint: 'worth a talk about a commitment; on average a surge eases',
    holds: (c: Components) => c.scores.momentum >= 75 && c.engaged,
  },
  above_norm: {
    label: 'Above own norm',
    hint: 'uses more than its year suggests; a third to two thirds use less within 90 days',
    holds: (c: Components, shown: number) => shown >= 60 && c.growth < 0.7,
  },
} as const satisfies Record<string, { label: string; hint: string; holds: (c: Components, shown: number) => boolean }>;
export type Badge = keyof typeof badges;

/** The badges that hold on this day; none without a score. */
export const badgesOf = (c: Components, shown: number | null): Badge[] =>
  shown === null ? [] : (Object.keys(badges) as Badge[]).filter((badge) => badges[badge].holds(c, shown));
