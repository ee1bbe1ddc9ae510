import { apiKeys } from '@tideline/db/read/api-key';
import { workspaceSettings } from '@tideline/db/read/workspace';
import { withWorkspace } from '@tideline/db/workspace';
import { may } from '@tideline/domain/role';
import type { Metadata } from 'next';
import Link from 'next/link';
import { composed } from '../../../../../composed.ts';
import { readerOf } from '../../../../../lib/reader.ts';
import { whoIs } from '../../../../../lib/who.ts';
import { Button } from '../../../../../ui/button.tsx';
import { EmptyState } from '../../../../../ui/empty-state.tsx';
import { PageHeader } from '../../../../../ui/page-header.tsx';
import { NotAllowed } from '../../not-allowed.tsx';
import { CreateKeyButton } from './create-key.tsx';
import { KeyTable } from './key-table.tsx';

export const metadata: Metadata = { title: 'API keys' };

export default async function KeysPage({ params }: { params: Promise<{ workspace: string }> }) {
  const { workspace } = await params;
  const who = await whoIs(workspace);
  if (!may(who.role, 'key.manage')) return <NotAllowed title="API keys" permission="key.manage" />;
  const { deps } = composed();
  const { keys, settings } = await withWorkspace(deps.db, who.workspaceId, async (tx) => ({ keys: await apiKeys(tx), settings: await workspaceSettings(tx) }));
  return (
    <>
      <PageHeader title="API keys" actions={<CreateKeyButton workspace={workspace} />} />
      <div className="px-4 py-4 lg:px-6">
        {keys.length === 0 ? (
          <EmptyState
            title="No keys yet."
            actions={
              <Button asChild>
                <Link href={`/w/${workspace}/developers`}>Send the first event</Link>
              </Button>
            }
          >
            Keys stand here with what each may do and when it was last used. Your systems send usage with one: Developers shows how, and creates the key.
          </EmptyState>
        ) : (
          <KeyTable workspace={workspace} keys={keys} now={deps.now()} reader={await readerOf(settings.timezone)} />
        )}
      </div>
    </>
  );
}
