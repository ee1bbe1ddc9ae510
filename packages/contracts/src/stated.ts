import * as z from 'zod';
import { ExternalId } from './account.ts';
import { isStorable } from './ingest-properties.ts';
import { Id } from './value.ts';

/** How many items one request that states many may carry. */
export const MAX_STATED = 1_000;

/** Why one item of many is refused. Its neighbours are stored all the same. */
export const statedFaults = {
  invalid: 'It is not as the reference says',
  'unknown-account': 'There is no account with that key: send it first',
  'unknown-contact': 'There is no contact with that key: send it first',
  'other-account': 'It names something of another account',
} as const satisfies Record<string, string>;
export type StatedFault = keyof typeof statedFaults;

export const AccountKey = ExternalId.meta({ description: 'Your own key of the account; that of a merged one means the account it was merged into' });
export const OwnKey = ExternalId.meta({ description: 'Your own key: sent again, it changes what is there instead of adding to it' });
/** Text of people and tickets. */
export const Line = (max: number) => z.string().trim().min(1).max(max).refine(isStorable, { error: 'It holds a character that cannot be stored' });
export const WebAddress = z
  .url({ protocol: /^https?$/, error: 'Write the whole address, starting with https://' })
  .max(2_000)
  .refine(isStorable);

/** A list left unparsed: each item is checked on its own, so that a bad one costs its neighbours nothing. */
export const statedList = (schema: string) =>
  z
    .array(z.unknown())
    .min(1)
    .max(MAX_STATED, { error: `At most ${MAX_STATED} at once` })
    .meta({ override: { type: 'array', items: { $ref: `#/components/schemas/${schema}` }, minItems: 1, maxItems: MAX_STATED } });

const place = { index: z.int().meta({ description: 'Position in the request, from 0' }), externalId: z.string().nullable() };
export const StatedReply = z
  .object({
    created: z.int(),
    changed: z.int(),
    unchanged: z.int().meta({ description: 'It was there already as it was sent' }),
    stored: z.array(
      z.object({
        ...place,
        id: Id,
        outcome: z.enum(['created', 'changed', 'unchanged']),
        note: z.string().nullable().meta({ description: 'what of it was left out, and why' }),
      }),
    ),
    rejected: z
      .array(z.object({ ...place, code: z.enum(Object.keys(statedFaults) as [StatedFault, ...StatedFault[]]), message: z.string() }))
      .meta({ description: 'Not stored, each with the reason: send it again once the cause is gone' }),
  })
  .meta({ id: 'StatedReply' });
export type StatedReply = z.output<typeof StatedReply>;

/** One item as its schema reads it, or what is wrong with it in one sentence. */
export const checkedItem = <T>(schema: z.ZodType<T>, given: unknown): { item: T } | { message: string } => {
  const read = schema.safeParse(given);
  if (read.success) return { item: read.data };
  const [issue] = read.error.issues;
  const place = issue?.path.join('.') ?? '';
  return { message: place ? `${place}: ${issue?.message}` : (issue?.message ?? statedFaults.invalid) };
};
