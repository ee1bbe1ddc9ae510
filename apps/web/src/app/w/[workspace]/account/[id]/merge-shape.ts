import type { AccountMerge, MergePreview as Preview } from '@tideline/contracts/account-merge';
import type { AccountPages } from '@tideline/contracts/account-page';
import type * as z from 'zod';

export type Account = AccountPages['Page'];
export type Merge = z.output<typeof AccountMerge>;
export type MergePreview = z.output<typeof Preview>;
