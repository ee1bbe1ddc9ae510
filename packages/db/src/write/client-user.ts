import { plain, texts } from '../array-literal.ts';
import type { WorkspaceTx } from '../workspace.ts';

/** A user of the workspace's own product was put into an account (by its own key), at a time. */
export type Placement = { user: string; account: string; atMs: number };

/** Everything known of where these users were put. */
export const placementsOf = (tx: WorkspaceTx, users: readonly string[]): Promise<Placement[]> =>
  tx.db.$queryRaw<Placement[]>`
    SELECT u.user_key AS "user", a.external_id AS account, (extract(epoch FROM u.placed_at) * 1000)::float8 AS "atMs"
    FROM client_user u JOIN account a ON a.workspace_id = u.workspace_id AND a.id = u.account_id
    WHERE u.workspace_id = ${tx.workspaceId}::uuid AND u.user_key = ANY(${texts(users)}::text[])`;

/** Notes placements; one that stands stays. The accounts must be there. */
export const placeUsers = async (tx: WorkspaceTx, placements: readonly Placement[], via: string): Promise<void> => {
  if (placements.length === 0) return;
  const column = (read: (placement: Placement) => string) => texts(placements.map(read));
  await tx.db.$executeRaw`
    INSERT INTO client_user (workspace_id, user_key, placed_at, account_id, via)
    SELECT ${tx.workspaceId}::uuid, new.user_key, to_timestamp(new.ms / 1000.0), a.id, ${via}
    FROM unnest(${column((p) => p.user)}::text[], ${plain(placements.map(({ atMs }) => atMs))}::float8[], ${column((p) => p.account)}::text[]) AS new (user_key, ms, account)
    JOIN account a ON a.workspace_id = ${tx.workspaceId}::uuid AND a.external_id = new.account
    ORDER BY 2, 3 ON CONFLICT DO NOTHING`;
};
