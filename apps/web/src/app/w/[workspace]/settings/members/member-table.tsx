'use client';
import { dayOf } from '@tideline/domain/calendar';
import { isRole, type Role } from '@tideline/domain/role';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { api } from '../../../../../lib/api.ts';
import { useLive } from '../../../../../lib/live.ts';
import { problemText } from '../../../../../lib/request.ts';
import { roleNames, roleWords } from '../../../../../lib/role-words.ts';
import { Avatar } from '../../../../../ui/avatar.tsx';
import { exactMoment, shortDay, type Reader } from '../../../../../ui/format.ts';
import { Select } from '../../../../../ui/select.tsx';
import { RowHead, Table, Tbody, Td, Th, Thead, Tr } from '../../../../../ui/table.tsx';
import { done, failed } from '../../../../../ui/toast.tsx';
import { MemberMenu } from './member-menu.tsx';

export type MemberRow = { userId: string; name: string; email: string; role: string; since: Date; accounts: number };
type Props = { workspace: string; members: readonly MemberRow[]; self: string; reader: Reader };

export const MemberTable = ({ workspace, members, self, reader }: Props) => {
  const router = useRouter();
  useLive(workspace, ['member', 'account'], () => router.refresh(), 2_000);
  const setRole = async (member: MemberRow, role: Role, undo?: Role): Promise<void> => {
    try {
      await api(workspace).call('changeRole', { params: { userId: member.userId }, body: { role } });
      done(`${member.name} is ${roleWords[role].label} from now on`, undo && (() => void setRole(member, undo)));
    } catch (error) {
      failed(`The role of ${member.name} is as it was.`, problemText(error));
    }
    router.refresh();
  };
  return (
    <Table caption="Members">
      <Thead>
        <tr>
          <Th>Person</Th>
          <Th>Role</Th>
          <Th right>Accounts</Th>
          <Th right className="max-sm:hidden">
            Member since
          </Th>
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </Thead>
      <Tbody>
        {members.map((member) => (
          <MemberLine key={member.userId} workspace={workspace} member={member} self={member.userId === self} reader={reader} onRole={setRole} />
        ))}
      </Tbody>
    </Table>
  );
};

type LineProps = { workspace: string; member: MemberRow; self: boolean; reader: Reader; onRole: (member: MemberRow, role: Role, undo?: Role) => Promise<void> };

const MemberLine = ({ workspace, member, self, reader, onRole }: LineProps) => {
  const role = isRole(member.role) ? member.role : undefined;
  return (
    <Tr>
      <RowHead className="font-medium">
        <span className="flex items-center gap-2 max-sm:py-1.5">
          <Avatar name={member.name} me={self} />
          <span className="flex min-w-0 gap-x-2 max-sm:max-w-30 max-sm:flex-col sm:items-baseline">
            <span className="truncate">{member.name}</span>
            <span className="truncate text-12 text-text-3">{member.email}</span>
          </span>
        </span>
      </RowHead>
      <Td>
        <Select
          aria-label={`Role of ${member.name}`}
          className="w-22 sm:w-28"
          options={roleNames}
          value={role}
          onChange={(next) => void onRole(member, next, role)}
        />
      </Td>
      <Td right>
        {member.accounts > 0 ? (
          <Link href={`/w/${workspace}/account?owner=${member.userId}`} className="door">
            {member.accounts}
          </Link>
        ) : (
          '–'
        )}
      </Td>
      <Td right quiet className="max-sm:hidden" title={exactMoment(member.since, reader)}>
        {shortDay(dayOf(member.since, reader.timeZone), reader)}
      </Td>
      <Td className="w-0">
        <MemberMenu workspace={workspace} member={member} self={self} />
      </Td>
    </Tr>
  );
};
