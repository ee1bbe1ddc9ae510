'use client';
import type { Triage } from '@tideline/contracts/triage';
import { useState } from 'react';
import { Avatar } from '../../../../ui/avatar.tsx';
import { Combobox } from '../../../../ui/combobox.tsx';
import { Field } from '../../../../ui/field.tsx';
import { AskDialog } from '../../../../ui/ask-dialog.tsx';
import type { Person } from './changes.ts';

const NOBODY = 'nobody';
type OwnerDialogProps = { what: string; owners: Triage['Summary']['owners']; onClose: () => void; onAssign: (owner: Person | null) => void };

/** Gives accounts to a member, or to nobody. */
export const OwnerDialog = ({ what, owners, onClose, onAssign }: OwnerDialogProps) => {
  const [chosen, choose] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const options = [
    ...owners.map((owner) => ({ value: owner.id, label: owner.name, hint: String(owner.accounts), icon: <Avatar size="sm" name={owner.name} /> })),
    { value: NOBODY, label: 'Nobody' },
  ];
  const submit = () => {
    setTried(true);
    if (chosen === null) return;
    const owner = owners.find(({ id }) => id === chosen);
    onAssign(owner ? { id: owner.id, name: owner.name } : null);
  };
  return (
    <AskDialog title={`Give ${what} to …`} action="Give" onClose={onClose} onSubmit={submit}>
      <Field label="New owner" error={tried && chosen === null ? 'Choose an owner' : undefined}>
        {(control) => <Combobox {...control} label="New owner" options={options} value={chosen} onChange={choose} />}
      </Field>
    </AskDialog>
  );
};
