import type { Metadata } from 'next';
import { Heading } from '../heading.tsx';
import { ForgotForm } from './forgot-form.tsx';

export const metadata: Metadata = { title: 'Set a new password' };

export default function ForgotPage() {
  return (
    <>
      <Heading title="Set a new password">Type your e-mail address and we send you a link that works for an hour.</Heading>
      <ForgotForm />
    </>
  );
}
