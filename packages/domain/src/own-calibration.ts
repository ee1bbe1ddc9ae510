import { fitCalibration } from './calibrate.ts';
import { type Components, expansionIndexOf } from './component.ts';
import { fitLoss } from './loss-curve.ts';
import type { Outcome } from './outcome.ts';
import { type Calibration, silentProbability } from './stake.ts';

/** What a workspace's own past is asked for: three probabilities, and the share of money that goes with health. */
export const calibrations = {
  silent: { label: 'Goes silent', outcome: 'no usage in the next 90 days' },
  contraction: { label: 'Shrinks by half', outcome: 'less than half the revenue in the next 90 days' },
  expansion: { label: 'Grows by a fifth', outcome: 'over 20% more revenue in the next 90 days' },
  loss: { label: 'Money at stake', outcome: 'share of revenue lost in the next 90 days, beyond the ordinary' },
} as const satisfies Record<string, { label: string; outcome: string }>;
export type CalibrationKind = keyof typeof calibrations;

/** A judgement that a close kept, with what came of it: only of accounts used in the 180 days before. */
export type Lived = Pick<Outcome, 'silent' | 'contraction' | 'expansion' | 'prior' | 'next'> & {
  readonly health: number;
  readonly raw: number;
  readonly log10p: number;
  readonly cadence: number;
  readonly growth: number;
};
export type Fit = { readonly kind: CalibrationKind; readonly curve: Calibration | null; readonly lessons: number; readonly hits: number };

const QUIET_CAP = 49;
const QUIET_LOG10P = -2;

/** Health as P(silent) reads it: under the quiet cap, never the decline cap, from what a close kept of both. */
export const quietHealth = ({ health, raw, log10p }: Pick<Lived, 'health' | 'raw' | 'log10p'>): number =>
  log10p < QUIET_LOG10P && health <= QUIET_CAP ? Math.min(raw, QUIET_CAP) : raw;

/** What expansion is read from, turned so that less is likelier, as with health. */
const noRoom = (index: number): number => 100 - index;

/** Every calibration from lived judgements (score.md 4.5): the curve is null where they are too few or say nothing. */
export const fitCalibrations = (lived: readonly Lived[]): Fit[] => {
  const fit = (kind: CalibrationKind, lessons: readonly { health: number; hit: boolean }[]): Fit => ({
    kind,
    curve: fitCalibration(lessons),
    lessons: lessons.length,
    hits: lessons.filter(({ hit }) => hit).length,
  });
  const paying = lived.filter(({ prior }) => prior > 0);
  return [
    fit(
      'silent',
      lived.map((one) => ({ health: quietHealth(one), hit: one.silent })),
    ),
    fit(
      'contraction',
      lived.map(({ health, contraction }) => ({ health, hit: contraction })),
    ),
    fit(
      'expansion',
      lived.map(({ growth, cadence, expansion }) => ({ health: noRoom(expansionIndexOf(growth, cadence)), hit: expansion })),
    ),
    { kind: 'loss', curve: fitLoss(paying), lessons: paying.length, hits: paying.filter(({ prior, next }) => next < prior / 2).length },
  ];
};

/**
 * P(less than half the revenue) and P(over a fifth more) in the next 90 days; null until the workspace's own past can say.
 * Each is read from a curve of its own, but they tell of one future: who goes silent shrinks, and nobody shrinks and grows.
 */
export const revenueOdds = (
  { shown, pSilent }: { readonly shown: number | null; readonly pSilent: number | null },
  c: Components,
  own: { readonly contraction: Calibration | null; readonly expansion: Calibration | null },
): { contraction: number | null; expansion: number | null } => {
  const silent = pSilent ?? 0;
  const contraction = shown === null || own.contraction === null ? null : Math.max(silent, silentProbability(shown, own.contraction));
  const expansion = shown === null || own.expansion === null ? null : silentProbability(noRoom(c.expansionIndex), own.expansion);
  return { contraction, expansion: expansion === null ? null : Math.min(expansion, 1 - (contraction ?? silent)) };
};
