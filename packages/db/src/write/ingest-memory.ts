import type { Day } from '@tideline/domain/calendar';
import type { Db } from '../client.ts';

/** `sentAs`: the merged account whose key this is, where that counts in account `id`. */
export type KnownAccount = { readonly id: string; readonly firstDay: Day | null; readonly sentAs: string | null };

/** What the process remembers between transactions. Everything here can be read again from the tables. */
export type IngestMemory = {
  /** Months (`YYYY-MM`, UTC) whose partition of raw events is there. */
  readonly months: Set<string>;
  /** Nothing, when accounts were merged (`merges` moved on) since it was remembered. */
  account(workspaceId: string, merges: number, externalId: string): KnownAccount | undefined;
  /** Only what is committed may be remembered. */
  remember(workspaceId: string, merges: number, accounts: Iterable<readonly [externalId: string, KnownAccount]>): void;
  forget(workspaceId: string): void;
};

const MAX_ACCOUNTS = 200_000;
const MAX_WORKSPACES = 100;

export const createIngestMemory = (): IngestMemory => {
  const byWorkspace = new Map<string, { merges: number; accounts: Map<string, KnownAccount> }>();
  return {
    months: new Set(),
    account: (workspaceId, merges, externalId) => {
      const own = byWorkspace.get(workspaceId);
      return own?.merges === merges ? own.accounts.get(externalId) : undefined;
    },
    remember: (workspaceId, merges, accounts) => {
      const before = byWorkspace.get(workspaceId);
      if (before && before.merges > merges) return; // read before a merge, told after it
      const own = before?.merges === merges ? before.accounts : new Map<string, KnownAccount>();
      byWorkspace.delete(workspaceId); // set again below, so that the longest unused stands first
      for (const [externalId, account] of accounts) own.set(externalId, account);
      for (const externalId of own.keys()) {
        if (own.size <= MAX_ACCOUNTS) break;
        own.delete(externalId);
      }
      byWorkspace.set(workspaceId, { merges, accounts: own });
      for (const id of byWorkspace.keys()) {
        if (byWorkspace.size <= MAX_WORKSPACES) break;
        byWorkspace.delete(id);
      }
    },
    forget: (workspaceId) => void byWorkspace.delete(workspaceId),
  };
};

/**
 * Makes the monthly partitions of raw events that are not there yet. Outside the transaction that writes events,
 * because making a table locks its parent against other makers until commit.
 */
export const makePartitions = async (db: Db, memory: IngestMemory, months: Iterable<string>): Promise<void> => {
  for (const month of months) {
    if (memory.months.has(month)) continue;
    await db.prisma.$executeRaw`SELECT make_event_partition(${`${month}-01`}::date)`;
    memory.months.add(month);
  }
};
