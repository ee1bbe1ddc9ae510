/**
 * How well a number foretells what happened: rank measures of score.md 2. A case has its risk (any scale, higher is worse) and
 * whether it came true. NaN where nothing, or everything, came true.
 */
export type Case = { readonly risk: number; readonly hit: boolean };

/** Groups of equal risk, the riskiest first. */
const ties = (cases: readonly Case[]): { size: number; hits: number }[] => {
  const groups: { size: number; hits: number; risk: number }[] = [];
  for (const { risk, hit } of cases.toSorted((a, b) => b.risk - a.risk)) {
    const last = groups.at(-1);
    const group = last?.risk === risk ? last : { size: 0, hits: 0, risk };
    if (group !== last) groups.push(group);
    group.size++;
    if (hit) group.hits++;
  }
  return groups;
};

const hitsOf = (cases: readonly Case[]): number => cases.reduce((sum, { hit }) => sum + (hit ? 1 : 0), 0);

/** Chance that a case that came true has a higher risk than one that did not; ties count half. */
export const areaUnderCurve = (cases: readonly Case[]): number => {
  const hits = hitsOf(cases);
  let [seen, pairs] = [0, 0];
  for (const group of ties(cases)) {
    pairs += (group.size - group.hits) * (seen + group.hits / 2);
    seen += group.hits;
  }
  return pairs / (hits * (cases.length - hits));
};

/** Area under precision and recall, in steps (average precision). */
export const averagePrecision = (cases: readonly Case[]): number => {
  const hits = hitsOf(cases);
  let [taken, found, area] = [0, 0, 0];
  for (const group of ties(cases)) {
    taken += group.size;
    found += group.hits;
    area += (group.hits / hits) * (found / taken);
  }
  return hits === 0 ? Number.NaN : area;
};

/** How many times more often the riskiest tenth comes true than all; accounts tied at its border count in part. */
export const liftOfTenth = (cases: readonly Case[]): number => {
  const size = cases.length / 10;
  let [taken, found] = [0, 0];
  for (const group of ties(cases)) {
    const part = Math.min(1, (size - taken) / group.size);
    if (part <= 0) break;
    taken += group.size * part;
    found += group.hits * part;
  }
  return found / size / (hitsOf(cases) / cases.length);
};

/** A probability and whether it came true. */
export type Foretold = { readonly p: number; readonly hit: boolean };

/** Mean squared distance of the probability from what happened. */
export const brierScore = (cases: readonly Foretold[]): number => cases.reduce((sum, { p, hit }) => sum + (p - (hit ? 1 : 0)) ** 2, 0) / cases.length;

export type CalibrationBin = { readonly n: number; readonly foretold: number; readonly happened: number };

/** Ten bins of equal width by probability: how many, what was foretold on average, the share that came true. Empty bins are left out. */
export const calibrationBins = (cases: readonly Foretold[]): CalibrationBin[] => {
  const bins = Array.from({ length: 10 }, () => ({ n: 0, p: 0, hits: 0 }));
  for (const { p, hit } of cases) {
    const bin = bins[Math.min(9, Math.floor(p * 10))];
    if (!bin) continue;
    bin.n++;
    bin.p += p;
    if (hit) bin.hits++;
  }
  return bins.flatMap(({ n, p, hits }) => (n === 0 ? [] : [{ n, foretold: p / n, happened: hits / n }]));
};

/** A share of fewer than these is chance: a point of a curve holds at least as many. */
export const MIN_IN_POINT = 30;

/** Neighbouring bins joined until each holds `MIN_IN_POINT`; what is left at the end joins the last. For a picture: the error is that of the ten. */
export const joinedBins = (bins: readonly CalibrationBin[]): CalibrationBin[] => {
  const joined: CalibrationBin[] = [];
  for (const bin of bins) {
    const last = joined.at(-1);
    if (last && last.n < MIN_IN_POINT) joined[joined.length - 1] = together(last, bin);
    else joined.push(bin);
  }
  const [before, end] = joined.slice(-2);
  if (before && end && end.n < MIN_IN_POINT) joined.splice(-2, 2, together(before, end));
  return joined;
};

const together = (a: CalibrationBin, b: CalibrationBin): CalibrationBin => {
  const n = a.n + b.n;
  return { n, foretold: (a.n * a.foretold + b.n * b.foretold) / n, happened: (a.n * a.happened + b.n * b.happened) / n };
};

/** Expected calibration error: mean distance of the bins from the diagonal, weighted by their size. */
export const calibrationError = (bins: readonly CalibrationBin[]): number => {
  const all = bins.reduce((sum, { n }) => sum + n, 0);
  return bins.reduce((sum, { n, foretold, happened }) => sum + (n / all) * Math.abs(foretold - happened), 0);
};

/** Mean of the numbers that are one; null without any. */
export const meanOf = (values: readonly number[]): number | null => {
  const known = values.filter((value) => Number.isFinite(value));
  return known.length === 0 ? null : known.reduce((a, b) => a + b, 0) / known.length;
};
