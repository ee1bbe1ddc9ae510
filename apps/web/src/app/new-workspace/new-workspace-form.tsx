'use client';
import { NewWorkspace } from '@tideline/contracts/workspace';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { FormProvider } from 'react-hook-form';
import * as z from 'zod';
import { entryApi } from '../../lib/entry-api.ts';
import { showProblem, useContractForm } from '../../lib/form.ts';
import { NewWorkspaceFields } from '../../lib/workspace-fields.tsx';
import { ownZone } from '../../lib/workspace-form.ts';
import { Button } from '../../ui/button.tsx';
import { FormError } from '../../ui/form-error.tsx';

const Form = z.object({ workspace: NewWorkspace });

export const NewWorkspaceForm = () => {
  const router = useRouter();
  const form = useContractForm(Form, { workspace: { name: '', slug: '', timezone: 'UTC', currency: 'USD' } });
  const { errors, isSubmitting } = form.formState;
  const { setValue } = form;
  // The server does not know where the browser is.
  useEffect(() => setValue('workspace.timezone', ownZone()), [setValue]);
  const submit = form.handleSubmit(async ({ workspace }) => {
    try {
      const { workspace: slug } = await entryApi('createWorkspace', { body: workspace });
      window.location.assign(`/w/${slug}`);
    } catch (error) {
      showProblem(form, error);
    }
  });
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <FormError>{errors.root?.message}</FormError>
      <FormProvider {...form}>
        <NewWorkspaceFields />
      </FormProvider>
      <div className="flex gap-2">
        <Button look="primary" type="submit" busy={isSubmitting}>
          Create the workspace
        </Button>
        <Button onClick={() => router.back()}>Cancel</Button>
      </div>
    </form>
  );
};
