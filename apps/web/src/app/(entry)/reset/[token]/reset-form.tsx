'use client';
import { PASSWORD_MIN, SetPasswordBody } from '@tideline/contracts/entry';
import { entryApi } from '../../../../lib/entry-api.ts';
import { showProblem, useContractForm } from '../../../../lib/form.ts';
import { signInByPassword } from '../../../../lib/sign-in.ts';
import { Button } from '../../../../ui/button.tsx';
import { Field } from '../../../../ui/field.tsx';
import { FormError } from '../../../../ui/form-error.tsx';
import { Input } from '../../../../ui/input.tsx';

export const ResetForm = ({ token, email }: { token: string; email: string }) => {
  const form = useContractForm(SetPasswordBody, { token, password: '' });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async (body) => {
    try {
      await entryApi('setPassword', { body });
      await signInByPassword(email, body.password);
      window.location.assign('/');
    } catch (error) {
      showProblem(form, error);
    }
  });
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <FormError>{errors.root?.message}</FormError>
      {/* Password managers file the password under this address. */}
      <input type="email" autoComplete="username" value={email} readOnly hidden />
      <Field label="New password" help={`At least ${PASSWORD_MIN} characters. Length is what makes it strong.`} error={errors.password?.message}>
        {(control) => <Input {...control} {...form.register('password')} type="password" autoComplete="new-password" />}
      </Field>
      <Button look="primary" type="submit" busy={isSubmitting}>
        Save and sign in
      </Button>
    </form>
  );
};
