import { checkedItem, type StatedFault, type StatedReply } from '@tideline/contracts/stated';
import { announce } from '@tideline/db/live';
import { type StatedAccount, statedAccounts } from '@tideline/db/read/stated';
import { withWorkspace, type WorkspaceTx } from '@tideline/db/workspace';
import { forgetStated, noteStated } from '@tideline/db/write/account-merge';
import { lockStated } from '@tideline/db/write/stated';
import { lockUsage } from '@tideline/db/write/usage-lock';
import type { Deps, Who } from './deps.ts';
import { noteOthers } from './other-signal.ts';
import { wakeScoring } from './wake.ts';

/** What is kept of a thing that a program, a file or a source states under a key of its own. */
type Kept = { readonly id: string; readonly accountId: string; readonly externalId: string };
type Item = { readonly externalId: string; readonly account: string };
export type Refused = { readonly code: StatedFault; readonly message: string };
/** `note`: what of the item was left out. */
export type Laid<Row> = { readonly row: Row; readonly note?: string };

/** A kind of thing that is stated: contacts, tickets, touches, contracts, invoices. */
export type StatedKind<I extends Item, Row extends Kept> = {
  readonly of: 'contacts' | 'contracts' | 'invoices' | 'tickets' | 'touches';
  readonly item: Parameters<typeof checkedItem<I>>[0];
  /** Those that are there under these keys. */
  stored(tx: WorkspaceTx, keys: readonly string[]): Promise<Row[]>;
  /** Prepares what lays an item over what is there; `account` is where it counts. */
  layer(tx: WorkspaceTx, items: readonly I[], at: Date): Promise<(item: I, before: Row | null, accountId: string) => Laid<Row> | Refused>;
  write(tx: WorkspaceTx, rows: readonly Row[], at: Date): Promise<void>;
};

type Result = { outcome: 'created' | 'changed' | 'unchanged'; id: string; note: string | null } | ({ outcome: 'refused' } & Refused);
export type StatedResult = { index: number; externalId: string | null } & Result;
export type Stored = { results: StatedResult[]; accounts: Set<string> };

const keyOf = (given: unknown): string | null => {
  const key = typeof given === 'object' && given !== null && 'externalId' in given ? given.externalId : null;
  return typeof key === 'string' ? key : null;
};
const isSame = (a: Kept, b: Kept): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * Lays items over what is there, in their order, and stores what they change. Each is refused or stored on its own.
 * `onlyOwner`: the one book whose accounts may be named. The first statements of their transaction are its locks: what is
 * stated while a merge is under way counts where that leaves it.
 */
export const storeStated = async <I extends Item, Row extends Kept>(
  tx: WorkspaceTx,
  kind: StatedKind<I, Row>,
  given: readonly unknown[],
  { at, onlyOwner }: { at: Date; onlyOwner: string | null },
): Promise<Stored> => {
  await lockUsage(tx, 'shared');
  await lockStated(tx);
  const read = given.map((one) => checkedItem(kind.item, one));
  const items = read.flatMap((one) => ('item' in one ? [one.item] : []));
  const accounts = new Map((await statedAccounts(tx, [...new Set(items.map(({ account }) => account))], onlyOwner)).map((one) => [one.externalId, one]));
  const rows = new Map(
    (
      await kind.stored(
        tx,
        items.map(({ externalId }) => externalId),
      )
    ).map((row) => [row.externalId, row]),
  );
  const lay = await kind.layer(tx, items, at);
  const [changed, stated] = [new Map<string, Row>(), new Map<string, Set<string>>()];
  const [touched, moved] = [new Set<string>(), new Set<string>()];
  const take = (item: I): Result => {
    const account = accounts.get(item.account);
    if (!account) return { outcome: 'refused', code: 'unknown-account', message: `There is no account with the key "${item.account}": send it first` };
    const before = rows.get(item.externalId) ?? null;
    if (before && onlyOwner !== null && before.accountId !== account.means)
      return { outcome: 'refused', code: 'other-account', message: 'It stands on another account' };
    const laid = lay(item, before, account.means);
    if ('code' in laid) return { outcome: 'refused', ...laid };
    const { row, note = null } = laid;
    if (before && isSame(before, row)) return { outcome: 'unchanged', id: row.id, note };
    rows.set(row.externalId, row);
    changed.set(row.id, row);
    for (const id of [row.accountId, ...(before ? [before.accountId] : [])]) touched.add(id);
    if (before?.accountId !== row.accountId) {
      moved.add(row.id);
      noteUnder(stated, account, row.id);
    }
    return { outcome: before ? 'changed' : 'created', id: row.id, note };
  };
  const results = read.map((one, index): StatedResult => {
    const result: Result = 'item' in one ? take(one.item) : { outcome: 'refused', code: 'invalid', message: one.message };
    return { index, externalId: keyOf(given[index]), ...result };
  });
  await kind.write(tx, [...changed.values()], at);
  if (moved.size > 0) await forgetStated(tx, kind.of, [...moved]);
  for (const [from, ids] of stated) await noteStated(tx, from, kind.of, [...ids]);
  await noteOthers(tx, touched, at);
  return { results, accounts: touched };
};

/** What came under the key of a merged account goes back with it when the merge is undone. */
const noteUnder = (stated: Map<string, Set<string>>, { id, means }: StatedAccount, row: string): void => {
  for (const rows of stated.values()) rows.delete(row);
  if (id !== means) stated.set(id, (stated.get(id) ?? new Set()).add(row));
};

/** Stores items that a request states; answers what became of each. */
export const putStated = async <I extends Item, Row extends Kept>(
  deps: Deps,
  who: Who,
  kind: StatedKind<I, Row>,
  given: readonly unknown[],
): Promise<StatedReply> => {
  const { results, accounts } = await withWorkspace(deps.db, who.workspaceId, (tx) =>
    storeStated(tx, kind, given, { at: deps.now(), onlyOwner: who.ownAccountsOf }),
  );
  await tellStated(deps, who.workspaceId, [...accounts]);
  const reply: StatedReply = { created: 0, changed: 0, unchanged: 0, stored: [], rejected: [] };
  for (const { index, externalId, ...result } of results) {
    if (result.outcome === 'refused') reply.rejected.push({ index, externalId, code: result.code, message: result.message });
    else {
      reply[result.outcome] += 1;
      reply.stored.push({ index, externalId, id: result.id, outcome: result.outcome, note: result.note });
    }
  }
  return reply;
};

/** What was said of accounts stands: open pages are told, and those it counts for are judged again. */
export const tellStated = async (deps: Deps, workspaceId: string, ids: readonly string[]): Promise<void> => {
  if (ids.length === 0) return;
  wakeScoring(deps, workspaceId);
  await announce(deps.db, { workspaceId, kind: 'account', ids: [...ids] });
};

/** Only what was named: undefined leaves what is there. */
export const named = <T extends object>(given: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> };
