'use client';
import { AcceptBody, PASSWORD_MIN } from '@tideline/contracts/entry';
import { entryApi } from '../../../../lib/entry-api.ts';
import { showProblem, useContractForm } from '../../../../lib/form.ts';
import { signInByPassword } from '../../../../lib/sign-in.ts';
import { Button } from '../../../../ui/button.tsx';
import { Field } from '../../../../ui/field.tsx';
import { FormError } from '../../../../ui/form-error.tsx';
import { Input } from '../../../../ui/input.tsx';

/** A new person gives their name and a password. */
export const AcceptForm = ({ token, email }: { token: string; email: string }) => {
  const form = useContractForm(AcceptBody, { token, name: '', password: '' });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async (body) => {
    try {
      const { workspace } = await entryApi('acceptInvitation', { body });
      await signInByPassword(email, body.password);
      window.location.assign(`/w/${workspace}`);
    } catch (error) {
      showProblem(form, error);
    }
  });
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <FormError>{errors.root?.message}</FormError>
      <input type="email" autoComplete="username" value={email} readOnly hidden />
      <Field label="Your name" error={errors.name?.message}>
        {(control) => <Input {...control} {...form.register('name')} autoComplete="name" />}
      </Field>
      <Field label="Password" help={`At least ${PASSWORD_MIN} characters. Length is what makes it strong.`} error={errors.password?.message}>
        {(control) => <Input {...control} {...form.register('password')} type="password" autoComplete="new-password" />}
      </Field>
      <Button look="primary" type="submit" busy={isSubmitting}>
        Join
      </Button>
    </form>
  );
};
