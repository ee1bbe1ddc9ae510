import { list } from '@tideline/engine/correction';
import { settings } from '@tideline/engine/workspace';
import { may } from '@tideline/domain/role';
import type { Metadata } from 'next';
import Link from 'next/link';
import { composed } from '../../../../../../composed.ts';
import { readerOf } from '../../../../../../lib/reader.ts';
import { whoIs } from '../../../../../../lib/who.ts';
import { PageHeader } from '../../../../../../ui/page-header.tsx';
import { NotAllowed } from '../../../not-allowed.tsx';
import { CorrectionTable } from './correction-table.tsx';
import { TakeBack } from './take-back.tsx';

export const metadata: Metadata = { title: 'Corrections' };

export default async function CorrectionsPage({ params }: { params: Promise<{ workspace: string }> }) {
  const { workspace } = await params;
  const who = await whoIs(workspace);
  if (!may(who.role, 'event.correct')) return <NotAllowed title="Corrections" permission="event.correct" />;
  const { deps } = composed();
  const [corrections, { timezone, rawFrom }] = await Promise.all([list(deps, who), settings(deps, who)]);
  const reader = await readerOf(timezone);
  return (
    <>
      <PageHeader
        title="Corrections"
        meta="events taken back or replaced"
        crumbs={
          <>
            <Link href={`/w/${workspace}/settings/data`} className="door">
              Data
            </Link>
            /
          </>
        }
      />
      <div className="flex flex-col gap-10 px-4 py-4 lg:px-6">
        <TakeBack workspace={workspace} rawFrom={rawFrom} reader={reader} />
        <CorrectionTable workspace={workspace} corrections={corrections} reader={reader} />
      </div>
    </>
  );
}
