/**
 * The regularised incomplete beta function in logarithms. In logarithms because the probability of a
 * long silence underflows a double (1e-400 is an ordinary answer) while its exponent still decides the score.
 */

const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012,
  9.9843695780195716e-6, 1.5056327351493116e-7,
] as const;

/** ln Γ(x) for x > 0; Lanczos with g = 7 and nine terms, relative error about 1e-15. */
export const logGamma = (x: number): number => {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const z = x - 1;
  let series: number = LANCZOS[0];
  for (let i = 1; i < LANCZOS.length; i++) series += (LANCZOS[i] ?? 0) / (z + i);
  const t = z + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(series);
};

const TINY = 1e-300;
const awayFromZero = (x: number): number => (Math.abs(x) < TINY ? TINY : x);

/** Lentz's evaluation of the continued fraction of I_x(a, b); converges fast for x < (a+1)/(a+b+2). */
const continuedFraction = (x: number, a: number, b: number): number => {
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let h = d;
  for (let m = 1; m <= 500; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / awayFromZero(1 + even * d);
    c = awayFromZero(1 + even / c);
    h *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / awayFromZero(1 + odd * d);
    c = awayFromZero(1 + odd / c);
    const step = d * c;
    h *= step;
    if (Math.abs(step - 1) < 1e-15) break;
  }
  return h;
};

/** ln I_x(a, b) for a, b > 0 and `1 - x` given apart, so that x close to 1 keeps its digits. */
export const logIncompleteBeta = (x: number, oneMinusX: number, a: number, b: number): number => {
  if (x <= 0) return -Infinity;
  if (oneMinusX <= 0) return 0;
  const front = a * Math.log(x) + b * Math.log(oneMinusX) + logGamma(a + b) - logGamma(a) - logGamma(b);
  if (x < (a + 1) / (a + b + 2)) return front + Math.log(continuedFraction(x, a, b) / a);
  return Math.log1p(-Math.min(1, Math.exp(front + Math.log(continuedFraction(oneMinusX, b, a) / b))));
};
