import { Prisma } from '../../generated/client.ts';

/** A person beside a row; null where none is named. */
export type PersonRef = { id: string; name: string } | null;

/** The account an alert or task is about, as it stands now. `stake` is decimal text. */
export type WorkAccountRow = {
  id: string;
  externalId: string;
  name: string;
  owner: PersonRef;
  health: number | null;
  segment: string | null;
  stake: string | null;
};

/** `{id, name}` of the person in a column, as JSON; null where the column is null or they are no longer a member. */
export const personOf = (column: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`(SELECT jsonb_build_object('id', p.id, 'name', p.name) FROM app_user p WHERE p.id = ${column})`;

/** A `WorkAccountRow` as JSON, from the aliases `a` (account) and `s` (score, may be missing). */
export const workAccount = Prisma.sql`jsonb_build_object('id', a.id, 'externalId', a.external_id, 'name', a.name,
  'owner', ${personOf(Prisma.sql`a.owner_id`)}, 'health', s.health, 'segment', s.segment, 'stake', s.stake::text)`;

/** The day the alert in alias `al` cleared by itself; null while it stands, where there is none, and where somebody resolved it. */
export const clearedOn = Prisma.sql`CASE WHEN al.state = 'resolved' AND al.resolved_by IS NULL THEN al.resolved_on::text END`;

/** `me` has become an id by now; null: nobody. */
export type OwnerFilter = string | 'unassigned' | undefined;
export const ownedBy = (column: Prisma.Sql, owner: OwnerFilter): Prisma.Sql[] => {
  if (owner === undefined) return [];
  return [owner === 'unassigned' ? Prisma.sql`${column} IS NULL` : Prisma.sql`${column} = ${owner}::uuid`];
};
