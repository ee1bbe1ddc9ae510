import { openInvitations } from '@tideline/db/read/invitation';
import { members } from '@tideline/db/read/member';
import { workspaceSettings } from '@tideline/db/read/workspace';
import { withWorkspace } from '@tideline/db/workspace';
import { may } from '@tideline/domain/role';
import type { Metadata } from 'next';
import { composed } from '../../../../../composed.ts';
import { readerOf } from '../../../../../lib/reader.ts';
import { whoIs } from '../../../../../lib/who.ts';
import { counted } from '../../../../../ui/format.ts';
import { PageHeader } from '../../../../../ui/page-header.tsx';
import { NotAllowed } from '../../not-allowed.tsx';
import { InviteButton } from './invite.tsx';
import { Invitations } from './invitations.tsx';
import { MemberTable } from './member-table.tsx';

export const metadata: Metadata = { title: 'Members' };

export default async function MembersPage({ params }: { params: Promise<{ workspace: string }> }) {
  const { workspace } = await params;
  const who = await whoIs(workspace);
  if (!may(who.role, 'member.manage')) return <NotAllowed title="Members" permission="member.manage" />;
  const { deps } = composed();
  const { people, open, settings } = await withWorkspace(deps.db, who.workspaceId, async (tx) => ({
    people: await members(tx),
    open: await openInvitations(tx),
    settings: await workspaceSettings(tx),
  }));
  const reader = await readerOf(settings.timezone);
  return (
    <>
      <PageHeader title="Members" meta={counted(people.length, 'person', 'people')} actions={<InviteButton workspace={workspace} />} />
      <div className="flex flex-col gap-10 px-4 py-4 lg:px-6">
        <MemberTable workspace={workspace} members={people} self={who.userId ?? ''} reader={reader} />
        {open.length > 0 && <Invitations workspace={workspace} invitations={open} now={deps.now()} reader={reader} />}
      </div>
    </>
  );
}
