'use client';
import { KeyChange } from '@tideline/contracts/api-key';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { FormProvider } from 'react-hook-form';
import { api } from '../../../../../lib/api.ts';
import { showProblem, useContractForm } from '../../../../../lib/form.ts';
import { problemText } from '../../../../../lib/request.ts';
import { Button } from '../../../../../ui/button.tsx';
import { Dialog } from '../../../../../ui/dialog.tsx';
import { Field } from '../../../../../ui/field.tsx';
import { FormError } from '../../../../../ui/form-error.tsx';
import { Input } from '../../../../../ui/input.tsx';
import { Secret } from '../../../../../ui/secret.tsx';
import { Select } from '../../../../../ui/select.tsx';
import { done, failed } from '../../../../../ui/toast.tsx';
import { KeyRules } from './key-rules.tsx';
import type { Key } from './key-table.tsx';

type Props = { workspace: string; apiKey: Key; onClose: () => void };

const overlaps = [
  { value: '0', label: 'Not at all: it stops now' },
  { value: '1', label: 'For an hour' },
  { value: '24', label: 'For a day' },
  { value: '168', label: 'For a week' },
];

/** Makes the key's successor and shows its text, once. */
export const RotateDialog = ({ workspace, apiKey, onClose }: Props) => {
  const router = useRouter();
  const [hours, setHours] = useState('24');
  const [key, setKey] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const rotate = async () => {
    setBusy(true);
    try {
      setKey((await api(workspace).call('rotateApiKey', { params: { id: apiKey.id }, body: { overlapHours: Number(hours) } })).key);
      router.refresh();
    } catch (error) {
      failed(`${apiKey.name} was not rotated.`, problemText(error));
    }
    setBusy(false);
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={key ? 'The new key' : `Rotate ${apiKey.name}?`} width="sm">
      {key ? (
        <Secret value={key} label="API key" note="Shown once: copy it now, and put it where the old one is. Only its hash is kept." />
      ) : (
        <div className="flex flex-col gap-4">
          <p className="text-text-2">A new key takes its place: it may do the same, from the same addresses. Give what sends time to change over.</p>
          <Field label="The old key goes on working">{(wiring) => <Select {...wiring} options={overlaps} value={hours} onChange={setHours} />}</Field>
          <Button look="primary" busy={busy} onClick={() => void rotate()} className="self-end">
            Make the new key
          </Button>
        </div>
      )}
    </Dialog>
  );
};

/** Changes what a key is called, where it may be used from and how much it may send. */
export const ChangeDialog = ({ workspace, apiKey, onClose }: Props) => {
  const router = useRouter();
  const form = useContractForm(KeyChange, { name: apiKey.name, sourceAddresses: apiKey.sourceAddresses, eventsPerMinute: apiKey.eventsPerMinute });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async (body) => {
    try {
      await api(workspace).call('changeApiKey', { params: { id: apiKey.id }, body });
      done('Saved; it counts within a second');
      router.refresh();
      onClose();
    } catch (error) {
      showProblem(form, error);
    }
  });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={`Change ${apiKey.name}`} width="sm">
      <FormProvider {...form}>
        <form onSubmit={submit} noValidate className="flex flex-col gap-4">
          <FormError>{errors.root?.message}</FormError>
          <Field label="Name" error={errors.name?.message}>
            {(control) => <Input {...control} {...form.register('name')} />}
          </Field>
          <KeyRules />
          <Button look="primary" type="submit" busy={isSubmitting} className="self-end">
            Save changes
          </Button>
        </form>
      </FormProvider>
    </Dialog>
  );
};
