import * as z from 'zod';

/** Lists are read page by page: `cursor` is what the page before gave as `next`, null at the end. */
export const PageQuery = z.object({ cursor: z.string().max(500).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) });
export const pageOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().nullable() });
