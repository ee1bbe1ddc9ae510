import type { Day } from '@tideline/domain/calendar';
import { Prisma } from '../../generated/client.ts';
import { plain } from '../array-literal.ts';
import type { WorkspaceTx } from '../workspace.ts';

/** Accounts to act on. `onlyOwner`: the one book this person may act on. What is not there, or not theirs, is left out. */
export type TriageTarget = { readonly ids: readonly string[]; readonly onlyOwner: string | null };

const theirs = (tx: WorkspaceTx, { ids, onlyOwner }: TriageTarget): Prisma.Sql => Prisma.sql`
  SELECT id FROM account WHERE workspace_id = ${tx.workspaceId}::uuid AND id = ANY(${plain(ids)}::uuid[]) AND status <> 'merged' ${onlyOwner ? Prisma.sql`AND owner_id = ${onlyOwner}::uuid` : Prisma.empty}`;

const idsOf = (rows: { id: string }[]): string[] => rows.map((row) => row.id);

/** The accounts among `target` that exist here and may be acted on. */
export const actedOn = async (tx: WorkspaceTx, target: TriageTarget): Promise<string[]> =>
  idsOf(await tx.db.$queryRaw<{ id: string }[]>`SELECT id::text FROM (${theirs(tx, target)}) t`);

/** Marks accounts done as they stand in the list now; returns whose mark was set. */
export const insertDone = async (tx: WorkspaceTx, target: TriageTarget, by: { day: Day; at: Date; userId: string | null }): Promise<string[]> =>
  idsOf(
    await tx.db.$queryRaw<{ id: string }[]>`
      INSERT INTO triage_done (workspace_id, account_id, day, at, by_id, segment, why, health)
      SELECT s.workspace_id, s.account_id, ${by.day}::date, ${by.at}::timestamptz, ${by.userId}::uuid, s.segment, s.why, s.health
      FROM score s WHERE s.workspace_id = ${tx.workspaceId}::uuid AND s.account_id IN (${theirs(tx, target)})
      ON CONFLICT (workspace_id, account_id) DO UPDATE SET day = excluded.day, at = excluded.at, by_id = excluded.by_id,
        segment = excluded.segment, why = excluded.why, health = excluded.health
      RETURNING account_id::text AS id`,
  );

export const deleteDone = async (tx: WorkspaceTx, target: TriageTarget): Promise<string[]> =>
  idsOf(
    await tx.db.$queryRaw<{ id: string }[]>`
      DELETE FROM triage_done WHERE workspace_id = ${tx.workspaceId}::uuid AND account_id IN (${theirs(tx, target)}) RETURNING account_id::text AS id`,
  );

/** Puts accounts aside until the morning of a day; a later snooze replaces the earlier. */
export const insertSnoozes = async (
  tx: WorkspaceTx,
  target: TriageTarget,
  snooze: { until: Day; reason: string; at: Date; userId: string | null },
): Promise<string[]> =>
  idsOf(
    await tx.db.$queryRaw<{ id: string }[]>`
      INSERT INTO snooze (workspace_id, account_id, until_day, reason, by_id, at)
      SELECT ${tx.workspaceId}::uuid, t.id, ${snooze.until}::date, ${snooze.reason}, ${snooze.userId}::uuid, ${snooze.at}::timestamptz FROM (${theirs(tx, target)}) t
      ON CONFLICT (workspace_id, account_id) DO UPDATE SET until_day = excluded.until_day, reason = excluded.reason, by_id = excluded.by_id, at = excluded.at
      RETURNING account_id::text AS id`,
  );

export const deleteSnoozes = async (tx: WorkspaceTx, target: TriageTarget): Promise<string[]> =>
  idsOf(
    await tx.db.$queryRaw<{ id: string }[]>`
      DELETE FROM snooze WHERE workspace_id = ${tx.workspaceId}::uuid AND account_id IN (${theirs(tx, target)}) RETURNING account_id::text AS id`,
  );

/** Owners of accounts, for tasks that go to them. */
export const ownersOf = (tx: WorkspaceTx, target: TriageTarget): Promise<{ id: string; ownerId: string | null }[]> =>
  tx.db.$queryRaw<{ id: string; ownerId: string | null }[]>`
    SELECT id::text, owner_id::text AS "ownerId" FROM account WHERE workspace_id = ${tx.workspaceId}::uuid AND id IN (${theirs(tx, target)})`;
