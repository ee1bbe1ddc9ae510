import { AccountPage, AccountUsage, TimelineItem } from '@tideline/contracts/account-page';
import { Problem } from '@tideline/contracts/problem';
import { may } from '@tideline/domain/role';
import { page } from '@tideline/engine/account-page';
import { timeline } from '@tideline/engine/account-timeline';
import { usage } from '@tideline/engine/account-usage';
import type { Who } from '@tideline/engine/deps';
import { list as listMembers } from '@tideline/engine/member';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { composed } from '../../../../../composed.ts';
import { readerOf } from '../../../../../lib/reader.ts';
import { whoIs } from '../../../../../lib/who.ts';
import { workspaceZone } from '../../../../../lib/workspace-zone.ts';
import { AccountScreen } from './account.tsx';

type Props = { params: Promise<{ workspace: string; id: string }> };

/** The account, or the page that any id of nobody's gets. Read once per request, for the title and the screen. */
const accountOf = cache(async (workspace: string, id: string) => {
  const who = await whoIs(workspace);
  try {
    return { who, account: AccountPage.parse(await page(composed().deps, who, id)) };
  } catch (error) {
    if (error instanceof Problem && error.code === 'not-found') notFound();
    throw error;
  }
});

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => {
  const { workspace, id } = await params;
  return { title: (await accountOf(workspace, id)).account.name };
};

/** Row actions are for what stands in triage: accounts that are live and judged. */
const allowedTo = ({ role }: Who, inTriage: boolean) => ({
  act: may(role, 'account.act'),
  triage: may(role, 'account.act') && inTriage,
  edit: may(role, 'account.edit'),
  assign: may(role, 'account.assign'),
  task: may(role, 'task.write'),
  model: may(role, 'model.draft'),
});

export default async function AccountPageScreen({ params }: Props) {
  const { workspace, id } = await params;
  const { who, account } = await accountOf(workspace, id);
  const { deps } = composed();
  const allowed = allowedTo(who, account.status === 'live' && account.judgement !== null);
  const [used, told, members, zone] = await Promise.all([
    usage(deps, who, id),
    timeline(deps, who, id, { limit: 50 }),
    allowed.edit ? listMembers(deps, who) : [],
    workspaceZone(who.workspaceId),
  ]);
  return (
    <AccountScreen
      workspace={workspace}
      account={account}
      usage={AccountUsage.parse(used)}
      told={{ items: told.items.map((item) => TimelineItem.parse(item)), next: told.next }}
      members={members.map(({ userId, name, email, accounts }) => ({ id: userId, name, email, accounts }))}
      me={{ id: who.userId ?? '', name: who.actor }}
      allowed={allowed}
      reader={await readerOf(zone)}
    />
  );
}
