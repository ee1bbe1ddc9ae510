'use client';
import { Email } from '@tideline/contracts/value';
import Link from 'next/link';
import { useState } from 'react';
import * as z from 'zod';
import { showProblem, useContractForm } from '../../../lib/form.ts';
import { signInByPassword, signInByProvider } from '../../../lib/sign-in.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/field.tsx';
import { FormError } from '../../../ui/form-error.tsx';
import { Input } from '../../../ui/input.tsx';

const SignIn = z.object({ email: Email, password: z.string().min(1, { error: 'Type your password' }) });

export const SignInForm = ({ back, provider, refused, email }: { back: string; provider: string | null; refused: string | null; email: string }) => {
  const form = useContractForm(SignIn, { email, password: '' });
  const [entered, enter] = useState(false);
  const { errors, isSubmitting } = form.formState;
  const submit = form.handleSubmit(async (given) => {
    try {
      await signInByPassword(given.email, given.password);
      enter(true);
      // A full load: what the page knew as nobody must not live on.
      window.location.assign(back);
    } catch (error) {
      form.setValue('password', '');
      showProblem(form, error);
    }
  });
  return (
    <>
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        <FormError>{errors.root?.message ?? refused}</FormError>
        <Field label="E-mail" error={errors.email?.message}>
          {(control) => <Input {...control} {...form.register('email')} type="email" autoComplete="username" />}
        </Field>
        <Field label="Password" error={errors.password?.message}>
          {(control) => <Input {...control} {...form.register('password')} type="password" autoComplete="current-password" />}
        </Field>
        <Button look="primary" type="submit" busy={isSubmitting || entered}>
          Sign in
        </Button>
      </form>
      {provider && (
        <Button className="mt-3" onClick={() => void signInByProvider(back)}>
          Continue with {provider}
        </Button>
      )}
      <p className="mt-6 text-12 text-text-2">
        <Link href="/forgot" className="door">
          Forgot your password?
        </Link>
      </p>
    </>
  );
};
