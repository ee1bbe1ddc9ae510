import type { Day } from '@tideline/domain/calendar';
import type { DecimalText } from '@tideline/domain/money';
import { texts } from '../array-literal.ts';
import type { WorkspaceTx } from '../workspace.ts';
import { type AccountRef, accountRef, type PageOf, pageRows } from './contact.ts';

export type ContractRow = { id: string; accountId: string; externalId: string; startDay: Day; endDay: Day; commitment: DecimalText | null };

/** Contracts of a workspace by their keys. */
export const contractsBy = (tx: WorkspaceTx, keys: readonly string[]): Promise<ContractRow[]> => tx.db.$queryRaw<ContractRow[]>`
  SELECT id::text, account_id::text AS "accountId", external_id AS "externalId", start_day::text AS "startDay", end_day::text AS "endDay", trim_scale(commitment)::text AS commitment
  FROM contract WHERE workspace_id = ${tx.workspaceId}::uuid AND external_id = ANY(${texts(keys)}::text[])`;

type Listed = Omit<ContractRow, 'accountId' | 'externalId'> & { externalId: string | null; account: AccountRef };

/** Contracts by id, also those that came without a key. */
export const contractPage = (tx: WorkspaceTx, of: PageOf): Promise<Listed[]> => tx.db.$queryRaw<Listed[]>`
  SELECT t.id::text, t.external_id AS "externalId", ${accountRef}, t.start_day::text AS "startDay", t.end_day::text AS "endDay", trim_scale(t.commitment)::text AS commitment
  ${pageRows(tx, 'contract', of)}`;
