import { type Day, isDay } from '@tideline/domain/calendar';

/** Days a person wrote or pasted, parted by spaces, commas or lines; or the sentence that says what is wrong with them. */
export const ownDays = (text: string): { days: Day[] } | { problem: string } => {
  const written = text.split(/[\s,;]+/).filter((part) => part !== '');
  if (written.length === 0) return { problem: 'Write at least one day, or choose the month-ends.' };
  const wrong = written.find((part) => !isDay(part));
  if (wrong !== undefined) return { problem: `“${wrong}” is not a day: write it as YYYY-MM-DD, for example 2026-03-31.` };
  return { days: [...new Set(written.filter((part) => isDay(part)))].toSorted() };
};
