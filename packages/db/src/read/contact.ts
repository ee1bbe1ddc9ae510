import type { Day } from '@tideline/domain/calendar';
import type { ContactRole } from '@tideline/domain/contact';
import { Prisma } from '../../generated/client.ts';
import { plain, texts } from '../array-literal.ts';
import type { WorkspaceTx } from '../workspace.ts';

export type ContactRow = {
  id: string;
  accountId: string;
  externalId: string;
  name: string;
  email: string | null;
  title: string | null;
  role: ContactRole;
  leftOn: Day | null;
};

/** Contacts of a workspace by one of: their keys, their ids, their account. */
export type ContactsBy = { keys: readonly string[] } | { ids: readonly string[] } | { account: string };

export const contactsBy = (tx: WorkspaceTx, by: ContactsBy): Promise<ContactRow[]> => tx.db.$queryRaw<ContactRow[]>`
  SELECT id::text, account_id::text AS "accountId", external_id AS "externalId", name, email, title, role, left_on::text AS "leftOn"
  FROM contact WHERE workspace_id = ${tx.workspaceId}::uuid AND ${wanted(by)}
  ORDER BY left_on IS NOT NULL, array_position('{champion,executive_sponsor,user,other}'::text[], role), name, id`;

const wanted = (by: ContactsBy): Prisma.Sql => {
  if ('keys' in by) return Prisma.sql`external_id = ANY(${texts(by.keys)}::text[])`;
  return 'ids' in by ? Prisma.sql`id = ANY(${plain(by.ids)}::uuid[])` : Prisma.sql`account_id = ${by.account}::uuid`;
};

/** What a list of contacts, tickets or touches is narrowed to. */
export type PageOf = { account: string | null; onlyOwner: string | null; after: string | null; limit: number };

/** The rows of a table that a page of it may hold, each with its account `a`. */
export const pageRows = (
  tx: WorkspaceTx,
  table: 'contact' | 'contract' | 'invoice' | 'ticket' | 'touch',
  { account, onlyOwner, after, limit }: PageOf,
  join = Prisma.empty,
  only = Prisma.empty,
): Prisma.Sql =>
  Prisma.sql`
    FROM ${Prisma.raw(table)} t JOIN account a ON a.workspace_id = t.workspace_id AND a.id = t.account_id
    ${join}
    WHERE t.workspace_id = ${tx.workspaceId}::uuid AND (${account}::uuid IS NULL OR t.account_id = ${account}::uuid)
      AND (${onlyOwner}::uuid IS NULL OR a.owner_id = ${onlyOwner}::uuid) AND (${after}::uuid IS NULL OR t.id > ${after}::uuid) ${only}
    ORDER BY t.id LIMIT ${limit}`;

export type AccountRef = { id: string; externalId: string };
export const accountRef = Prisma.sql`jsonb_build_object('id', a.id, 'externalId', a.external_id) AS account`;

/** Contacts by id. */
export const contactPage = (tx: WorkspaceTx, of: PageOf): Promise<(Omit<ContactRow, 'accountId'> & { account: AccountRef })[]> =>
  tx.db.$queryRaw<(Omit<ContactRow, 'accountId'> & { account: AccountRef })[]>`
    SELECT t.id::text, t.external_id AS "externalId", ${accountRef}, t.name, t.email, t.title, t.role, t.left_on::text AS "leftOn" ${pageRows(tx, 'contact', of)}`;
