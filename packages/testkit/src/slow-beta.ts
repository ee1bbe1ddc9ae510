const STEPS = 2_000;
const REACH = 7; // z from 0 to 7: exp(-49) is nothing

/** ∫ (1 - x·e^(-y/a))^(k-1) e^(-y) dy over y ≥ 0, by Simpson's rule after y = z². */
const integral = (x: number, a: number, k: number): number => {
  const h = REACH / STEPS;
  let sum = 0;
  for (let i = 0; i <= STEPS; i++) {
    const z = i * h;
    const base = 1 - x - x * Math.expm1((-z * z) / a);
    sum += (i === 0 || i === STEPS ? 1 : i % 2 === 1 ? 4 : 2) * base ** (k - 1) * Math.exp(-z * z) * 2 * z;
  }
  return (sum * h) / 3;
};

/**
 * log10 of I_x(a, k), the regularised incomplete beta, for k ≥ 1, straight from its integrals: with t = x·e^(-y/a) both ∫₀ˣ and ∫₀¹ of
 * t^(a-1)(1-t)^(k-1) become x^a/a times the one above, so that nothing underflows and no gamma function is needed.
 */
export const slowLog10Beta = (x: number, a: number, k: number): number => a * Math.log10(x) + Math.log10(integral(x, a, k) / integral(1, a, k));
