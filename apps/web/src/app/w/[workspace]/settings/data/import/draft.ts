import {
  AccountMapping,
  ContactMapping,
  ContractMapping,
  InvoiceMapping,
  isStatedName,
  MappingFile,
  ROW_KINDS,
  type RowKind,
  statedMappings,
  TicketMapping,
  TouchMapping,
  UsageMapping,
} from '@tideline/contracts/import';
import { MeterBody } from '@tideline/contracts/meter';
import type { SentBodyOf } from '@tideline/contracts/operation';
import type { Operations } from '@tideline/contracts/operations';
import * as z from 'zod';
import { type StatedPart, statedParts } from './stated-parts.ts';

/** A meter that comes with the file: made when the import starts, unless there is one with its key. */
const DraftMeter = z.object({ on: z.boolean(), body: MeterBody, price: z.string(), priceFrom: z.string() });
export type DraftMeter = z.output<typeof DraftMeter>;

/** What has been decided about a file so far. Plain JSON in the words of the contract, because it lives in the address. */
export const Draft = z.object({
  kind: z.enum(ROW_KINDS),
  source: z.string(),
  usage: UsageMapping.partial(),
  accounts: AccountMapping.partial(),
  stated: z
    .object({
      contacts: ContactMapping.partial(),
      tickets: TicketMapping.partial(),
      touches: TouchMapping.partial(),
      contracts: ContractMapping.partial().default({}),
      invoices: InvoiceMapping.partial().default({}),
    })
    .default({ contacts: {}, tickets: {}, touches: {}, contracts: {}, invoices: {} }),
  meters: z.array(DraftMeter),
  mainMeter: z.string().nullable(),
});
export type Draft = z.output<typeof Draft>;
export type UsageDraft = Draft['usage'];
export type AccountsDraft = Draft['accounts'];

/** Prices of a file hold for its whole history, however far back it reaches. */
export const FIRST_DAY = '2000-01-01';

type Mapped = SentBodyOf<Operations['previewImport']>;
type Start = SentBodyOf<Operations['startImport']>;

/** What is still to be decided, by field, in words. */
export const missingIn = (draft: Draft): Partial<Record<string, string>> => {
  const { account, event, time } = draft.usage;
  if (isStatedName(draft.kind)) {
    const mapping: Record<string, unknown> = draft.stated[draft.kind];
    const parts = Object.entries<StatedPart>(statedParts[draft.kind]);
    return Object.fromEntries(parts.flatMap(([key, { needed }]) => (needed !== undefined && mapping[key] === undefined ? [[key, needed]] : [])));
  }
  if (draft.kind === 'accounts') return draft.accounts.account ? {} : { account: 'Choose the column that names the account' };
  return {
    ...(account ? {} : { account: 'Choose the column that names the account' }),
    ...(event && ('column' in event || event.constant.trim() !== '') ? {} : { event: 'Name the event, or choose the column that does' }),
    ...(time ? {} : { time: 'Choose the column that says when it happened' }),
  };
};

/** The mapping to try or to start with; null while something is missing. */
export const mappedFrom = (draft: Draft): Pick<Mapped, 'kind' | 'mapping'> | null => {
  if (Object.keys(missingIn(draft)).length > 0) return null;
  if (isStatedName(draft.kind)) {
    const read = statedMappings[draft.kind].safeParse(draft.stated[draft.kind]);
    return read.success ? { kind: draft.kind, mapping: read.data } : null;
  }
  if (draft.kind === 'accounts') {
    const read = AccountMapping.safeParse(draft.accounts);
    return read.success ? { kind: 'accounts', mapping: read.data } : null;
  }
  const filter = (draft.usage.filter ?? []).filter(({ value }) => value !== '');
  const read = UsageMapping.safeParse({ ...draft.usage, filter });
  return read.success ? { kind: 'usage', mapping: read.data } : null;
};

/** The request that starts an import, or tries it. */
export const startFrom = (draft: Draft, file: { uploadId: string; fileName: string }, dryRun: boolean): Start | null => {
  const mapped = mappedFrom(draft);
  if (!mapped) return null;
  const meters = draft.kind === 'usage' ? draft.meters.filter(({ on }) => on) : [];
  return {
    ...(mapped as Extract<Mapped, { kind: 'usage' }>),
    ...file,
    ...(draft.source.trim() ? { source: draft.source.trim() } : {}),
    dryRun,
    meters: meters.map(({ body }) => body),
    ...(meters.some(({ body }) => body.key === draft.mainMeter) && draft.mainMeter ? { mainMeter: draft.mainMeter } : {}),
    prices: meters
      .filter(({ price }) => price.trim() !== '')
      .map(({ body, price, priceFrom }) => ({ meter: body.key, unitPrice: price.trim(), effectiveFrom: priceFrom })),
  };
};

/** Takes over a mapping file, as the command line reads it. Throws `ZodError` with what is wrong in it. */
export const draftFromFile = (json: unknown, before: Draft): Draft => {
  const file = MappingFile.parse(json);
  const priceOf = new Map(file.prices.map((price) => [price.meter, price]));
  return {
    ...before,
    kind: file.kind,
    source: file.source ?? before.source,
    ...partsFrom(file.kind, file.mapping),
    meters: file.meters.map((body) => ({
      on: true,
      body,
      price: priceOf.get(body.key)?.unitPrice ?? '',
      priceFrom: priceOf.get(body.key)?.effectiveFrom ?? FIRST_DAY,
    })),
    mainMeter: file.mainMeter ?? null,
  };
};

type Recorded = { kind: string; source: string; map: unknown };

/** What an import was asked to do, to start from it again; what the address still carries of it goes first. */
export const draftOfImport = ({ kind, source, map }: Recorded, kept: unknown): Draft => {
  const read = typeof kept === 'string' ? Draft.safeParse(jsonOf(kept)).data : undefined;
  if (read) return read;
  const empty = {
    source,
    usage: {},
    accounts: {},
    stated: { contacts: {}, tickets: {}, touches: {}, contracts: {}, invoices: {} },
    meters: [],
    mainMeter: null,
  };
  return { ...empty, kind: kind as RowKind, ...partsFrom(kind as RowKind, map) };
};

/** The part of a draft that a mapping fills. */
const partsFrom = (kind: RowKind, map: unknown): Partial<Draft> => {
  if (kind === 'usage') return { usage: UsageMapping.parse(map) };
  if (kind === 'accounts') return { accounts: AccountMapping.parse(map) };
  return { stated: { contacts: {}, tickets: {}, touches: {}, contracts: {}, invoices: {}, [kind]: statedMappings[kind].parse(map) } };
};

/** Null for what is no JSON: an address may be cut short on its way. */
const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
};

/** The same as a file for the command line. */
export const fileFromDraft = (draft: Draft): string | null => {
  const start = startFrom(draft, { uploadId: '00000000-0000-4000-8000-000000000000', fileName: 'file.csv' }, false);
  if (!start) return null;
  const { uploadId: _upload, fileName: _name, dryRun: _dry, ...file } = start;
  return `${JSON.stringify(file, null, 2)}\n`;
};
