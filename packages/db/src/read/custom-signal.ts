import { Prisma } from '../../generated/client.ts';
import type { Day } from '@tideline/domain/calendar';
import { plain } from '../array-literal.ts';
import type { StatementTx, WorkspaceTx } from '../workspace.ts';

/** A signal an admin defined: a meter over a window, or a number among the account's fields. */
export type CustomSignalRow = {
  id: string;
  name: string;
  unit: string;
  meterId: string | null;
  windowDays: number | null;
  field: string | null;
  zeroAt: number;
  fullAt: number;
  archivedAt: Date | null;
  /** A meter whose quantities add up: without any the value is 0, of a level or a highest it is missing. */
  adds: boolean;
};

/** Those of the workspace in the order of their names, archived ones too where they are asked for by id. */
export const customSignals = (tx: WorkspaceTx | StatementTx, ids: readonly string[] | null = null): Promise<CustomSignalRow[]> =>
  tx.db.$queryRaw<CustomSignalRow[]>`
    SELECT id::text, name, unit, meter_id::text AS "meterId", window_days AS "windowDays", field, zero_at AS "zeroAt", full_at AS "fullAt", archived_at AS "archivedAt",
      EXISTS (SELECT 1 FROM meter_version v WHERE v.workspace_id = s.workspace_id AND v.meter_id = s.meter_id AND v.state = 'current' AND v.aggregation IN ('SUM', 'COUNT', 'UNIQUE')) AS adds
    FROM custom_signal s WHERE workspace_id = ${tx.workspaceId}::uuid
      AND ${ids === null ? Prisma.sql`archived_at IS NULL` : Prisma.sql`id = ANY(${plain(ids)}::uuid[])`} ORDER BY name`;

type Value = { accountId: string; value: number };

/** A day's value of a custom signal by account (null: of all); one without a row has nothing to say, or 0 of what adds up. */
export const customValues = (tx: StatementTx, signal: CustomSignalRow, accounts: readonly string[] | null, day: Day): Promise<Value[]> =>
  signal.field === null ? meterValues(tx, signal, accounts, day) : fieldValues(tx, signal.field, accounts);

const of = (column: string, accounts: readonly string[] | null): Prisma.Sql =>
  accounts === null ? Prisma.empty : Prisma.sql`AND ${Prisma.raw(column)} = ANY(${plain(accounts)}::uuid[])`;

/** A field that does not read as a number says nothing. Fields have no past: every day reads what they are now. */
const fieldValues = (tx: StatementTx, field: string, accounts: readonly string[] | null): Promise<Value[]> => tx.db.$queryRaw<Value[]>`
  SELECT id::text AS "accountId", (fields ->> ${field})::float8 AS value FROM account
  WHERE workspace_id = ${tx.workspaceId}::uuid AND fields ->> ${field} ~ '^\\s*-?[0-9]+(\\.[0-9]+)?\\s*$' ${of('id', accounts)}`;

/** By the meter's own aggregation over the window: sums add up, distinct values are told once, a level is the last one. */
const meterValues = (tx: StatementTx, { meterId, windowDays }: CustomSignalRow, accounts: readonly string[] | null, day: Day): Promise<Value[]> =>
  tx.db.$queryRaw<Value[]>`
    WITH v AS (SELECT id, aggregation FROM meter_version WHERE workspace_id = ${tx.workspaceId}::uuid AND meter_id = ${meterId}::uuid AND state = 'current')
    SELECT u.account_id::text AS "accountId", CASE v.aggregation WHEN 'MAX' THEN max(u.quantity) WHEN 'LAST' THEN (array_agg(u.quantity ORDER BY u.day DESC))[1] ELSE sum(u.quantity) END::float8 AS value
    FROM v JOIN daily_usage u ON u.workspace_id = ${tx.workspaceId}::uuid AND u.meter_version_id = v.id
      AND u.day > ${day}::date - ${windowDays}::int AND u.day <= ${day}::date ${of('u.account_id', accounts)}
    WHERE v.aggregation <> 'UNIQUE' GROUP BY u.account_id, v.aggregation
    UNION ALL
    SELECT u.account_id::text, count(DISTINCT u.hash)::float8 FROM v JOIN unique_value u ON u.workspace_id = ${tx.workspaceId}::uuid AND u.meter_version_id = v.id
      AND u.day > ${day}::date - ${windowDays}::int AND u.day <= ${day}::date ${of('u.account_id', accounts)}
    WHERE v.aggregation = 'UNIQUE' GROUP BY u.account_id`;
