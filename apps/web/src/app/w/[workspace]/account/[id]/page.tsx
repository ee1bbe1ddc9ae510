import { AccountFamily } from '@tideline/contracts/account-family';
import { AccountPeople } from '@tideline/contracts/account-people';
import { AccountUsage, TimelineItem } from '@tideline/contracts/account-page';
import { may } from '@tideline/domain/role';
import { accountFamily } from '@tideline/engine/account-family';
import { accountPeople } from '@tideline/engine/account-people';
import { timeline } from '@tideline/engine/account-timeline';
import { usage } from '@tideline/engine/account-usage';
import type { Who } from '@tideline/engine/deps';
import { list as listMembers } from '@tideline/engine/member';
import type { Metadata } from 'next';
import { composed } from '../../../../../composed.ts';
import { readerOf } from '../../../../../lib/reader.ts';
import { whoIs } from '../../../../../lib/who.ts';
import { workspaceZone } from '../../../../../lib/workspace-zone.ts';
import { AccountScreen } from './account.tsx';
import { accountOf } from './account-of.ts';

type Props = { params: Promise<{ workspace: string; id: string }> };

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => {
  const { workspace, id } = await params;
  return { title: (await accountOf(await whoIs(workspace), id)).name };
};

/** Row actions are for what stands in triage: accounts that are live and judged. One that was merged is worked on where it went. */
const allowedTo = ({ role }: Who, isMerged: boolean, inTriage: boolean) => ({
  act: may(role, 'account.act') && !isMerged,
  triage: may(role, 'account.act') && inTriage,
  edit: may(role, 'account.edit') && !isMerged,
  assign: may(role, 'account.assign') && !isMerged,
  task: may(role, 'task.write') && !isMerged,
  merge: may(role, 'account.merge') && !isMerged,
  mergeUndo: may(role, 'account.merge'),
  model: may(role, 'model.draft'),
  data: may(role, 'import.run'),
  fault: may(role, 'workspace.manage'),
});

export default async function AccountPageScreen({ params }: Props) {
  const { workspace, id } = await params;
  const who = await whoIs(workspace);
  const account = await accountOf(who, id);
  const { deps } = composed();
  const allowed = allowedTo(who, account.status === 'merged', account.status === 'live' && account.judgement !== null);
  const [family, people, used, told, members, zone] = await Promise.all([
    accountFamily(deps, who, id),
    accountPeople(deps, who, id),
    usage(deps, who, id),
    timeline(deps, who, id, { limit: 50 }),
    allowed.edit ? listMembers(deps, who) : [],
    workspaceZone(who.workspaceId),
  ]);
  return (
    <AccountScreen
      workspace={workspace}
      account={account}
      family={AccountFamily.parse(family)}
      people={AccountPeople.parse(people)}
      usage={AccountUsage.parse(used)}
      told={{ items: told.items.map((item) => TimelineItem.parse(item)), next: told.next }}
      members={members.map(({ userId, name, email, accounts }) => ({ id: userId, name, email, accounts }))}
      me={{ id: who.userId ?? '', name: who.actor }}
      allowed={allowed}
      reader={await readerOf(zone)}
    />
  );
}
