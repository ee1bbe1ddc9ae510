'use client';
import { useState } from 'react';
import { Checkbox } from '../../../../ui/checkbox.tsx';
import { ChoiceField, Field } from '../../../../ui/field.tsx';
import { Input } from '../../../../ui/input.tsx';
import { AskDialog } from '../../../../ui/ask-dialog.tsx';
import { useScene } from './scene.ts';

/** Names what is shown now, to come back to it from the rail; shared or one's own. */
export const ViewDialog = ({ onClose, onSave }: { onClose: () => void; onSave: (view: { name: string; shared: boolean }) => void }) => {
  const { allowed } = useScene();
  const [name, setName] = useState('');
  const [shared, share] = useState(false);
  const [tried, setTried] = useState(false);
  const submit = () => {
    setTried(true);
    if (name.trim() !== '') onSave({ name: name.trim(), shared });
  };
  return (
    <AskDialog
      title="Save view"
      description="Keeps the tab, the filters, the search, the order and the grouping."
      action="Save"
      onClose={onClose}
      onSubmit={submit}
    >
      <Field label="Name" error={tried && name.trim() === '' ? 'Give it a name' : undefined}>
        {(control) => <Input {...control} value={name} maxLength={200} placeholder="My mornings" onChange={(event) => setName(event.target.value)} />}
      </Field>
      {allowed.shareView && (
        <ChoiceField
          label="Shared with the workspace"
          help="Everyone finds it in their rail; “me” then means each of them."
          control={(id) => <Checkbox id={id} checked={shared} onCheckedChange={(next) => share(next === true)} />}
        />
      )}
    </AskDialog>
  );
};
