import type { RowFault, StatedName } from '@tideline/contracts/import';
import { MAX_STATED, type StatedFault } from '@tideline/contracts/stated';
import { withWorkspace, type WorkspaceTx } from '@tideline/db/workspace';
import { contactKind } from './contact.ts';
import { contractKind } from './contract.ts';
import type { Deps } from './deps.ts';
import type { Rows } from './import-file.ts';
import type { RowReader } from './import-map.ts';
import type { Report } from './import-report.ts';
import type { MappedItem } from './import-stated-map.ts';
import { invoiceKind } from './invoice.ts';
import { type StatedKind, type StatedResult, type Stored, storeStated, tellStated } from './stated.ts';
import { ticketKind } from './ticket.ts';
import { touchKind } from './touch.ts';

type Store = (tx: WorkspaceTx, items: readonly unknown[], at: Date) => Promise<Stored>;
const storing =
  <I extends { externalId: string; account: string }, R extends { id: string; accountId: string; externalId: string }>(kind: StatedKind<I, R>): Store =>
  (tx, items, at) =>
    storeStated(tx, kind, items, { at, onlyOwner: null });
const stores = {
  contacts: storing(contactKind),
  tickets: storing(ticketKind),
  touches: storing(touchKind),
  contracts: storing(contractKind),
  invoices: storing(invoiceKind),
} as const satisfies Record<StatedName, Store>;

const faults = {
  invalid: 'bad-item',
  'unknown-account': 'no-such-account',
  'unknown-contact': 'unknown-contact',
  'other-account': 'other-account',
} as const satisfies Record<StatedFault, RowFault>;

/** Ends the transaction of a dry run, with what it would have done. */
class Tried extends Error {
  readonly stored: Stored;
  constructor(stored: Stored) {
    super('A dry run keeps nothing');
    this.stored = stored;
  }
}

const tryOrStore = async (deps: Deps, workspaceId: string, store: Store, items: readonly unknown[], dryRun: boolean): Promise<Stored> => {
  try {
    return await withWorkspace(deps.db, workspaceId, async (tx) => {
      const stored = await store(tx, items, deps.now());
      if (dryRun) throw new Tried(stored);
      return stored;
    });
  } catch (error) {
    if (error instanceof Tried) return error.stored;
    throw error;
  }
};

type Waiting = { number: number; fields: readonly string[]; item: MappedItem };

/** Stores contacts, tickets, touches or contracts as rows state them, a thousand at a time. */
export const takeStated = async (
  deps: Deps,
  { workspaceId, kind, dryRun }: { workspaceId: string; kind: StatedName; dryRun: boolean },
  rows: Rows,
  read: RowReader<MappedItem>,
  report: Pick<Report, 'progress' | 'refuse' | 'step'>,
): Promise<void> => {
  let batch: Waiting[] = [];
  const take = async (): Promise<void> => {
    const taken = batch;
    batch = [];
    const items = taken.map(({ item }) => item);
    const { results, accounts } =
      items.length > 0 ? await tryOrStore(deps, workspaceId, stores[kind], items, dryRun) : { results: [], accounts: new Set<string>() };
    for (const result of results) count(report, taken[result.index], result);
    if (!dryRun) await tellStated(deps, workspaceId, [...accounts]);
    await report.step(rows.bytesRead());
  };
  for await (const fields of rows) {
    const number = ++report.progress.rowsRead;
    const item = read(fields);
    if (item === 'filtered') continue;
    if (isProblem(item)) report.refuse(number, fields, item.refused);
    else if (batch.push({ number, fields, item }) >= MAX_STATED) await take();
  }
  await take();
  report.progress.bytesRead = rows.bytesRead();
};

const isProblem = (item: Exclude<ReturnType<RowReader<MappedItem>>, 'filtered'>): item is Extract<typeof item, { refused: { reason: RowFault } }> =>
  'refused' in item;

const count = ({ progress, refuse }: Pick<Report, 'progress' | 'refuse'>, row: Waiting | undefined, result: StatedResult): void => {
  if (!row) return;
  if (result.outcome === 'refused') return refuse(row.number, row.fields, { reason: faults[result.code], message: result.message });
  if (result.note !== null) refuse(row.number, row.fields, { reason: 'by-not-a-member', message: result.note });
  progress[result.outcome === 'unchanged' ? 'duplicates' : 'accepted'] += 1;
  return undefined;
};
