import { clsx, type ClassValue } from 'clsx';
import { extendTailwindMerge } from 'tailwind-merge';

// Our sizes are numbers: untold, the merger reads `text-12` as a colour and drops it beside `text-text-3`.
const merge = extendTailwindMerge({
  extend: { theme: { text: ['12', '13', '20', '40'], radius: ['1', '2', '3'], shadow: ['1', '2'], breakpoint: ['sm', 'lg', 'side', 'xl'] } },
});

/** Joins class names; the later of two that set the same property wins, so a caller's `className` beats the default. */
export const cx = (...classes: ClassValue[]): string => merge(clsx(classes));
