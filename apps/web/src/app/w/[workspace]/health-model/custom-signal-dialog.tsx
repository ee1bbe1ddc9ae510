'use client';
import { CustomSignalBody, type CustomSignals } from '@tideline/contracts/custom-signal';
import { useState } from 'react';
import { problemText } from '../../../../lib/request.ts';
import { Button } from '../../../../ui/button.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { Field } from '../../../../ui/field.tsx';
import { FormError } from '../../../../ui/form-error.tsx';
import { Input } from '../../../../ui/input.tsx';
import { Segmented } from '../../../../ui/segmented.tsx';
import { Select } from '../../../../ui/select.tsx';

export type MeterChoice = { id: string; name: string; unit: string };
type Props = {
  meters: readonly MeterChoice[];
  onClose: () => void;
  /** Throws what the server refuses. */ onCreate: (body: CustomSignals['Body']) => Promise<void>;
};

const ID = 'custom-signal';
const numberOf = (text: string): number | undefined => (text.trim() === '' || Number.isNaN(Number(text)) ? undefined : Number(text));

/** Defines a signal: what it reads, and the two values between which it is scored. */
export const CustomSignalDialog = ({ meters, onClose, onCreate }: Props) => {
  const [form, setForm] = useState({
    name: '',
    of: meters.length > 0 ? 'meter' : 'field',
    meterId: meters[0]?.id ?? '',
    days: '28',
    field: '',
    zeroAt: '',
    fullAt: '',
  });
  const [problems, setProblems] = useState<ReadonlyMap<string, string>>(new Map());
  const [busy, setBusy] = useState(false);
  const set = (part: Partial<typeof form>) => setForm((before) => ({ ...before, ...part }));
  const unit = form.of === 'meter' ? (meters.find(({ id }) => id === form.meterId)?.unit ?? '') : '';
  const submit = async () => {
    const reads = form.of === 'meter' ? { meterId: form.meterId, windowDays: numberOf(form.days) } : { field: form.field };
    const read = CustomSignalBody.safeParse({ name: form.name, unit, reads, zeroAt: numberOf(form.zeroAt), fullAt: numberOf(form.fullAt) });
    if (!read.success) return setProblems(new Map(read.error.issues.map(({ path, message }) => [String(path[0]), wordsFor(String(path[0]), message)])));
    setBusy(true);
    try {
      await onCreate(read.data);
      onClose();
    } catch (error) {
      setProblems(new Map([['root', problemText(error)]]));
    } finally {
      setBusy(false);
    }
  };
  const text = (key: 'name' | 'days' | 'field' | 'zeroAt' | 'fullAt', label: string, error: string | undefined, help?: string) => (
    <Field label={label} error={error} help={help}>
      {(control) => <Input {...control} value={form[key]} onChange={(event) => set({ [key]: event.target.value })} />}
    </Field>
  );
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="A signal of your own"
      description="It is read of every account at each day close, and weighs nothing until you give it points and publish."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" form={ID} busy={busy}>
            Define it
          </Button>
        </>
      }
    >
      <form
        id={ID}
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <FormError>{problems.get('root')}</FormError>
        {text('name', 'Name', problems.get('name'))}
        <Segmented
          label="What it reads"
          className="self-start"
          value={form.of}
          onChange={(of) => set({ of })}
          options={[
            { value: 'meter', label: 'A meter' },
            { value: 'field', label: 'A field of the account' },
          ]}
        />
        {form.of === 'meter' ? (
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label="Meter" error={problems.get('reads')}>
              {(control) => (
                <Select
                  {...control}
                  value={form.meterId}
                  options={meters.map(({ id, name }) => ({ value: id, label: name }))}
                  onChange={(meterId) => set({ meterId })}
                />
              )}
            </Field>
            {text('days', 'Over the last days', problems.get('reads'), '1 to 364')}
          </div>
        ) : (
          text('field', 'Field', problems.get('reads'), 'As it is named in what you send of accounts; its text must read as a number.')
        )}
        <div className="grid gap-4 sm:grid-cols-2">
          {text('zeroAt', `Bad: scores 0 at${unit && ` (${unit})`}`, problems.get('zeroAt'))}
          {text('fullAt', `Good: scores 100 at${unit && ` (${unit})`}`, problems.get('fullAt'), 'Between the two the score is linear.')}
        </div>
      </form>
    </Dialog>
  );
};

const wordsFor = (part: string, message: string): string => {
  if (part === 'reads') return 'Choose a meter and 1 to 364 days, or name a field';
  return message.startsWith('Invalid input') ? 'Write a number' : message;
};
