'use client';
import { Ellipsis, KeyRound, UserMinus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { api } from '../../../../../lib/api.ts';
import { problemText } from '../../../../../lib/request.ts';
import { Confirm, Dialog } from '../../../../../ui/dialog.tsx';
import { counted } from '../../../../../ui/format.ts';
import { Menu, MenuItem, MenuRule } from '../../../../../ui/menu.tsx';
import { Secret } from '../../../../../ui/secret.tsx';
import { done, failed } from '../../../../../ui/toast.tsx';
import type { MemberRow } from './member-table.tsx';

type Props = { workspace: string; member: MemberRow; self: boolean };

export const MemberMenu = ({ workspace, member, self }: Props) => {
  const [removing, askRemove] = useState(false);
  const [link, showLink] = useState<string | null>(null);
  const makeLink = async () => {
    try {
      const made = await api(workspace).call('linkToReset', { params: { userId: member.userId } });
      if (made.link) showLink(made.link);
      else done(`A link is on its way to ${member.email}`);
    } catch (error) {
      failed('No link was made.', problemText(error));
    }
  };
  return (
    <>
      <Menu
        trigger={
          <button
            type="button"
            aria-label={`Actions for ${member.name}`}
            className="moves inline-grid size-control place-items-center rounded-2 text-text-3 hover:bg-bg-hover hover:text-text"
          >
            <Ellipsis aria-hidden />
          </button>
        }
      >
        <MenuItem icon={<KeyRound aria-hidden />} onSelect={() => void makeLink()}>
          Link to set a new password
        </MenuItem>
        <MenuRule />
        <MenuItem icon={<UserMinus aria-hidden />} danger onSelect={() => askRemove(true)}>
          {self ? 'Leave the workspace' : 'Remove from the workspace'}
        </MenuItem>
      </Menu>
      <Removal workspace={workspace} member={member} self={self} open={removing} onOpenChange={askRemove} />
      <Dialog open={link !== null} onOpenChange={(open) => !open && showLink(null)} title={`Link for ${member.name}`} width="sm">
        <Secret value={link ?? ''} label="Link to set a new password" note="Hand it over on a safe way. It works once, for 24 hours, and is not shown again." />
      </Dialog>
    </>
  );
};

/** Says what goes before it goes. */
const Removal = ({ workspace, member, self, open, onOpenChange }: Props & { open: boolean; onOpenChange: (open: boolean) => void }) => {
  const router = useRouter();
  const remove = async () => {
    try {
      const left = await api(workspace).call('removeMember', { params: { userId: member.userId } });
      done(left.accounts > 0 ? `${member.name} is removed. ${counted(left.accounts, 'account')} now unassigned.` : `${member.name} is removed`);
      if (self) window.location.assign('/');
      else router.refresh();
    } catch (error) {
      failed(`${member.name} is still a member.`, problemText(error));
    }
  };
  return (
    <Confirm
      open={open}
      onOpenChange={onOpenChange}
      title={self ? 'Leave this workspace?' : `Remove ${member.name}?`}
      body={
        <>
          {self ? 'You lose' : `${member.name} loses`} access at once.{' '}
          {member.accounts > 0 && <>The {counted(member.accounts, 'account')} they own and their open tasks become unassigned. </>}
          What they wrote and did stays.
        </>
      }
      action={self ? 'Leave' : 'Remove'}
      danger
      onConfirm={remove}
    />
  );
};
