import { AccountPage } from '@tideline/contracts/account-page';
import { Problem } from '@tideline/contracts/problem';
import { page } from '@tideline/engine/account-page';
import type { Who } from '@tideline/engine/deps';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import type * as z from 'zod';
import { composed } from '../../../../../composed.ts';

/** The account, or the page that any id of nobody's gets. Read once per request: by layout, title and screen. */
export const accountOf = cache(async (who: Who, id: string): Promise<z.output<typeof AccountPage>> => {
  try {
    return AccountPage.parse(await page(composed().deps, who, id));
  } catch (error) {
    if (error instanceof Problem && error.code === 'not-found') notFound();
    throw error;
  }
});
