import { Prisma } from '../../generated/client.ts';
import type { Day } from '@tideline/domain/calendar';
import { plain, texts } from '../array-literal.ts';
import type { WorkspaceTx } from '../workspace.ts';
import { listInTriage } from './triage-row.ts';

/** An account as a file or a client states it; null: nothing is said about it. `fields` are added to those it has. */
export type StatedAccount = {
  externalId: string;
  name: string | null;
  ownerId: string | null;
  status: string | null;
  industry: string | null;
  plan: string | null;
  region: string | null;
  contractStart: Day | null;
  createdDay: Day | null;
  fields: Record<string, string | number | boolean>;
};

/** How an account that is new is marked, and the day its age counts from where none is stated and no fact is earlier. */
type Made = { via: 'import' | 'event'; firstDay: Day | null };

/** Creates and changes accounts (each key at most once); answers the ids of those that are new or changed. */
export const upsertAccounts = async (
  tx: WorkspaceTx,
  accounts: readonly StatedAccount[],
  at: Date,
  made: Made = { via: 'import', firstDay: null },
): Promise<string[]> => {
  if (accounts.length === 0) return [];
  const stated = statedTable(accounts.toSorted((a, b) => (a.externalId < b.externalId ? -1 : 1)));
  const created = await tx.db.$queryRaw<{ id: string }[]>`
    INSERT INTO account (workspace_id, external_id, name, owner_id, status, industry, plan, region, contract_start, created_day, fields, created_via, created_at, updated_at)
    SELECT ${tx.workspaceId}::uuid, external_id, coalesce(name, external_id), owner_id, coalesce(status, 'live'), industry, plan, region, contract_start,
      coalesce(created_day, ${made.firstDay}::date), fields, ${made.via}, ${at}, ${at}
    FROM ${stated} ON CONFLICT (workspace_id, external_id) DO NOTHING RETURNING id::text`;
  const changed = await tx.db.$queryRaw<{ id: string }[]>`
    UPDATE account a SET name = new.name, owner_id = new.owner_id, status = new.status, industry = new.industry, plan = new.plan, region = new.region,
      contract_start = new.contract_start, created_day = new.created_day, fields = new.fields, updated_at = ${at}
    FROM (
      SELECT b.id, coalesce(s.name, b.name) AS name, coalesce(s.owner_id, b.owner_id) AS owner_id, CASE WHEN b.status = 'merged' THEN b.status ELSE coalesce(s.status, b.status) END AS status,
        coalesce(s.industry, b.industry) AS industry, coalesce(s.plan, b.plan) AS plan, coalesce(s.region, b.region) AS region,
        coalesce(s.contract_start, b.contract_start) AS contract_start, coalesce(s.created_day, b.created_day) AS created_day, b.fields || s.fields AS fields
      FROM ${stated} JOIN account b ON b.workspace_id = ${tx.workspaceId}::uuid AND b.external_id = s.external_id) new
    WHERE a.workspace_id = ${tx.workspaceId}::uuid AND a.id = new.id
      AND (a.name, a.owner_id, a.status, a.industry, a.plan, a.region, a.contract_start, a.created_day, a.fields)
        IS DISTINCT FROM (new.name, new.owner_id, new.status, new.industry, new.plan, new.region, new.contract_start, new.created_day, new.fields)
    RETURNING a.id::text`;
  const ids = [...created, ...changed].map(({ id }) => id);
  await listInTriage(tx, ids);
  return ids;
};

const statedTable = (rows: readonly StatedAccount[]): Prisma.Sql => {
  const column = (read: (account: StatedAccount) => string | null): string => texts(rows.map(read));
  return Prisma.sql`unnest(${column((a) => a.externalId)}::text[], ${column((a) => a.name)}::text[], ${plain(rows.map((a) => a.ownerId))}::uuid[], ${column((a) => a.status)}::text[],
    ${column((a) => a.industry)}::text[], ${column((a) => a.plan)}::text[], ${column((a) => a.region)}::text[], ${plain(rows.map((a) => a.contractStart))}::date[],
    ${plain(rows.map((a) => a.createdDay))}::date[], ${column((a) => JSON.stringify(a.fields))}::jsonb[])
    AS s (external_id, name, owner_id, status, industry, plan, region, contract_start, created_day, fields)`;
};
