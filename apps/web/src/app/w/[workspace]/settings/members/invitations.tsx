'use client';
import { dayOf } from '@tideline/domain/calendar';
import { isRole } from '@tideline/domain/role';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { api } from '../../../../../lib/api.ts';
import { problemText } from '../../../../../lib/request.ts';
import { roleWords } from '../../../../../lib/role-words.ts';
import { Button } from '../../../../../ui/button.tsx';
import { Dialog } from '../../../../../ui/dialog.tsx';
import { exactMoment, nearDay, type Reader } from '../../../../../ui/format.ts';
import { SectionTitle } from '../../../../../ui/page-header.tsx';
import { RowHead, Table, Tbody, Td, Th, Thead, Tr } from '../../../../../ui/table.tsx';
import { done, failed } from '../../../../../ui/toast.tsx';
import { InvitedPart, type Invited } from './invite.tsx';

type Invitation = { id: string; email: string; role: string; expiresAt: Date };
type Props = { workspace: string; invitations: readonly Invitation[]; now: Date; reader: Reader };

/** Invitations nobody has accepted yet. */
export const Invitations = ({ workspace, invitations, now, reader }: Props) => {
  const router = useRouter();
  const [renewed, setRenewed] = useState<Invited | null>(null);
  const attempt = async (kept: string, work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      failed(kept, problemText(error));
    }
    router.refresh();
  };
  const renew = ({ email, role }: Invitation) =>
    attempt(`The invitation of ${email} is as it was.`, async () => {
      if (isRole(role)) setRenewed(await api(workspace).call('invite', { body: { email, role } }));
    });
  const withdraw = ({ id, email }: Invitation) =>
    attempt(`The invitation of ${email} is as it was.`, async () => {
      await api(workspace).call('withdrawInvitation', { params: { id } });
      done(`The invitation of ${email} is withdrawn`);
    });
  return (
    <section>
      <SectionTitle title="Invited" sub="not yet accepted" />
      <Table caption="Open invitations">
        <Thead>
          <tr>
            <Th>E-mail</Th>
            <Th>Role</Th>
            <Th right>Link works until</Th>
            <Th>
              <span className="sr-only">Actions</span>
            </Th>
          </tr>
        </Thead>
        <Tbody>
          {invitations.map((invitation) => (
            <Line key={invitation.id} invitation={invitation} now={now} reader={reader} onRenew={renew} onWithdraw={withdraw} />
          ))}
        </Tbody>
      </Table>
      <Dialog open={renewed !== null} onOpenChange={(open) => !open && setRenewed(null)} title={`Invitation for ${renewed?.email ?? ''}`} width="sm">
        {renewed && <InvitedPart invited={renewed} />}
      </Dialog>
    </section>
  );
};

type LineProps = Pick<Props, 'now' | 'reader'> & {
  invitation: Invitation;
  onRenew: (invitation: Invitation) => Promise<void>;
  onWithdraw: (invitation: Invitation) => Promise<void>;
};

const Line = ({ invitation, now, reader, onRenew, onWithdraw }: LineProps) => (
  <Tr>
    <RowHead className="font-normal">{invitation.email}</RowHead>
    <Td>{isRole(invitation.role) ? roleWords[invitation.role].label : invitation.role}</Td>
    <Td right quiet title={exactMoment(invitation.expiresAt, reader)}>
      {invitation.expiresAt <= now ? 'expired' : nearDay(dayOf(invitation.expiresAt, reader.timeZone), reader)}
    </Td>
    <Td className="w-0">
      <span className="flex justify-end gap-1">
        <Button size="sm" look="ghost" onClick={() => void onRenew(invitation)}>
          New link
        </Button>
        <Button size="sm" look="ghost" onClick={() => void onWithdraw(invitation)}>
          Withdraw
        </Button>
      </span>
    </Td>
  </Tr>
);
