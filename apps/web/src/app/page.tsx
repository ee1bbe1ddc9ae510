import { isEmpty } from '@tideline/engine/setup';
import { listOf } from '@tideline/engine/workspace';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { composed } from '../composed.ts';
import { LAST_WORKSPACE_COOKIE } from '../lib/return-address.ts';
import { currentPerson } from '../lib/who.ts';
import { SignOut } from './sign-out.tsx';
import { EmptyState } from '../ui/empty-state.tsx';

/** Opens the workspace worked in last, else the first of the person's own. */
export default async function Home() {
  const { deps } = composed();
  const person = await currentPerson();
  if (!person) redirect((await isEmpty(deps)) ? '/setup' : '/sign-in');
  const own = await listOf(deps, person.id);
  const last = (await cookies()).get(LAST_WORKSPACE_COOKIE)?.value;
  const opened = own.find((workspace) => workspace.slug === last) ?? own[0];
  if (opened) redirect(`/w/${opened.slug}`);
  return (
    <main className="px-gutter py-6">
      <h1 className="sr-only">No workspace</h1>
      <EmptyState title="You belong to no workspace." actions={<SignOut />}>
        An admin invites you by a link. You are signed in as {person.email}.
      </EmptyState>
    </main>
  );
}
