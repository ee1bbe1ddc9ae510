import { listOf } from '@tideline/engine/workspace';
import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { composed } from '../../composed.ts';
import { signInAddress } from '../../lib/return-address.ts';
import { currentPerson } from '../../lib/who.ts';
import { Heading } from '../(entry)/heading.tsx';
import { NewWorkspaceForm } from './new-workspace-form.tsx';

export const metadata: Metadata = { title: 'New workspace' };

export default async function NewWorkspacePage() {
  const person = await currentPerson();
  if (!person) redirect(signInAddress('/new-workspace'));
  const own = await listOf(composed().deps, person.id);
  if (!own.some((workspace) => workspace.role === 'ADMIN')) notFound();
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-90 flex-col px-4 pt-[14vh] pb-10">
      <Heading title="New workspace">It has its own accounts, people and settings; nothing crosses over. You become its admin.</Heading>
      <NewWorkspaceForm />
    </main>
  );
}
