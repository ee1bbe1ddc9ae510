import { type ImportRow, memberIds } from '@tideline/db/read/import';
import { workspaceSettings } from '@tideline/db/read/workspace';
import { withWorkspace } from '@tideline/db/workspace';
import { upsertAccounts } from '@tideline/db/write/import-account';
import { markRescore } from '@tideline/db/write/rescore';
import { day, dayOf, nowAsOf } from '@tideline/domain/calendar';
import type { Deps } from './deps.ts';
import type { Rows } from './import-file.ts';
import type { MappedAccount, RowReader } from './import-map.ts';
import { createParents, type Parents } from './import-parents.ts';
import type { Report } from './import-report.ts';

const BATCH = 2_000;

/** Accounts of a whole file, with what they are part of. */
export const takeAccountFile = async (
  deps: Deps,
  workspaceId: string,
  row: Pick<ImportRow, 'dryRun'>,
  rows: Rows,
  read: RowReader<MappedAccount>,
  report: Report,
): Promise<void> => {
  const parents = createParents(deps, workspaceId, ({ row: number, child, parent }, problem) => report.refuse(number, [child, parent], problem));
  await takeAccounts(deps, workspaceId, row, rows, read, report, parents);
  await parents.end();
};

/** Creates and changes accounts as a file states them. What stands twice for one account in a batch: the later row wins. */
export const takeAccounts = async (
  deps: Deps,
  workspaceId: string,
  row: Pick<ImportRow, 'dryRun'>,
  rows: Rows,
  read: RowReader<MappedAccount>,
  report: Pick<Report, 'progress' | 'refuse' | 'step'>,
  parents: Parents,
): Promise<void> => {
  const members = await withWorkspace(deps.db, workspaceId, memberIds);
  let batch = new Map<string, MappedAccount>();
  const take = async (): Promise<void> => {
    const stated = [...batch.values()].map(({ owner, parent: _parent, ...account }) => ({ ...account, ownerId: (owner && members.get(owner)) ?? null }));
    batch = new Map();
    const changed = row.dryRun ? stated.length : await store(deps, workspaceId, stated);
    report.progress.accepted += changed;
    report.progress.duplicates += stated.length - changed;
    await parents.take();
    await report.step(rows.bytesRead());
  };
  for await (const fields of rows) {
    const number = ++report.progress.rowsRead;
    const account = read(fields);
    if (account === 'filtered') continue;
    if ('refused' in account) {
      report.refuse(number, fields, account.refused);
      continue;
    }
    const { owner } = account;
    if (owner !== null && !members.has(owner))
      report.refuse(number, fields, { reason: 'owner-not-a-member', message: `${owner} is not a member of this workspace: the account waits in Unassigned` });
    if (account.parent !== null && !row.dryRun) parents.note({ row: number, child: account.externalId, parent: account.parent });
    if (batch.has(account.externalId)) report.progress.duplicates += 1;
    batch.set(account.externalId, account);
    if (batch.size >= BATCH) await take();
  }
  await take();
  report.progress.bytesRead = rows.bytesRead();
};

const store = (deps: Deps, workspaceId: string, stated: Parameters<typeof upsertAccounts>[1]): Promise<number> =>
  withWorkspace(deps.db, workspaceId, async (tx) => {
    const now = deps.now();
    const changed = await upsertAccounts(tx, stated, now);
    const { timezone, asOfPin } = await workspaceSettings(tx);
    const today = dayOf(nowAsOf(now, asOfPin ? day(asOfPin) : null, timezone), timezone);
    await markRescore(tx, new Map(changed.map((id) => [id, today])), now);
    return changed.length;
  });
