import type { Day } from '@tideline/domain/calendar';
import { tallyFacts, type DatedFact, type MeterVersion } from '@tideline/domain/usage';
import { plain } from '../array-literal.ts';
import { meteringOf } from '../read/metering.ts';
import { rawFacts, type Place } from '../read/raw-fact.ts';
import type { WorkspaceTx } from '../workspace.ts';
import { applyTallies } from './daily-usage.ts';
import { lockUsage } from './usage-lock.ts';

/**
 * Counts a stretch of days of a meter version from the raw events, replacing what stood there: account by account,
 * day by day, from behind `after` on, about `size` events. Nobody adds facts meanwhile, so none is missed or counted
 * twice. Answers where the next stretch starts, null at the end.
 */
export const restateStretch = async (tx: WorkspaceTx, version: MeterVersion, timezone: string, after: Place | null, size: number): Promise<Place | null> => {
  await lockUsage(tx, 'alone');
  const { rawFrom } = await meteringOf(tx);
  const { facts: read, next } = await rawFacts(tx, version.meter.eventName, timezone, after, size);
  const facts = rawFrom === null ? read : read.filter(({ day }) => day >= rawFrom);
  await clearDays(tx, version.id, facts);
  await applyTallies(tx, tallyFacts(facts, [version]));
  return next;
};

const clearDays = async (tx: WorkspaceTx, versionId: string, facts: readonly DatedFact[]): Promise<void> => {
  const days = new Map<string, { accountId: string; day: Day }>();
  for (const { accountId, day } of facts) days.set(`${accountId}${day}`, { accountId, day });
  const rows = [...days.values()];
  const [accounts, dates] = [plain(rows.map(({ accountId }) => accountId)), plain(rows.map(({ day }) => day))];
  for (const table of USAGE_TABLES) {
    await tx.db.$executeRawUnsafe(
      `DELETE FROM ${table} d USING unnest($3::uuid[], $4::date[]) AS gone (account_id, day)
       WHERE d.workspace_id = $1::uuid AND d.meter_version_id = $2::uuid AND d.account_id = gone.account_id AND d.day = gone.day`,
      tx.workspaceId,
      versionId,
      accounts,
      dates,
    );
  }
};

const USAGE_TABLES = ['daily_usage', 'daily_usage_late', 'unique_value'] as const;

/** Removes what was counted for a version that measures no more, for the next accounts behind `after`; null at the end. */
export const clearVersion = async (tx: WorkspaceTx, versionId: string, after: string | null, accounts: number): Promise<string | null> => {
  const rows = await tx.db.$queryRaw<{ id: string }[]>`
    SELECT id::text FROM account WHERE workspace_id = ${tx.workspaceId}::uuid AND (${after}::uuid IS NULL OR id > ${after}::uuid) ORDER BY id LIMIT ${accounts}`;
  for (const table of USAGE_TABLES) {
    await tx.db.$executeRawUnsafe(
      `DELETE FROM ${table} WHERE workspace_id = $1::uuid AND meter_version_id = $2::uuid AND account_id = ANY($3::uuid[])`,
      tx.workspaceId,
      versionId,
      plain(rows.map(({ id }) => id)),
    );
  }
  return rows.length < accounts ? null : (rows.at(-1)?.id ?? null);
};
