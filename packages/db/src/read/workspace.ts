import type { Prisma } from '../../generated/client.ts';
import type { WorkspaceTx } from '../workspace.ts';

const dayText = (date: Date | null) => date?.toISOString().slice(0, 10) ?? null;

/** The workspace and its settings. Days as `YYYY-MM-DD`; `nrrTarget` as decimal text (1.2 = 120%). */
export const workspaceSettings = async (tx: WorkspaceTx) => {
  const row = await tx.db.workspace.findUniqueOrThrow({ where: { id: tx.workspaceId } });
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    timezone: row.timezone,
    currency: row.currency,
    asOfPin: dayText(row.asOfPin),
    closedThrough: dayText(row.closedThrough),
    mainMeterId: row.mainMeterId,
    unknownAccounts: row.unknownAccounts,
    csmScope: row.csmScope,
    nrrDefinition: row.nrrDefinition,
    nrrTarget: row.nrrTarget.toFixed(),
    newLogoMonths: row.newLogoMonths,
    retentionDays: row.retentionDays,
    rawFrom: dayText(row.rawFrom),
    eventsPerMinute: row.eventsPerMinute,
    demo: row.demo,
  };
};
export type WorkspaceSettings = Awaited<ReturnType<typeof workspaceSettings>>;

/** Whether money is in the books already: its currency can then no longer change. */
export const hasPrices = async (tx: WorkspaceTx): Promise<boolean> =>
  (await tx.db.price.findFirst({ where: { workspaceId: tx.workspaceId }, select: { id: true } })) !== null;

/** Whether usage was counted into days already: its time zone can then no longer change. */
export const hasUsage = async (tx: WorkspaceTx): Promise<boolean> =>
  (await tx.db.dailyUsage.findFirst({ where: { workspaceId: tx.workspaceId }, select: { day: true } })) !== null;

/** The workspace behind an address; null when there is none. System role. */
export const workspaceIdBySlug = async (tx: Prisma.TransactionClient, slug: string): Promise<string | null> =>
  (await tx.workspace.findUnique({ where: { slug }, select: { id: true } }))?.id ?? null;

/** Names of all workspaces, as in their addresses; of demos only where there is nothing else. */
export const workspaceSlugs = async (tx: Prisma.TransactionClient): Promise<string[]> => {
  const all = await tx.workspace.findMany({ select: { slug: true, demo: true }, orderBy: { slug: 'asc' } });
  const own = all.filter(({ demo }) => !demo);
  return (own.length > 0 ? own : all).map(({ slug }) => slug);
};
