import { page } from '@tideline/engine/account-page';
import { timeline } from '@tideline/engine/account-timeline';
import { usage } from '@tideline/engine/account-usage';
import { AccountPage, AccountUsage, TimelineItem } from '@tideline/contracts/account-page';
import { Problem } from '@tideline/contracts/problem';
import { may } from '@tideline/domain/role';
import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { composed } from '../../../../../composed.ts';
import { readerOf } from '../../../../../lib/reader.ts';
import { whoIs } from '../../../../../lib/who.ts';
import { workspaceZone } from '../../../../../lib/workspace-zone.ts';
import { PageHeader } from '../../../../../ui/page-header.tsx';
import { AccountActions } from './account-actions.tsx';
import { Headline } from './headline.tsx';
import { Moved } from './moved.tsx';
import { Tasks } from './tasks.tsx';
import { Timeline } from './timeline.tsx';
import { UsageSection } from './usage-section.tsx';
import { Why } from './why.tsx';

export const metadata: Metadata = { title: 'Account' };
type Props = { params: Promise<{ workspace: string; id: string }>; searchParams: Promise<{ weeks?: string; in?: string; over?: string }> };

/** Everything one screen needs, or the page that any id of nobody's gets. */
const read = async (workspace: string, id: string) => {
  const who = await whoIs(workspace);
  const { deps } = composed();
  try {
    const [account, used, told] = await Promise.all([page(deps, who, id), usage(deps, who, id), timeline(deps, who, id, { limit: 50 })]);
    const reader = await readerOf(await workspaceZone(who.workspaceId));
    return { who, reader, account: AccountPage.parse(account), used: AccountUsage.parse(used), told: told.items.map((item) => TimelineItem.parse(item)) };
  } catch (error) {
    if (error instanceof Problem && error.code === 'not-found') notFound();
    throw error;
  }
};

export default async function AccountScreen({ params, searchParams }: Props) {
  const [{ workspace, id }, search] = await Promise.all([params, searchParams]);
  const { who, reader, account, used, told } = await read(workspace, id);
  const { judgement, currency } = account;
  return (
    <>
      <PageHeader
        title={account.name}
        crumbs={<Link href={`/w/${workspace}/account`}>Accounts</Link>}
        actions={
          may(who.role, 'account.act') && (
            <AccountActions workspace={workspace} id={id} name={account.name} reader={reader} mayAddTask={may(who.role, 'task.write')} />
          )
        }
      />
      <Headline account={account} reader={reader} />
      <div className="grid gap-10 px-4 py-6 side:grid-cols-[minmax(0,1fr)_var(--side)] lg:px-gutter">
        <div className="flex min-w-0 flex-col gap-10">
          <UsageSection
            usage={used}
            title={judgement?.usageTitle ?? 'Usage'}
            currency={currency}
            reader={reader}
            weeks={search.weeks}
            units={search.in === 'units'}
          />
          <Why judgement={judgement} />
          <Timeline items={told} reader={reader} />
        </div>
        <aside className="flex min-w-0 flex-col gap-10">
          <Tasks workspace={workspace} tasks={account.tasks} reader={reader} mayWrite={may(who.role, 'task.write')} />
          <Moved account={account} reader={reader} over={search.over} />
        </aside>
      </div>
    </>
  );
}
