import { may } from '@tideline/domain/role';
import { list } from '@tideline/engine/merge-proposal';
import { settings } from '@tideline/engine/workspace';
import type { Metadata } from 'next';
import Link from 'next/link';
import { composed } from '../../../../../../composed.ts';
import { readerOf } from '../../../../../../lib/reader.ts';
import { whoIs } from '../../../../../../lib/who.ts';
import { PageHeader } from '../../../../../../ui/page-header.tsx';
import { NotAllowed } from '../../../not-allowed.tsx';
import { Proposals } from './proposals.tsx';

export const metadata: Metadata = { title: 'Proposed merges' };

export default async function MergesPage({ params }: { params: Promise<{ workspace: string }> }) {
  const { workspace } = await params;
  const who = await whoIs(workspace);
  if (!may(who.role, 'account.merge')) return <NotAllowed title="Proposed merges" permission="account.merge" />;
  const { deps } = composed();
  const [{ items, open, currency }, { timezone }] = await Promise.all([list(deps, who), settings(deps, who)]);
  return (
    <>
      <PageHeader
        title="Proposed merges"
        meta="accounts that a client called one"
        crumbs={
          <>
            <Link href={`/w/${workspace}/settings/data`} className="door">
              Data
            </Link>
            /
          </>
        }
      />
      <div className="px-4 py-4 lg:px-6">
        <Proposals workspace={workspace} items={items} open={open} currency={currency} reader={await readerOf(timezone)} />
      </div>
    </>
  );
}
