'use client';
import type { AccountFamily } from '@tideline/contracts/account-family';
import type { AccountPeople } from '@tideline/contracts/account-people';
import type { AccountPages } from '@tideline/contracts/account-page';
import { SnoozeDialog } from '../../../../../lib/snooze-dialog.tsx';
import type { Reader } from '../../../../../ui/format.ts';
import { OwnerDialog } from '../../triage/owner-dialog.tsx';
import { TaskDialog } from '../../triage/task-dialog.tsx';
import { TouchDialog } from '../../triage/touch-dialog.tsx';
import { MergeDialog } from './merge-dialog.tsx';
import { OverrideDialog } from './override-dialog.tsx';
import { ParentDialog } from './parent-dialog.tsx';
import type { ContactActs } from './contact-acts.ts';
import { ContactDialog } from './contact-dialog.tsx';
import { EditDialog, type Member } from './edit-dialog.tsx';
import type { Asking } from './use-account-keys.ts';
import type { Acts } from './use-acts.ts';

type Props = {
  workspace: string;
  asking: Asking | null;
  account: AccountPages['Page'];
  family: AccountFamily;
  people: AccountPeople;
  members: readonly (Member & { accounts: number })[];
  mayAssign: boolean;
  acts: Acts;
  contactActs: ContactActs;
  reader: Reader;
  onClose: () => void;
};

/** The question that is open, if any; what is answered is done and the question closes. */
export const AskingDialog = ({ workspace, asking, account, family, people, members, mayAssign, acts, contactActs, reader, onClose }: Props) => {
  if (asking === null) return null;
  const shared = { what: account.name, reader, onClose };
  const answered = <T,>(run: (answer: T) => void) => {
    return (answer: T) => {
      onClose();
      run(answer);
    };
  };
  if (asking.kind === 'snooze') return <SnoozeDialog {...shared} description="Out of triage until the morning of that day." onSnooze={answered(acts.snooze)} />;
  if (asking.kind === 'task') return <TaskDialog {...shared} suggestion={account.judgement?.nextAction ?? ''} onTask={answered(acts.task)} />;
  if (asking.kind === 'touch') {
    const contacts = people.contacts.filter(({ id, leftOn }) => leftOn === null || leftOn > reader.today || id === asking.contact);
    return (
      <TouchDialog
        {...shared}
        kind={asking.touch}
        contacts={contacts}
        {...(asking.contact ? { contact: asking.contact } : {})}
        onTouch={answered(acts.touch)}
      />
    );
  }
  if (asking.kind === 'contact')
    return (
      <ContactDialog
        contact={asking.contact}
        account={account.name}
        onClose={onClose}
        onSave={(values) => contactActs.saveContact(asking.contact, account.externalId, values)}
      />
    );
  if (asking.kind === 'owner') return <OwnerDialog what={account.name} owners={[...members]} onClose={onClose} onAssign={answered(acts.assign)} />;
  if (asking.kind === 'override') return <OverrideDialog {...{ account, reader, onClose }} onSay={answered(acts.say)} />;
  if (asking.kind === 'merge') return <MergeDialog {...{ workspace, account, onClose }} />;
  if (asking.kind === 'parent') return <ParentDialog {...{ workspace, account, onClose }} parent={family.above.at(-1) ?? null} onSave={acts.edit} />;
  return <EditDialog account={account} members={members} mayAssign={mayAssign} onClose={onClose} onSave={acts.edit} />;
};
