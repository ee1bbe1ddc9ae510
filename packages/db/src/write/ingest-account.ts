import type { Day } from '@tideline/domain/calendar';
import { plain, texts } from '../array-literal.ts';
import type { StatementTx } from '../workspace.ts';
import type { IngestMemory, KnownAccount } from './ingest-memory.ts';

/** Where an account that nobody announced came from. */
export type CreatedVia = 'event' | 'import' | 'demo';

/**
 * Ids by the workspace's own key: from memory, the rest by one query. Accounts that do not exist are absent; the key of
 * a merged account means the one it was merged into.
 */
export const accountIds = async (
  tx: StatementTx,
  { memory, merges }: { memory: IngestMemory; merges: number },
  externalIds: ReadonlySet<string>,
): Promise<Map<string, KnownAccount>> => {
  const found = new Map<string, KnownAccount>();
  const misses: string[] = [];
  for (const externalId of externalIds) {
    const known = memory.account(tx.workspaceId, merges, externalId);
    if (known) found.set(externalId, known);
    else misses.push(externalId);
  }
  for (const [externalId, account] of await readAccounts(tx, misses)) found.set(externalId, account);
  return found;
};

/** A created account's day: null where its age does not count from its first fact (given by hand or API). */
const readAccounts = async (tx: StatementTx, externalIds: readonly string[]): Promise<[string, KnownAccount][]> => {
  if (externalIds.length === 0) return [];
  const rows = await tx.db.$queryRaw<(KnownAccount & { externalId: string })[]>`
    SELECT a.external_id AS "externalId", i.id::text, CASE WHEN i.created_via IN ('hand', 'api') THEN '0001-01-01' ELSE i.created_day::text END AS "firstDay",
      CASE WHEN a.id <> i.id THEN a.id::text END AS "sentAs"
    FROM account a JOIN account i ON i.workspace_id = a.workspace_id AND i.id = coalesce(a.merged_into, a.id)
    WHERE a.workspace_id = ${tx.workspaceId}::uuid AND a.external_id = ANY(${texts(externalIds)}::text[])`;
  return rows.map(({ externalId, ...account }) => [externalId, account]);
};

/**
 * Creates the accounts that are not there, named by their key, and adds them to `known`. Another transaction may
 * create the same one at this moment: then its id is read after the wait. Answers the keys that are new.
 */
export const createAccounts = async (
  tx: StatementTx,
  firstDays: ReadonlyMap<string, Day>,
  via: ReadonlyMap<string, CreatedVia>,
  known: Map<string, KnownAccount>,
): Promise<Set<string>> => {
  if (firstDays.size === 0) return new Set();
  const wanted = [...firstDays].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const rows = await tx.db.$queryRaw<{ externalId: string; id: string }[]>`
    INSERT INTO account (workspace_id, external_id, name, created_via, created_day)
    SELECT ${tx.workspaceId}::uuid, external_id, external_id, via, day
    FROM unnest(${texts(wanted.map(([id]) => id))}::text[], ${plain(wanted.map(([id]) => via.get(id) ?? 'event'))}::text[], ${plain(wanted.map(([, day]) => day))}::date[]) AS new (external_id, via, day)
    ON CONFLICT DO NOTHING RETURNING external_id AS "externalId", id::text`;
  for (const { externalId, id } of rows) known.set(externalId, { id, firstDay: firstDays.get(externalId) ?? null, sentAs: null });
  const others = wanted.flatMap(([externalId]) => (known.has(externalId) ? [] : [externalId]));
  for (const [externalId, account] of await readAccounts(tx, others)) known.set(externalId, account);
  return new Set(rows.map(({ externalId }) => externalId));
};

/** Moves back the day from which an unused account's age counts, where an earlier fact came; answers what changed. */
export const earlierFirstDays = async (
  tx: StatementTx,
  firstDays: ReadonlyMap<string, Day>,
  known: ReadonlyMap<string, KnownAccount>,
): Promise<(readonly [string, KnownAccount])[]> => {
  const changed = [...firstDays].flatMap(([externalId, day]) => {
    const account = known.get(externalId);
    return account && (account.firstDay === null || day < account.firstDay) ? [[externalId, { ...account, firstDay: day }] as const] : [];
  });
  if (changed.length === 0) return [];
  // Several keys may mean one account since a merge: its earliest day counts. Sorted, so that nobody waits in a circle.
  const earliest = new Map<string, Day>();
  for (const [, { id, firstDay }] of changed) if (firstDay && firstDay < (earliest.get(id) ?? '9999')) earliest.set(id, firstDay);
  const rows = [...earliest].toSorted(([a], [b]) => (a < b ? -1 : 1));
  await tx.db.$executeRaw`
    UPDATE account a SET created_day = earlier.day
    FROM unnest(${plain(rows.map(([id]) => id))}::uuid[], ${plain(rows.map(([, day]) => day))}::date[]) AS earlier (id, day)
    WHERE a.workspace_id = ${tx.workspaceId}::uuid AND a.id = earlier.id AND (a.created_day IS NULL OR a.created_day > earlier.day)`;
  return changed;
};
