const STEPS = [
  { from: 1e9, unit: 'GB', places: 2 },
  { from: 1e6, unit: 'MB', places: 1 },
  { from: 1e3, unit: 'kB', places: 0 },
] as const;

/** `7.5 MB`, `420 kB`, `12 bytes`. */
export const sizeWords = (bytes: number): string => {
  const step = STEPS.find(({ from }) => bytes >= from);
  return step ? `${(bytes / step.from).toFixed(step.places)} ${step.unit}` : `${bytes} bytes`;
};
