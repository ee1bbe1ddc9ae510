import type { Day } from '@tideline/domain/calendar';
import { decimal } from '@tideline/domain/money';
import { countedTally, type DayTally, type MeterVersion, tallyFacts } from '@tideline/domain/usage';
import { plain } from '../array-literal.ts';
import type { WorkspaceTx } from '../workspace.ts';
import { lockUsage } from '../write/usage-lock.ts';
import { meteringOf } from './metering.ts';
import { type Place, rawFacts } from './raw-fact.ts';

/** A day whose stored usage is not what its raw events say; null: the row is not there. */
export type UsageDifference = { accountId: string; versionId: string; day: Day; stored: Counted | null; counted: Counted | null };
type Counted = { quantity: string; active: number };
export type Compared = { differences: UsageDifference[]; days: number; next: Place | null };
type Row = Counted & { accountId: string; versionId: string; day: Day };

/**
 * Counts a stretch of account-days from the raw events and compares it with daily usage, both ways. Nobody adds facts
 * meanwhile. `days` is how many rows were compared; `next` is null at the end.
 */
export const compareStretch = async (
  tx: WorkspaceTx,
  versions: readonly MeterVersion[],
  timezone: string,
  after: Place | null,
  size: number,
): Promise<Compared> => {
  await lockUsage(tx, 'alone');
  const { rawFrom } = await meteringOf(tx);
  const { facts: read, next } = await rawFacts(tx, null, timezone, after, size);
  const through = next && (read.at(-1) ?? null);
  // Of days whose events are past their retention there is nothing to compare with.
  const facts = rawFrom === null ? read : read.filter(({ day }) => day >= rawFrom);
  const stored = await usageBetween(tx, versions, after && { accountId: after.accountId, day: after.day }, through, rawFrom);
  const counted = tallyFacts(facts, versions).map(countedRow);
  const differences: UsageDifference[] = [];
  const byName = new Map(stored.map((row) => [nameOf(row), row]));
  for (const row of counted) {
    const found = byName.get(nameOf(row)) ?? null;
    byName.delete(nameOf(row));
    if (!found || found.active !== row.active || !decimal(found.quantity).eq(row.quantity))
      differences.push({ ...row, stored: found && only(found), counted: only(row) });
  }
  // A day whose facts were all taken back keeps its row, with nothing in it.
  for (const row of byName.values()) if (row.quantity !== '0' || row.active !== 0) differences.push({ ...row, stored: only(row), counted: null });
  return { differences, days: stored.length, next };
};

const nameOf = ({ accountId, versionId, day }: Row): string => `${accountId}${versionId}${day}`;
const only = ({ quantity, active }: Counted): Counted => ({ quantity, active });

const countedRow = (tally: DayTally): Row => ({ accountId: tally.accountId, versionId: tally.versionId, day: tally.day, ...countedTally(tally) });

const usageBetween = (
  tx: WorkspaceTx,
  versions: readonly MeterVersion[],
  after: { accountId: string; day: Day } | null,
  through: { accountId: string; day: Day } | null,
  rawFrom: Day | null,
): Promise<Row[]> =>
  tx.db.$queryRaw<Row[]>`
    SELECT account_id::text AS "accountId", meter_version_id::text AS "versionId", day::text, trim_scale(quantity)::text AS quantity, active FROM daily_usage
    WHERE workspace_id = ${tx.workspaceId}::uuid AND meter_version_id = ANY(${plain(versions.map(({ id }) => id))}::uuid[])
      AND (${rawFrom}::date IS NULL OR day >= ${rawFrom}::date)
      AND (${after?.accountId ?? null}::uuid IS NULL OR (account_id, day) > (${after?.accountId ?? null}::uuid, ${after?.day ?? null}::date))
      AND (${through?.accountId ?? null}::uuid IS NULL OR (account_id, day) <= (${through?.accountId ?? null}::uuid, ${through?.day ?? null}::date))`;
