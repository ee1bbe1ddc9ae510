'use client';
import { DayText } from '@tideline/contracts/value';
import type { Day } from '@tideline/domain/calendar';
import { CONTACT_ROLES, contactRoles, type ContactRole } from '@tideline/domain/contact';
import { Controller } from 'react-hook-form';
import * as z from 'zod';
import { showProblem, useContractForm } from '../../../../../lib/form.ts';
import { Button } from '../../../../../ui/button.tsx';
import { Dialog } from '../../../../../ui/dialog.tsx';
import { Field } from '../../../../../ui/field.tsx';
import { FormError } from '../../../../../ui/form-error.tsx';
import { Input } from '../../../../../ui/input.tsx';
import { Select } from '../../../../../ui/select.tsx';
import type { ContactView } from './contacts.tsx';

const ContactForm = z.object({
  name: z.string().trim().min(1, { error: 'Give them a name' }).max(200),
  email: z.union([z.literal(''), z.email({ error: 'Not an e-mail address' }).max(254)]),
  title: z.string().trim().max(200),
  role: z.enum(CONTACT_ROLES),
  leftOn: z.union([z.literal(''), DayText], { error: 'Choose a day, or leave it empty' }),
});
export type ContactValues = { name: string; email: string | null; title: string | null; role: ContactRole; leftOn: Day | null };

const ID = 'edit-contact';
const options = CONTACT_ROLES.map((role) => ({ value: role, label: contactRoles[role].label }));

type Props = {
  contact: ContactView | null;
  account: string;
  onClose: () => void;
  /** Throws what the server refuses. */ onSave: (values: ContactValues) => Promise<void>;
};

/** Adds a person of the customer, or changes what is known of them. */
export const ContactDialog = ({ contact, account, onClose, onSave }: Props) => {
  const form = useContractForm(ContactForm, {
    name: contact?.name ?? '',
    email: contact?.email ?? '',
    title: contact?.title ?? '',
    role: contact?.role ?? 'champion',
    leftOn: (contact?.leftOn ?? '') as Day | '',
  });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async ({ email, title, leftOn, ...rest }) => {
    try {
      await onSave({ ...rest, email: email || null, title: title || null, leftOn: leftOn || null });
      onClose();
    } catch (error) {
      showProblem(form, error);
    }
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={contact ? `Edit ${contact.name}` : `New contact at ${account}`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" form={ID} busy={isSubmitting}>
            {contact ? 'Save changes' : 'Add the contact'}
          </Button>
        </>
      }
    >
      <form id={ID} onSubmit={submit} noValidate className="flex flex-col gap-4">
        <FormError>{errors.root?.message}</FormError>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Name" error={errors.name?.message}>
            {(control) => <Input {...control} {...form.register('name')} />}
          </Field>
          <Controller
            control={form.control}
            name="role"
            render={({ field }) => (
              <Field label="Role" help={contactRoles[field.value].speaks ? 'Speaks for the account: touches with them count as engagement.' : undefined}>
                {(control) => <Select {...control} options={options} value={field.value} onChange={field.onChange} />}
              </Field>
            )}
          />
          <Field label="E-mail" optional error={errors.email?.message}>
            {(control) => <Input {...control} type="email" {...form.register('email')} />}
          </Field>
          <Field label="Title" optional error={errors.title?.message}>
            {(control) => <Input {...control} {...form.register('title')} />}
          </Field>
          {contact && (
            <Field label="Left on" optional help="Touches with them stay." error={errors.leftOn?.message}>
              {(control) => <Input {...control} type="date" {...form.register('leftOn')} />}
            </Field>
          )}
        </div>
      </form>
    </Dialog>
  );
};
