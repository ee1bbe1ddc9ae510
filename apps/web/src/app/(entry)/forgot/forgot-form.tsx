'use client';
import { AskResetBody } from '@tideline/contracts/entry';
import Link from 'next/link';
import { entryApi } from '../../../lib/entry-api.ts';
import { showProblem, useContractForm } from '../../../lib/form.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { FormError } from '../../../ui/form-error.tsx';
import { Input } from '../../../ui/input.tsx';

export const ForgotForm = () => {
  const form = useContractForm(AskResetBody, { email: '' });
  const { errors, isSubmitting, isSubmitSuccessful } = form.formState;
  const submit = form.handleSubmit(async (body) => {
    try {
      await entryApi('askReset', { body });
    } catch (error) {
      showProblem(form, error);
    }
  });
  if (isSubmitSuccessful) {
    return (
      <div role="status" className="flex flex-col gap-3">
        <p>If someone here has the address {form.getValues('email')} and this installation sends mail, a link is on its way.</p>
        <p className="text-text-2">Nothing after a few minutes? An admin of your workspace can make you a link under Members.</p>
        <p>
          <Link href="/sign-in" className="door">
            Back to sign-in
          </Link>
        </p>
      </div>
    );
  }
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <FormError>{errors.root?.message}</FormError>
      <Field label="E-mail" error={errors.email?.message}>
        {(control) => <Input {...control} {...form.register('email')} type="email" autoComplete="username" />}
      </Field>
      <Button look="primary" type="submit" busy={isSubmitting}>
        Send the link
      </Button>
      <p className="text-12 text-text-2">
        <Link href="/sign-in" className="door">
          Back to sign-in
        </Link>
      </p>
    </form>
  );
};
