import { plain, texts } from '../array-literal.ts';
import type { ContactRow } from '../read/contact.ts';
import type { WorkspaceTx } from '../workspace.ts';

/** Stores contacts as they are to stand (each at most once), new ones and known ones. */
export const writeContacts = async (tx: WorkspaceTx, rows: readonly ContactRow[], at: Date): Promise<void> => {
  if (rows.length === 0) return;
  const column = (read: (row: ContactRow) => string | null): string => texts(rows.map(read));
  await tx.db.$executeRaw`
    INSERT INTO contact (workspace_id, id, account_id, external_id, name, email, title, role, left_on, created_at, updated_at)
    SELECT ${tx.workspaceId}::uuid, s.*, ${at}, ${at} FROM unnest(${plain(rows.map(({ id }) => id))}::uuid[], ${plain(rows.map(({ accountId }) => accountId))}::uuid[],
      ${column((r) => r.externalId)}::text[], ${column((r) => r.name)}::text[], ${column((r) => r.email)}::text[], ${column((r) => r.title)}::text[],
      ${column((r) => r.role)}::text[], ${plain(rows.map(({ leftOn }) => leftOn))}::date[]) s
    ON CONFLICT (workspace_id, id) DO UPDATE SET account_id = excluded.account_id, name = excluded.name, email = excluded.email, title = excluded.title,
      role = excluded.role, left_on = excluded.left_on, updated_at = excluded.updated_at`;
};

export const removeContact = async (tx: WorkspaceTx, id: string): Promise<void> => {
  await tx.db.contact.deleteMany({ where: { workspaceId: tx.workspaceId, id } });
};
