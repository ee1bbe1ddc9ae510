/**
 * BG/NBD (Fader, Hardie, Lee 2005), the yardstick of buy-till-you-die models: fitted by maximum likelihood to (x, tx, T) of all
 * customers, asked for the probability of no purchase in the next `horizon` days given the past.
 */

/** Repeat purchases, days from the first to the last, days from the first to now. */
export type Customer = { readonly x: number; readonly tx: number; readonly T: number };
type Parameters = readonly [r: number, alpha: number, a: number, b: number];

const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012,
  9.9843695780195716e-6, 1.5056327351493116e-7,
];
const logGamma = (z: number): number => {
  if (z < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * z)) - logGamma(1 - z);
  const base = z + 6.5;
  const sum = LANCZOS.reduce((total, c, i) => total + (i === 0 ? c : c / (z - 1 + i)), 0);
  return 0.5 * Math.log(2 * Math.PI) + (z - 0.5) * Math.log(base) - base + Math.log(sum);
};

const logLikelihood = ({ x, tx, T }: Customer, [r, alpha, a, b]: Parameters): number => {
  const d1 = logGamma(r + x) - logGamma(r) + r * Math.log(alpha);
  const d2 = logGamma(a + b) + logGamma(b + x) - logGamma(b) - logGamma(a + b + x);
  const alive = -(r + x) * Math.log(alpha + T);
  if (x === 0) return d1 + d2 + alive;
  const gone = Math.log(a) - Math.log(b + x - 1) - (r + x) * Math.log(alpha + tx);
  const top = Math.max(alive, gone);
  return d1 + d2 + top + Math.log(Math.exp(alive - top) + Math.exp(gone - top));
};

/** Downhill simplex (Nelder and Mead) from a start; four parameters converge in a few hundred steps. */
const minimise = (cost: (at: readonly number[]) => number, start: readonly number[]): readonly number[] => {
  const at = (point: readonly number[]) => ({ point, cost: cost(point) });
  const points = [at(start), ...start.map((_, i) => at(start.map((value, j) => (i === j ? value + 0.7 : value))))];
  for (let step = 0; step < 600; step++) {
    points.sort((p, q) => p.cost - q.cost);
    const [best, worst] = [points[0], points.at(-1)];
    const second = points.at(-2);
    if (!best || !worst || !second || worst.cost - best.cost < 1e-7) break;
    const centre = start.map((_, j) => points.slice(0, -1).reduce((sum, { point }) => sum + (point[j] ?? 0), 0) / start.length);
    const along = (by: number) => at(centre.map((value, j) => value + by * ((worst.point[j] ?? 0) - value)));
    const mirrored = along(-1);
    const tried = mirrored.cost < best.cost ? [along(-2), mirrored] : mirrored.cost < second.cost ? [mirrored] : [along(0.5), along(-0.5)];
    const next = tried.reduce((least, one) => (one.cost < least.cost ? one : least));
    if (next.cost < worst.cost) points[points.length - 1] = next;
    else for (const [i, { point }] of points.entries()) if (i > 0) points[i] = at(point.map((value, j) => ((best.point[j] ?? 0) + value) / 2));
  }
  return points.reduce((least, one) => (one.cost < least.cost ? one : least)).point;
};

/** Parameters in the unit of days that the customers are in. */
export const fitBgNbd = (customers: readonly Customer[]): Parameters => {
  const scale = 7; // weeks keep the parameters near 1
  const scaled = customers.map(({ x, tx, T }) => ({ x, tx: tx / scale, T: T / scale }));
  const of = ([r = 0, alpha = 0, a = 0, b = 0]: readonly number[]): Parameters => [Math.exp(r), Math.exp(alpha), Math.exp(a), Math.exp(b)];
  const [r, alpha, a, b] = of(minimise((logs) => -scaled.reduce((sum, one) => sum + logLikelihood(one, of(logs)), 0) / scaled.length, [-0.5, 1.5, -0.3, 0.9]));
  return [r, alpha * scale, a, b];
};

/** Probability of no purchase in the next `horizon` days. */
export const noneWithin = (customer: Customer, parameters: Parameters, horizon: number): number =>
  Math.exp(logLikelihood({ ...customer, T: customer.T + horizon }, parameters) - logLikelihood(customer, parameters));
