import { redirect } from 'next/navigation';
import { homeOf } from '../../../lib/screen-access.ts';
import { whoIs } from '../../../lib/who.ts';
import { hrefOf } from '../../../shell/screens.ts';

/** Where the day begins: a CSM's with the accounts that need them, a leader's with revenue. */
export default async function WorkspaceHome({ params }: { params: Promise<{ workspace: string }> }) {
  const { workspace } = await params;
  const who = await whoIs(workspace);
  redirect(hrefOf(workspace, homeOf(who.role)));
}
