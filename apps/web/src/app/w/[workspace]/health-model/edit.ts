import type { SignalKey } from '@tideline/domain/component';
import type { BandThresholds } from '@tideline/domain/health';
import { modelProblems, type ModelEdit } from '@tideline/domain/model-edit';
import type { Doors, SegmentThresholds } from '@tideline/domain/segment';
import { rebalanceWeights } from '@tideline/domain/weight';
import type { Model } from '@tideline/contracts/model';

/** The model as the screen edits it: what crosses the wire, with every usage weight written out. */
export type Edit = Model['Edit'];
export type ThresholdKey = keyof SegmentThresholds;
export type Side = 'enter' | 'stay';

/** Points of a signal; 0 where the model does not name it. */
export const pointsOf = ({ weights }: Pick<Edit, 'weights'>, key: string): number => (weights as Readonly<Record<string, number | undefined>>)[key] ?? 0;

/** One slider moved; the unlocked others give or take. */
export const withWeight = (edit: Edit, locked: ReadonlySet<SignalKey>, key: SignalKey, points: number): Edit => ({
  ...edit,
  weights: { ...edit.weights, ...(rebalanceWeights(edit.weights, locked, key, points) as Edit['weights']) },
});

/** Where a segment begins at the edge of a band, moving the edge moves the segment along: one number to a person, two to the model. */
const followers = {
  atRiskBelow: ['riskHealth', 'enter'],
  atRiskLeaves: ['riskHealth', 'stay'],
  healthyFrom: ['expansionHealth', 'enter'],
  healthyLeaves: ['expansionHealth', 'stay'],
} as const satisfies Record<keyof BandThresholds, readonly [ThresholdKey, Side]>;

export const withBand = (edit: Edit, key: keyof BandThresholds, value: number): Edit => {
  const [threshold, side] = followers[key];
  const moved = { ...edit, bands: { ...edit.bands, [key]: value } };
  return edit.segments.thresholds[threshold][side] === edit.bands[key] ? withThreshold(moved, threshold, side, value) : moved;
};

export const withThreshold = (edit: Edit, key: ThresholdKey, side: Side, value: number): Edit => {
  const { thresholds } = edit.segments;
  return { ...edit, segments: { ...edit.segments, thresholds: { ...thresholds, [key]: { ...thresholds[key], [side]: value } } } };
};

export const withDoor = (edit: Edit, door: keyof Doors, open: boolean): Edit => ({
  ...edit,
  segments: { ...edit.segments, doors: { ...edit.segments.doors, [door]: open } },
});
export const withCap = (edit: Edit, cap: keyof ModelEdit['caps'], on: boolean): Edit => ({ ...edit, caps: { ...edit.caps, [cap]: on } });
export const withShift = (edit: Edit, shiftByRegularity: boolean): Edit => ({ ...edit, shiftByRegularity });

/** What keeps the edit from being saved, by path. */
export const problemsOf = (edit: Edit): ReadonlyMap<string, string> => new Map(modelProblems(edit).map(({ path, message }) => [path, message]));
