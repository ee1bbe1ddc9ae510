'use client';
import { PASSWORD_MIN, SetupBody } from '@tideline/contracts/entry';
import { useEffect } from 'react';
import { FormProvider } from 'react-hook-form';
import { entryApi } from '../../../../lib/entry-api.ts';
import { showProblem, useContractForm } from '../../../../lib/form.ts';
import { signInByPassword } from '../../../../lib/sign-in.ts';
import { NewWorkspaceFields } from '../../../../lib/workspace-fields.tsx';
import { ownZone } from '../../../../lib/workspace-form.ts';
import { Button } from '../../../../ui/button.tsx';
import { Field } from '../../../../ui/field.tsx';
import { FormError } from '../../../../ui/form-error.tsx';
import { Input } from '../../../../ui/input.tsx';

const nothingYet = { name: '', email: '', password: '', workspace: { name: '', slug: '', timezone: 'UTC', currency: 'USD' } };

export const SetupForm = ({ token }: { token: string }) => {
  const form = useContractForm(SetupBody, { token, ...nothingYet });
  const { errors, isSubmitting } = form.formState;
  const { setValue } = form;
  // The server does not know where the browser is.
  useEffect(() => setValue('workspace.timezone', ownZone()), [setValue]);
  const submit = form.handleSubmit(async (body) => {
    try {
      const { workspace } = await entryApi('setUpInstallation', { body });
      await signInByPassword(body.email, body.password);
      window.location.assign(`/w/${workspace}`);
    } catch (error) {
      showProblem(form, error);
    }
  });
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <FormError>{errors.root?.message}</FormError>
      <Field label="Your name" error={errors.name?.message}>
        {(control) => <Input {...control} {...form.register('name')} autoComplete="name" />}
      </Field>
      <Field label="E-mail" error={errors.email?.message}>
        {(control) => <Input {...control} {...form.register('email')} type="email" autoComplete="username" />}
      </Field>
      <Field label="Password" help={`At least ${PASSWORD_MIN} characters. Length is what makes it strong.`} error={errors.password?.message}>
        {(control) => <Input {...control} {...form.register('password')} type="password" autoComplete="new-password" />}
      </Field>
      <FormProvider {...form}>
        <NewWorkspaceFields />
      </FormProvider>
      <Button look="primary" type="submit" busy={isSubmitting}>
        Create the workspace
      </Button>
    </form>
  );
};
