import type { revenuePage } from '@tideline/engine/revenue-page';
import type { Reader } from '../../../../ui/format.ts';
import type { Address } from './address.ts';

export type Page = Awaited<ReturnType<typeof revenuePage>>;
/** What every part of the screen is drawn from; `month` is the last full month. */
export type Scene = { workspace: string; page: Page & { month: string }; address: Address; reader: Reader };
