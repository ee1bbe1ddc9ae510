import { bands, type Band } from '@tideline/domain/health';
import { segments, type Segment } from '@tideline/domain/segment';
import * as z from 'zod';
import { op } from './operation.ts';
import { Currency, DayOut, DecimalText, Id } from './value.ts';

const SegmentCode = z.enum(Object.keys(segments) as [Segment, ...Segment[]]);
const BandCode = z.enum(Object.keys(bands) as [Band, ...Band[]]);
const Book = z.object({ accounts: z.int(), runRate: DecimalText, stake: DecimalText });
/** Days to first value; null where so many have not reached it (yet). */
const Days = z.number().nullable();

/** The whole book on one page: how it is made up, how it moved, who carries what. */
export const Portfolio = z
  .object({
    currency: Currency,
    today: DayOut,
    /** The last closed day; null before the first. */
    closed: DayOut.nullable(),
    /** What `before` and flows compare with, in days. */
    comparedDays: z.int(),
    book: Book,
    segments: z.array(Book.extend({ segment: SegmentCode, before: z.int(), came: z.int(), went: z.int() })),
    flows: z.array(Book.extend({ from: SegmentCode.nullable(), to: SegmentCode })),
    bands: z.array(z.object({ band: BandCode.nullable(), accounts: z.int(), before: z.int(), runRate: DecimalText })),
    slices: z.array(
      Book.extend({ slice: z.enum(['owner', 'industry', 'region', 'plan']), value: z.string().nullable(), label: z.string().nullable(), atRisk: z.int() }),
    ),
    /** By the quarter of the start, oldest first; null without a first-value milestone. */
    firstValue: z
      .array(
        z.object({
          quarter: z.string(),
          accounts: z.int(),
          reached: z.int(),
          beforeStart: z.int(),
          median: Days,
          p75: Days,
          p90: Days,
          within: z.object({ days: z.int(), share: z.number().nullable() }),
        }),
      )
      .nullable(),
    loads: z.array(
      Book.extend({
        ownerId: Id.nullable(),
        name: z.string().nullable(),
        needsYou: z.int(),
        alerts: z.int(),
        tasks: z.int(),
        overdue: z.int(),
        untouched: z.int(),
      }),
    ),
    /** Days without a logged touch that count as untouched; null where no touch was ever logged. */
    quietDays: z.int().nullable(),
  })
  .meta({ id: 'Portfolio' });

export const portfolioOperations = {
  getPortfolio: op({
    method: 'GET',
    path: '/portfolio',
    summary: 'Segments and bands with their flow, money by owner, industry, region and plan, time to first value, load per owner',
    tag: 'Portfolio',
    key: 'read',
    permission: 'account.read',
    reply: Portfolio,
  }),
};
export type PortfolioReply = z.output<typeof Portfolio>;
