import type { QueryOf } from '@tideline/contracts/operation';
import { Problem } from '@tideline/contracts/problem';
import type { RevenueDoorQuery, revenueOperations } from '@tideline/contracts/revenue';
import { revenueAccounts, revenueAccountsTotal, type RevenueAccountRow, type RevenueCursor, type RevenueNumber } from '@tideline/db/read/revenue-accounts';
import { revenueState } from '@tideline/db/read/revenue-month';
import { workspaceSettings } from '@tideline/db/read/workspace';
import { isUuid, withWorkspace, type WorkspaceTx } from '@tideline/db/workspace';
import { addMonths, monthsFromTo, type Month } from '@tideline/domain/calendar';
import { decimal, toText } from '@tideline/domain/money';
import { retentionDefinitions, retentionFrom } from '@tideline/domain/retention';
import { bridgeOf, isMovementKind, MOVEMENT_KINDS, movements } from '@tideline/domain/revenue';
import { csvDownload } from './csv.ts';
import type { Deps, Who } from './deps.ts';
import { groundOf, scopeOf } from './revenue-page.ts';

type Query = QueryOf<(typeof revenueOperations)['listRevenueAccounts']>;
type MonthsQuery = QueryOf<(typeof revenueOperations)['exportRevenueMonths']>;

const LENGTHS = { month: 1, quarter: 3, year: 12 } as const;

/** Which accounts a query asks for. Throws `invalid-request` where a number is not fully named. */
const numberOf = (query: RevenueDoorQuery, last: Month, newLogoMonths: number): RevenueNumber => {
  const month = query.month ?? last;
  const need = <T>(value: T | undefined, name: string): T => {
    if (value === undefined) throw new Problem('invalid-request', `"${name}" is missing: of=${query.of} needs it`);
    return value;
  };
  switch (query.of) {
    case 'retention':
      return { of: 'retention', definition: need(query.definition, 'definition'), month, last, slice: sliceOf(query, newLogoMonths) };
    case 'movement':
      return { of: 'movement', kind: need(query.kind, 'kind'), month, length: LENGTHS[query.window] };
    case 'opening':
    case 'closing':
      return { of: query.of, month, length: LENGTHS[query.window] };
    case 'cohort':
      return { of: 'cohort', quarter: need(query.quarter, 'quarter'), month };
    case 'expansion':
    case 'new_logo':
      return { of: query.of, month, newLogoMonths };
    case 'top':
      return { of: 'top' };
  }
};

const sliceOf = ({ slice, value }: RevenueDoorQuery, newLogoMonths: number) => {
  if (slice === undefined) return undefined;
  if (slice === 'owner' && value && !isUuid(value)) throw new Problem('invalid-request', '"value" of an owner is the id of a member, or empty for none');
  return { name: slice, value: value ?? '', newLogoMonths };
};

const cursorFrom = (text: string | undefined): RevenueCursor | null => {
  if (text === undefined) return null;
  const [, weight, id] = /^(\d+(?:\.\d+)?)~([0-9a-f-]{36})$/.exec(text) ?? [];
  if (!weight || !id || !isUuid(id)) throw new Problem('invalid-request', 'This cursor is none of ours: start again without it');
  return { weight, id };
};
const cursorOf = (row: RevenueAccountRow | undefined): string | null => (row ? `${row.weight}~${row.id}` : null);

const NOBODY = { items: [], next: null, total: { accounts: 0, base: '0', now: '0' } };

type Found = { items: RevenueAccountRow[]; next: string | null; total: () => Promise<{ accounts: number; base: string; now: string }> };

const page = async (tx: WorkspaceTx, who: Who, query: RevenueDoorQuery, cursor: RevenueCursor | null, limit: number): Promise<Found | null> => {
  const { through } = await revenueState(tx);
  if (through === null) return null;
  const { newLogoMonths } = await workspaceSettings(tx);
  const number = numberOf(query, through, newLogoMonths);
  const scope = scopeOf(who, query);
  const rows = await revenueAccounts(tx, number, scope, cursor, limit + 1);
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? cursorOf(items.at(-1)) : null, total: () => revenueAccountsTotal(tx, number, scope) };
};

/** The accounts behind a number, the largest first, and what they all add up to. */
export const list = (deps: Deps, who: Who, query: Query) =>
  withWorkspace(deps.db, who.workspaceId, async (tx) => {
    const found = await page(tx, who, query, cursorFrom(query.cursor), query.limit);
    return found ? { ...found, total: await found.total() } : NOBODY;
  });

const CSV_PAGE = 2_000;

/** The same accounts as CSV. */
export const exportAccounts = (deps: Deps, who: Who, query: RevenueDoorQuery): Response => {
  const pages = async function* () {
    for (let cursor: string | null = ''; cursor !== null;) {
      const from: RevenueCursor | null = cursor === '' ? null : cursorFrom(cursor);
      const found: Found | null = await withWorkspace(deps.db, who.workspaceId, (tx): Promise<Found | null> => page(tx, who, query, from, CSV_PAGE));
      yield (found?.items ?? []).map((row) => [
        row.externalId,
        row.name,
        row.owner ?? '',
        row.segment ?? '',
        row.base,
        row.now,
        toText(decimal(row.now).minus(row.base)),
      ]);
      cursor = found?.next ?? null;
    }
  };
  return csvDownload(`revenue-${query.of}`, ['account', 'name', 'owner', 'segment', 'base', 'now', 'change'], pages());
};

/** One line per month: the bridge, then NRR and GRR under every definition that has a point there. */
export const exportMonths = (deps: Deps, who: Who, query: MonthsQuery): Response => {
  const points = Object.entries(retentionDefinitions).flatMap(
    ([
      key,
      {
        points: { count },
      },
    ]) => (count === 1 ? [key] : []),
  );
  const head = ['month', 'opening', ...MOVEMENT_KINDS, 'closing', ...points.flatMap((key) => [`nrr_${key}`, `grr_${key}`])];
  const pages = async function* () {
    yield await withWorkspace(deps.db, who.workspaceId, async (tx) => {
      const { newLogoMonths } = await workspaceSettings(tx);
      const ground = await groundOf(tx, scopeOf(who, query), newLogoMonths, (await revenueState(tx)).through);
      if (!ground) return [];
      const { sums, start, last } = ground;
      return monthsFromTo(start, last).map((month) => {
        const moved = sums.of('movement', month).flatMap((row) => (isMovementKind(row.value) ? [{ kind: row.value, amount: row.now, logos: row.kept }] : []));
        const bridge = bridgeOf(sums.at('month', addMonths(month, -1))?.now ?? '0', moved, sums.at('month', month)?.now ?? '0');
        const signed = bridge.lines.map(({ kind, amount }) => toText(decimal(amount).times(movements[kind].sign || 1)));
        const shares = points.flatMap((key) => {
          const row = sums.at(key, month);
          const value = row && retentionFrom({ base: row.base, now: row.now, minNowBase: row.keptBase, cohort: row.accounts, kept: row.kept });
          return [String(value?.nrr ?? ''), String(value?.grr ?? '')];
        });
        return [month, bridge.opening, ...signed, bridge.closing, ...shares];
      });
    });
  };
  return csvDownload('revenue-by-month', head, pages());
};
