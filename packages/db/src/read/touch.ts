import type { Day } from '@tideline/domain/calendar';
import type { ContactRole } from '@tideline/domain/contact';
import { Prisma } from '../../generated/client.ts';
import { texts } from '../array-literal.ts';
import type { WorkspaceTx } from '../workspace.ts';
import { type AccountRef, accountRef, type PageOf, pageRows } from './contact.ts';

export type TouchRow = {
  id: string;
  accountId: string;
  externalId: string;
  kind: string;
  body: string;
  day: Day;
  at: Date;
  byId: string | null;
  contactId: string | null;
};

/** Touches that were sent, by their keys. */
export const touchesBy = (tx: WorkspaceTx, keys: readonly string[]): Promise<TouchRow[]> => tx.db.$queryRaw<TouchRow[]>`
  SELECT id::text, account_id::text AS "accountId", external_id AS "externalId", kind, body, day::text, at, by_id::text AS "byId", contact_id::text AS "contactId"
  FROM touch WHERE workspace_id = ${tx.workspaceId}::uuid AND external_id = ANY(${texts(keys)}::text[])`;

export type ListedTouch = {
  id: string;
  externalId: string | null;
  account: AccountRef;
  kind: string;
  day: Day;
  at: Date;
  text: string;
  contact: { id: string; externalId: string; name: string; role: ContactRole } | null;
  by: { id: string; name: string } | null;
};

/** Touches by id. */
export const touchPage = (tx: WorkspaceTx, of: PageOf): Promise<ListedTouch[]> => tx.db.$queryRaw<ListedTouch[]>`
  SELECT t.id::text, t.external_id AS "externalId", ${accountRef}, t.kind, t.day::text, t.at, t.body AS text,
    CASE WHEN c.id IS NOT NULL THEN jsonb_build_object('id', c.id, 'externalId', c.external_id, 'name', c.name, 'role', c.role) END AS contact,
    CASE WHEN t.by_id IS NOT NULL THEN jsonb_build_object('id', t.by_id, 'name', coalesce(u.name, 'somebody who left')) END AS by
    ${pageRows(
      tx,
      'touch',
      of,
      Prisma.sql`LEFT JOIN contact c ON c.workspace_id = t.workspace_id AND c.id = t.contact_id LEFT JOIN app_user u ON u.id = t.by_id`,
    )}`;

/** The last call, mail or meeting with each contact of an account. */
export const lastTouches = async (tx: WorkspaceTx, accountId: string): Promise<Map<string, Day>> => {
  const rows = await tx.db.$queryRaw<{ contactId: string; day: Day }[]>`
    SELECT contact_id::text AS "contactId", max(day)::text AS day FROM touch
    WHERE workspace_id = ${tx.workspaceId}::uuid AND account_id = ${accountId}::uuid AND contact_id IS NOT NULL AND kind <> 'note' GROUP BY contact_id`;
  return new Map(rows.map(({ contactId, day }) => [contactId, day]));
};
