import { isEmpty } from '@tideline/engine/setup';
import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { composed } from '../../../composed.ts';
import { Heading } from '../heading.tsx';

export const metadata: Metadata = { title: 'Set up' };

/** An installation nobody has claimed. Only whoever runs the server can: the link is printed there. */
export default async function SetupPage() {
  if (!(await isEmpty(composed().deps))) redirect('/sign-in');
  return (
    <>
      <Heading title="Nobody has set this up yet">
        The first workspace is created with a one-time link. For safety it is printed on the server and nowhere else.
      </Heading>
      <p className="mb-2">On the server, in the folder of Tideline:</p>
      <pre className="overflow-x-auto rounded-2 border border-line bg-bg-group px-3 py-2 font-mono text-12">npx --yes pnpm tideline setup-link</pre>
      <p className="mt-3 text-text-2">Open the link it prints. It works once, for 24 hours.</p>
    </>
  );
}
