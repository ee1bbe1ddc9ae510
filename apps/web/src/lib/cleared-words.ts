import type { Day } from '@tideline/domain/calendar';
import { nearDay, type Reader } from '../ui/format.ts';

/** Said of a task whose alert is gone: `The alert cleared by itself on Nov 3`. */
export const clearedWords = (day: string, reader: Reader): string => {
  const near = nearDay(day as Day, reader);
  return `The alert cleared by itself ${near === 'today' || near === 'yesterday' ? near : `on ${near}`}`;
};
