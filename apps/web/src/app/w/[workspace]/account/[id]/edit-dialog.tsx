'use client';
import type { AccountPages } from '@tideline/contracts/account-page';
import { Plus, X } from 'lucide-react';
import { useMemo } from 'react';
import { Controller, useFieldArray, useWatch, type UseFormReturn } from 'react-hook-form';
import type * as z from 'zod';
import { showProblem, useContractForm } from '../../../../../lib/form.ts';
import { Button } from '../../../../../ui/button.tsx';
import { Combobox } from '../../../../../ui/combobox.tsx';
import { Dialog } from '../../../../../ui/dialog.tsx';
import { Field } from '../../../../../ui/field.tsx';
import { FormError } from '../../../../../ui/form-error.tsx';
import { IconButton } from '../../../../../ui/icon-button.tsx';
import { Input } from '../../../../../ui/input.tsx';
import { Select } from '../../../../../ui/select.tsx';
import { changeOf, EditForm, statuses, valuesOf, type EditValues } from './edit-shape.ts';

export type Member = { id: string; name: string; email: string };
type Account = AccountPages['Page'];
type Change = NonNullable<ReturnType<typeof changeOf>>;
type Form = UseFormReturn<z.input<typeof EditForm>, unknown, EditValues>;
type Props = {
  account: Account;
  members: readonly Member[];
  mayAssign: boolean;
  onClose: () => void;
  /** Throws what the server refuses. `before` brings back what it was. */
  onSave: (change: Change, before: Change) => Promise<void>;
};

const ID = 'edit-account';
const NOBODY = 'nobody';
const options = Object.entries(statuses).map(([value, { label }]) => ({ value: value as EditValues['status'], label }));

/** Name, owner, status and everything that describes the account; only what was changed is sent. */
export const EditDialog = ({ account, members, mayAssign, onClose, onSave }: Props) => {
  const email = members.find(({ id }) => id === account.owner?.id)?.email ?? '';
  const before = useMemo(() => valuesOf(account, email), [account, email]);
  const form = useContractForm(EditForm, before);
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async (after) => {
    const change = changeOf(account, before, after);
    try {
      if (change) await onSave(change, changeOf(account, after, before) ?? {});
      onClose();
    } catch (error) {
      showProblem(form, error);
    }
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Edit ${account.name}`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" form={ID} busy={isSubmitting}>
            Save changes
          </Button>
        </>
      }
    >
      <form id={ID} onSubmit={submit} noValidate className="flex flex-col gap-4">
        <FormError>{errors.root?.message}</FormError>
        <Field label="Name" error={errors.name?.message}>
          {(control) => <Input {...control} {...form.register('name')} />}
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <OwnerField form={form} members={members} owner={account.owner?.name ?? 'Nobody'} mayAssign={mayAssign} />
          <StatusField form={form} />
          {(['industry', 'plan', 'region'] as const).map((key) => (
            <Field key={key} label={`${key.charAt(0).toUpperCase()}${key.slice(1)}`} optional error={errors[key]?.message}>
              {(control) => <Input {...control} {...form.register(key)} />}
            </Field>
          ))}
          <Field label="Contract start" optional help="Age and time to first value count from here." error={errors.contractStart?.message}>
            {(control) => <Input {...control} type="date" {...form.register('contractStart')} />}
          </Field>
        </div>
        <OwnFields form={form} />
      </form>
    </Dialog>
  );
};

const OwnerField = ({ form, members, owner, mayAssign }: { form: Form; members: readonly Member[]; owner: string; mayAssign: boolean }) => {
  if (!mayAssign) {
    return (
      <Field label="Owner" help="Leaders and admins assign accounts.">
        {(control) => <Input {...control} value={owner} disabled readOnly />}
      </Field>
    );
  }
  const choices = [...members.map(({ email, name }) => ({ value: email, label: name })), { value: NOBODY, label: 'Nobody' }];
  return (
    <Controller
      control={form.control}
      name="owner"
      render={({ field, fieldState }) => (
        <Field label="Owner" error={fieldState.error?.message}>
          {(control) => (
            <Combobox
              {...control}
              label="Owner"
              options={choices}
              value={field.value || NOBODY}
              onChange={(next) => field.onChange(next === NOBODY ? '' : next)}
            />
          )}
        </Field>
      )}
    />
  );
};

const StatusField = ({ form }: { form: Form }) => {
  const status = useWatch({ control: form.control, name: 'status' });
  return (
    <Controller
      control={form.control}
      name="status"
      render={({ field, fieldState }) => (
        <Field label="Status" help={statuses[status].means} error={fieldState.error?.message}>
          {(control) => <Select {...control} options={options} value={field.value} onChange={field.onChange} />}
        </Field>
      )}
    />
  );
};

/** Fields of the workspace's own making, by name. */
const OwnFields = ({ form }: { form: Form }) => {
  const { fields, append, remove } = useFieldArray({ control: form.control, name: 'fields' });
  const { errors } = form.formState;
  return (
    <fieldset>
      <legend className="mb-1 text-12 text-text-2">Own fields</legend>
      <ul className="flex flex-col gap-2">
        {fields.map((field, i) => (
          <li key={field.id} className="grid grid-cols-[minmax(0,1fr)_minmax(0,1.4fr)_auto] gap-2">
            <Input aria-label={`Name of field ${i + 1}`} aria-invalid={errors.fields?.[i]?.key ? true : undefined} {...form.register(`fields.${i}.key`)} />
            <Input aria-label={`Value of field ${i + 1}`} {...form.register(`fields.${i}.value`)} />
            <IconButton label={`Take out field ${i + 1}`} onClick={() => remove(i)}>
              <X aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
      <FormError>{errors.fields?.root?.message ?? errors.fields?.message ?? errors.fields?.find?.((one) => one?.key)?.key?.message}</FormError>
      <Button look="ghost" icon={<Plus aria-hidden />} onClick={() => append({ key: '', value: '' })} className="mt-1 -ml-2">
        Add a field
      </Button>
    </fieldset>
  );
};
