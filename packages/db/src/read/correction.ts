import { Prisma } from '../../generated/client.ts';
import type { Day } from '@tideline/domain/calendar';
import type { MeterEvent } from '@tideline/domain/condition';
import type { StatementTx, WorkspaceTx } from '../workspace.ts';

/** Which facts: of a span of time (the end not included), and where given of one account or event name. */
export type FactRange = { readonly from: Date; readonly until: Date; readonly accountId: string | null; readonly event: string | null };
export type RangedFact = { key: string; accountId: string; accountName: string; day: Day; time: Date; fact: MeterEvent };
export type FactPlace = { readonly time: Date; readonly key: string };

type Row = Omit<RangedFact, 'fact'> & { name: string; value: string | null; properties: Record<string, unknown> | null };

/** The next facts of a range in the order of time, behind a place. */
export const factsInRange = async (tx: StatementTx, range: FactRange, after: FactPlace | null, limit: number): Promise<RangedFact[]> => {
  const behind = after === null ? Prisma.empty : Prisma.sql`AND (e.time, e.key) > (${after.time}::timestamptz, ${`\\x${after.key}`}::bytea)`;
  const ofAccount = range.accountId === null ? Prisma.empty : Prisma.sql`AND e.account_id = ${range.accountId}::uuid`;
  const named = range.event === null ? Prisma.empty : Prisma.sql`AND e.name = ${range.event}`;
  const rows = await tx.db.$queryRaw<Row[]>`
    SELECT encode(e.key, 'hex') AS key, e.account_id::text AS "accountId", a.name AS "accountName", e.day::text, e.time, e.name, trim_scale(e.value)::text AS value, e.properties
    FROM event e JOIN account a ON a.workspace_id = e.workspace_id AND a.id = e.account_id
    WHERE e.workspace_id = ${tx.workspaceId}::uuid AND e.time >= ${range.from} AND e.time < ${range.until} ${ofAccount} ${named} ${behind}
    ORDER BY e.time, e.key LIMIT ${limit}`;
  return rows.map(({ name, value, properties, ...row }) => ({ ...row, fact: { event: name, value, properties: properties ?? {} } }));
};

/** Corrections, the latest first. */
export const corrections = (tx: WorkspaceTx, limit: number) =>
  tx.db.correction.findMany({
    where: { workspaceId: tx.workspaceId },
    select: { id: true, kind: true, reason: true, filter: true, events: true, actor: true, madeAt: true, undoneAt: true },
    orderBy: [{ madeAt: 'desc' }, { id: 'asc' }],
    take: limit,
  });

export const correctionById = (tx: WorkspaceTx, id: string) =>
  tx.db.correction.findUnique({
    where: { workspaceId_id: { workspaceId: tx.workspaceId, id } },
    select: { id: true, kind: true, reason: true, filter: true, undoneAt: true },
  });
