import type { AccountPages } from '@tideline/contracts/account-page';
import { ACCOUNT_STATUSES } from '@tideline/contracts/account';
import { type AccountFilter, accountPage, type AccountListRow, type AccountPlace, countAccounts, countsBy } from '@tideline/db/read/account-list';
import { members } from '@tideline/db/read/member';
import { mainMeterUnit, triageChoices } from '@tideline/db/read/triage-summary';
import { hasPrices, workspaceSettings } from '@tideline/db/read/workspace';
import { withWorkspace } from '@tideline/db/workspace';
import { segments, type Segment } from '@tideline/domain/segment';
import { csvDownload } from './csv.ts';
import type { Deps, Who } from './deps.ts';
import { cursorOf, cursorText, filterOf as ownersOf } from './triage-query.ts';

type Order = Pick<AccountPages['Query'], 'sort' | 'direction'>;
const some = <T>(values: T[] | undefined): T[] | null => (values === undefined || values.length === 0 ? null : values);

const filterOf = (who: Who, query: AccountPages['Filter']): AccountFilter => {
  const { owners, unassigned } = ownersOf(who, { owner: query.owner });
  return {
    statuses: some(query.status),
    owners,
    unassigned,
    segments: some(query.segment),
    industries: some(query.industry),
    text: query.q || null,
    onlyOwner: who.ownAccountsOf,
  };
};

const rowOf = ({ ownerId, ownerName, ...row }: AccountListRow) => ({ ...row, owner: ownerId === null ? null : { id: ownerId, name: ownerName ?? '' } });

const pageOf = (deps: Deps, who: Who, query: AccountPages['Filter'], order: Order, after: AccountPlace | null, limit: number, count: boolean) =>
  withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const filter = filterOf(who, query);
    const { rows, next } = await accountPage(tx, filter, { sort: order.sort, direction: order.direction ?? null }, after, limit);
    return { rows: rows.map(rowOf), next, accounts: count ? await countAccounts(tx, filter) : 0 };
  });

/** A page of all accounts. The first brings how many the filter holds; later ones say 0 and the caller keeps what it has. */
export const list = async (deps: Deps, who: Who, query: AccountPages['Query']) => {
  const after = cursorOf(query.cursor);
  const { rows, next, accounts } = await pageOf(deps, who, query, query, after, query.limit, after === null);
  return { items: rows, next: cursorText(next && { ...next, group: 0 }), accounts };
};

/** What the list can be narrowed to, and how many accounts each choice holds. */
export const summary = (deps: Deps, who: Who, query: AccountPages['Filter']) =>
  withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const { currency, mainMeterId } = await workspaceSettings(tx);
    const filter = filterOf(who, query);
    const [byStatus, bySegment] = [await countsBy(tx, { ...filter, statuses: null }, 'status'), await countsBy(tx, { ...filter, segments: null }, 'segment')];
    const choices = await triageChoices(tx, who.ownAccountsOf);
    const owned = new Map(choices.filter(({ kind }) => kind === 'owner').map(({ value, accounts }) => [value, accounts]));
    const everything: AccountFilter = {
      statuses: null,
      owners: null,
      unassigned: false,
      segments: null,
      industries: null,
      text: null,
      onlyOwner: who.ownAccountsOf,
    };
    const filled = <K extends string>(keys: readonly K[], counts: typeof byStatus) =>
      Object.fromEntries(keys.map((key) => [key, counts.find(({ value }) => value === key)?.accounts ?? 0])) as Record<K, number>;
    return {
      currency,
      unit: (await hasPrices(tx)) ? null : await mainMeterUnit(tx, mainMeterId),
      statuses: filled(ACCOUNT_STATUSES, byStatus),
      segments: filled(Object.keys(segments) as Segment[], bySegment),
      accounts: await countAccounts(tx, everything),
      unassigned: owned.get(null) ?? 0,
      owners: (await members(tx)).map(({ userId, name }) => ({ id: userId, name, accounts: owned.get(userId) ?? 0 })),
      industries: choices.flatMap(({ kind, value, accounts }) => (kind === 'industry' && value !== null ? [{ value, accounts }] : [])),
    };
  });

type ExportRow = ReturnType<typeof rowOf>;
/** Head → cell, in order: figures exact, codes as in the API, so that the file can be read back. */
const columns = {
  account: (row) => row.externalId,
  name: (row) => row.name,
  status: (row) => row.status,
  owner: (row) => row.owner?.name ?? '',
  industry: (row) => row.industry ?? '',
  plan: (row) => row.plan ?? '',
  region: (row) => row.region ?? '',
  segment: (row) => row.segment ?? '',
  health: (row) => (row.health === null ? '' : String(Math.round(row.health * 100) / 100)),
  band: (row) => row.band ?? '',
  run_rate: (row) => row.runRate ?? '',
  at_stake_90d: (row) => row.stake ?? '',
  last_usage: (row) => row.lastDay ?? '',
} as const satisfies Record<string, (row: ExportRow) => string>;

const EXPORT_PAGE = 2_000;

async function* everyAccount(deps: Deps, who: Who, query: AccountPages['Filter'] & Order) {
  let after: AccountPlace | null = null;
  do {
    const page: { rows: ExportRow[]; next: AccountPlace | null } = await pageOf(deps, who, query, query, after, EXPORT_PAGE, false);
    yield page.rows.map((row) => Object.values(columns).map((cell) => cell(row)));
    after = page.next;
  } while (after !== null);
}

/** The filtered list as CSV. */
export const exportCsv = (deps: Deps, who: Who, query: AccountPages['Filter'] & Order): Response =>
  csvDownload('accounts', Object.keys(columns), everyAccount(deps, who, query));
