import type { Link } from '@tideline/domain/family';
import { plain } from '../array-literal.ts';
import type { WorkspaceTx } from '../workspace.ts';

/**
 * Held to the end of the transaction by who changes which account is part of which: two that are each right alone may
 * make a circle together. What is read before it may be older than it.
 */
export const lockFamilies = async (tx: WorkspaceTx): Promise<void> => {
  await tx.db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`family ${tx.workspaceId}`}, 0))`;
};

/** Makes accounts part of others, or of none (each account at most once); answers those for which that is new, with what was. */
export const setParents = async (tx: WorkspaceTx, links: readonly Link[], at: Date): Promise<{ id: string; before: string | null }[]> =>
  tx.db.$queryRaw<{ id: string; before: string | null }[]>`
    WITH was AS (
      SELECT a.id, a.parent_id, s.parent FROM unnest(${plain(links.map(({ id }) => id))}::uuid[], ${plain(links.map(({ parent }) => parent))}::uuid[]) AS s (id, parent)
      JOIN account a ON a.workspace_id = ${tx.workspaceId}::uuid AND a.id = s.id
      WHERE a.parent_id IS DISTINCT FROM s.parent ORDER BY a.id FOR UPDATE OF a)
    UPDATE account a SET parent_id = was.parent, updated_at = ${at} FROM was
    WHERE a.workspace_id = ${tx.workspaceId}::uuid AND a.id = was.id RETURNING a.id::text, was.parent_id::text AS before`;
