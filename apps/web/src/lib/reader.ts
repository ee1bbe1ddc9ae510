import { dayOf } from '@tideline/domain/calendar';
import { headers } from 'next/headers';
import { composed } from '../composed.ts';
import type { Reader } from '../ui/format.ts';

/** The first language the browser asks for that this runtime can write; British English else. */
const localeFrom = (accepted: string | null): string => {
  const tags = (accepted ?? '').split(',').map((part) => part.split(';')[0]?.trim() ?? '');
  return Intl.DateTimeFormat.supportedLocalesOf(tags.filter((tag) => /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(tag)))[0] ?? 'en-GB';
};

/** How dates are written for this request: the browser's language, the workspace's zone and its today. Pass it on to client parts. */
export const readerOf = async (timeZone: string): Promise<Reader> => ({
  locale: localeFrom((await headers()).get('accept-language')),
  timeZone,
  today: dayOf(composed().deps.now(), timeZone),
});
