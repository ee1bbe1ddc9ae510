'use client';
import { ChangePasswordBody, PASSWORD_MIN } from '@tideline/contracts/entry';
import { entryApi } from '../../../lib/entry-api.ts';
import { showProblem, useContractForm } from '../../../lib/form.ts';
import { signInByPassword } from '../../../lib/sign-in.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Field } from '../../../ui/field.tsx';
import { FormError } from '../../../ui/form-error.tsx';
import { Input } from '../../../ui/input.tsx';
import { done } from '../../../ui/toast.tsx';

const FORM = 'password-form';

/** Asks for the current and a new password. Every session ends; this one signs in again by itself. */
export const ChangePassword = ({ onClose }: { onClose: () => void }) => {
  const form = useContractForm(ChangePasswordBody, { current: '', password: '' });
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async (body) => {
    try {
      const { email } = await entryApi('changePassword', { body });
      await signInByPassword(email, body.password);
      done('Your password is changed. Other devices are signed out.');
      onClose();
    } catch (error) {
      showProblem(form, error);
    }
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Change password"
      description="Other devices you are signed in on ask for the new password."
      width="sm"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" form={FORM} busy={isSubmitting}>
            Change password
          </Button>
        </>
      }
    >
      <form id={FORM} onSubmit={submit} noValidate className="flex flex-col gap-4">
        <FormError>{errors.root?.message}</FormError>
        <Field label="Current password" error={errors.current?.message}>
          {(control) => <Input {...control} {...form.register('current')} type="password" autoComplete="current-password" />}
        </Field>
        <Field label="New password" help={`At least ${PASSWORD_MIN} characters. Length is what makes it strong.`} error={errors.password?.message}>
          {(control) => <Input {...control} {...form.register('password')} type="password" autoComplete="new-password" />}
        </Field>
      </form>
    </Dialog>
  );
};
