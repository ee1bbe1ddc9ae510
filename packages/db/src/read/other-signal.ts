import { Prisma } from '../../generated/client.ts';
import type { Day } from '@tideline/domain/calendar';
import { burnDown } from '@tideline/domain/commitment';
import type { CustomKey, OtherKey } from '@tideline/domain/component';
import { isCustom, type OtherReadings } from '@tideline/domain/other-signal';
import { plain } from '../array-literal.ts';
import type { StatementTx } from '../workspace.ts';
import { customSignals, customValues } from './custom-signal.ts';
import { engagementSums, noEngagement } from './engagement.ts';
import { sentimentSums } from './sentiment.ts';
import { noSupport, supportSums } from './support.ts';
import { currentCommitments } from './triage-facts.ts';

/** What to read, of which accounts (null: all), as of which complete day; `known`: facts through this day count at once (the live rule). */
export type OtherScope = {
  readonly keys: readonly (OtherKey | CustomKey)[];
  readonly accountIds: readonly string[] | null;
  readonly day: Day;
  readonly known: Day;
  readonly timezone: string;
};

/** A family as read: by account, and what an account without a row has. */
type Family = { readonly by: ReadonlyMap<string, unknown>; readonly rest: unknown };

const byAccount = (rows: readonly { accountId: string; day?: Day }[]): Map<string, unknown> =>
  new Map(rows.map(({ accountId, day: _day, ...sums }) => [accountId, sums]));

/** One entry per family; what it says of an account without a row is missing, or nothing to worry about. */
const readers: { readonly [K in OtherKey]: (tx: StatementTx, scope: OtherScope) => Promise<Family> } = {
  support: async (tx, { accountIds, day, known, timezone }) => ({ by: byAccount(await supportSums(tx, accountIds, [day], timezone, known)), rest: noSupport }),
  engagement: async (tx, { accountIds, day, known, timezone }) => ({
    by: byAccount(await engagementSums(tx, accountIds, [day], timezone, known)),
    rest: noEngagement,
  }),
  sentiment: async (tx, { accountIds, day, known }) => ({ by: byAccount(await sentimentSums(tx, accountIds, day, known)), rest: null }),
  pace: async (tx, { accountIds, day }) => {
    const running = [...(await currentCommitments(tx, day, accountIds))];
    const paces = running.map(([id, { consumed, ...term }]) => {
      const { pace, elapsedDays } = burnDown(term, consumed, '0', day);
      return [id, pace === null ? null : { pace, elapsedDays }] as const;
    });
    return { by: new Map(paces), rest: null };
  },
  breadth: async (tx, scope) => ({ by: byAccount(await breadthSums(tx, scope)), rest: { meters: 0, best: 0 } }),
  payment: async (tx, scope) => ({ by: byAccount(await paymentSums(tx, scope)), rest: { overdueDays: 0 } }),
};

/** Meters in use in the last 28 days, and in the best of the 13 stretches of 28 that end with the day. */
const breadthSums = (tx: StatementTx, { accountIds, day }: OtherScope) => tx.db.$queryRaw<{ accountId: string; meters: number; best: number }[]>`
  SELECT account_id::text AS "accountId", coalesce(max(meters) FILTER (WHERE stretch = 0), 0)::int AS meters, max(meters)::int AS best FROM (
    SELECT account_id, (${day}::date - day) / 28 AS stretch, bit_count(bit_or(meters)::bit(64)) AS meters FROM account_day
    WHERE workspace_id = ${tx.workspaceId}::uuid AND day > ${day}::date - 364 AND day <= ${day}::date ${only(accountIds)} GROUP BY 1, 2) s
  GROUP BY account_id`;

