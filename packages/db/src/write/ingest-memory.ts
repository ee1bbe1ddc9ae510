import type { Day } from '@tideline/domain/calendar';
import type { Db } from '../client.ts';

export type KnownAccount = { readonly id: string; readonly firstDay: Day | null };

/** What the process remembers between transactions. Everything here can be read again from the tables. */
export type IngestMemory = {
  /** Months (`YYYY-MM`, UTC) whose partition of raw events is there. */
  readonly months: Set<string>;
  account(workspaceId: string, externalId: string): KnownAccount | undefined;
  /** Only what is committed may be remembered. */
  remember(workspaceId: string, accounts: Iterable<readonly [externalId: string, KnownAccount]>): void;
  forget(workspaceId: string): void;
};

const MAX_ACCOUNTS = 200_000;
const MAX_WORKSPACES = 100;

export const createIngestMemory = (): IngestMemory => {
  const byWorkspace = new Map<string, Map<string, KnownAccount>>();
  return {
    months: new Set(),
    account: (workspaceId, externalId) => byWorkspace.get(workspaceId)?.get(externalId),
    remember: (workspaceId, accounts) => {
      const own = byWorkspace.get(workspaceId) ?? new Map<string, KnownAccount>();
      byWorkspace.delete(workspaceId); // set again below, so that the longest unused stands first
      for (const [externalId, account] of accounts) own.set(externalId, account);
      for (const externalId of own.keys()) {
        if (own.size <= MAX_ACCOUNTS) break;
        own.delete(externalId);
      }
      byWorkspace.set(workspaceId, own);
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
