import { day, type Day } from '@tideline/domain/calendar';
import type { Condition } from '@tideline/domain/condition';
import type { Aggregation } from '@tideline/domain/meter';
import type { MeterVersion } from '@tideline/domain/usage';
import type { StatementTx } from '../workspace.ts';

/** A meter version as daily usage is kept for it. */
export type MeteringVersion = MeterVersion & { readonly meterId: string; readonly state: 'filling' | 'current' };
export type Metering = {
  timezone: string;
  asOfPin: Day | null;
  unknownAccounts: 'create' | 'refuse';
  /** Moves on when the account a key means changes. */
  merges: number;
  /** How long raw events are kept; null: for ever. */
  retentionDays: number | null;
  /** The first day of which raw events are whole; null: all are. */
  rawFrom: Day | null;
  versions: MeteringVersion[];
};

type VersionRow = {
  id: string;
  meterId: string;
  state: 'filling' | 'current';
  unit: string;
  eventName: string;
  aggregation: Aggregation;
  valueField: string | null;
  filter: Condition[];
  activityFilter: Condition[];
  countsAsActivity: boolean;
};
type Row = Omit<Metering, 'asOfPin' | 'rawFrom' | 'versions'> & { asOfPin: string | null; rawFrom: string | null; versions: VersionRow[] };

/** What every event of the workspace is measured by, in one statement: zone, pinned day, and the versions that are kept up to date. */
export const meteringOf = async (tx: StatementTx): Promise<Metering> => {
  const [row] = await tx.db.$queryRaw<Row[]>`
    SELECT w.timezone, w.as_of_pin::text AS "asOfPin", w.unknown_accounts AS "unknownAccounts", w.merges,
      w.retention_days AS "retentionDays", w.raw_from::text AS "rawFrom", coalesce((
      SELECT json_agg(json_build_object('id', v.id, 'meterId', m.id, 'state', v.state, 'unit', m.unit, 'eventName', v.event_name,
        'aggregation', v.aggregation, 'valueField', v.value_field, 'filter', v.filter, 'activityFilter', v.activity_filter,
        'countsAsActivity', v.counts_activity) ORDER BY m.position, m.key, v.version)
      FROM meter m JOIN meter_version v ON v.workspace_id = m.workspace_id AND v.meter_id = m.id
      WHERE m.workspace_id = w.id AND m.archived_at IS NULL AND v.state IN ('filling', 'current')), '[]') AS versions
    FROM workspace w WHERE w.id = ${tx.workspaceId}::uuid`;
  if (!row) throw new Error(`Workspace ${tx.workspaceId} is gone`);
  return {
    timezone: row.timezone,
    asOfPin: row.asOfPin === null ? null : day(row.asOfPin),
    unknownAccounts: row.unknownAccounts,
    merges: row.merges,
    retentionDays: row.retentionDays,
    rawFrom: row.rawFrom === null ? null : day(row.rawFrom),
    versions: row.versions.map(({ id, meterId, state, ...meter }) => ({ id, meterId, state, meter })),
  };
};