/** Days the oldest invoice not paid by then is overdue, of accounts with one. */
const paymentSums = (tx: StatementTx, { accountIds, day, known }: OtherScope) => tx.db.$queryRaw<{ accountId: string; overdueDays: number }[]>`
  SELECT account_id::text AS "accountId", ${day}::date - min(due_day) AS "overdueDays" FROM invoice
  WHERE workspace_id = ${tx.workspaceId}::uuid AND due_day < ${day}::date AND (paid_day IS NULL OR paid_day > ${known}::date) ${only(accountIds)} GROUP BY account_id`;

const only = (accountIds: readonly string[] | null): Prisma.Sql =>
  accountIds === null ? Prisma.empty : Prisma.sql`AND account_id = ANY(${plain(accountIds)}::uuid[])`;

/** Families whose source had said anything by a day. */
export const connectedOthers = async (tx: StatementTx, { known, timezone }: Pick<OtherScope, 'known' | 'timezone'>): Promise<Set<OtherKey>> => {
  const ended = Prisma.sql`((${known}::date + 1)::timestamp AT TIME ZONE ${timezone})`;
  const workspace = Prisma.sql`workspace_id = ${tx.workspaceId}::uuid`;
  const [row] = await tx.db.$queryRaw<Record<OtherKey, boolean>[]>`
    SELECT EXISTS (SELECT 1 FROM ticket WHERE ${workspace} AND opened_at < ${ended}) AS support,
      EXISTS (SELECT 1 FROM contact WHERE ${workspace} AND created_at < ${ended} AND role IN ('champion', 'executive_sponsor')) AS engagement,
      EXISTS (SELECT 1 FROM contract WHERE ${workspace} AND start_day <= ${known}::date AND commitment > 0) AS pace,
      EXISTS (SELECT 1 FROM sentiment WHERE ${workspace} AND day <= ${known}::date) AS sentiment,
      (SELECT count(*) > 1 FROM meter m JOIN meter_version v ON v.workspace_id = m.workspace_id AND v.meter_id = m.id AND v.state = 'current' AND v.counts_activity
        WHERE m.workspace_id = ${tx.workspaceId}::uuid AND m.archived_at IS NULL) AS breadth,
      EXISTS (SELECT 1 FROM invoice WHERE ${workspace} AND due_day <= ${known}::date + 60) AS payment`;
  return new Set((Object.entries(row ?? {}) as [OtherKey, boolean][]).flatMap(([key, is]) => (is ? [key] : [])));
};

/**
 * What there is of accounts beside their usage, of the families asked for that are connected; undefined where none is. A day's reading is
 * what is known now of that day: tickets, touches, terms and invoices carry their own dates.
 */
export const otherReadings = async (tx: StatementTx, scope: OtherScope): Promise<((accountId: string) => OtherReadings) | null> => {
  if (scope.keys.length === 0) return null;
  const connected = await connectedOthers(tx, scope);
  const families: [string, Family][] = [];
  for (const key of scope.keys) if (!isCustom(key) && connected.has(key)) families.push([key, await readers[key](tx, scope)]);
  families.push(...(await customFamilies(tx, scope)));
  if (families.length === 0) return null;
  return (accountId) => Object.fromEntries(families.map(([key, { by, rest }]) => [key, by.has(accountId) ? by.get(accountId) : rest])) as OtherReadings;
};

const customFamilies = async (tx: StatementTx, { keys, accountIds, day }: OtherScope): Promise<[CustomKey, Family][]> => {
  const wanted = keys.filter(isCustom);
  if (wanted.length === 0) return [];
  const signals = await customSignals(
    tx,
    wanted.map((key) => key.slice('custom:'.length)),
  );
  const families: [CustomKey, Family][] = [];
  for (const signal of signals) {
    if (signal.archivedAt !== null) continue;
    const { name, unit, zeroAt, fullAt } = signal;
    const sums = (value: number) => ({ name, unit, value, zeroAt, fullAt });
    const by = new Map((await customValues(tx, signal, accountIds, day)).map(({ accountId, value }) => [accountId, sums(value)]));
    families.push([`custom:${signal.id}`, { by, rest: signal.adds ? sums(0) : null }]);
  }
  return families;
};
