import { weightFitOperations } from '@tideline/contracts/weight-fit';
import { may } from '@tideline/domain/role';
import { list } from '@tideline/engine/weight-fit';
import { settings } from '@tideline/engine/workspace';
import type { Metadata } from 'next';
import Link from 'next/link';
import { composed } from '../../../../../composed.ts';
import { readerOf } from '../../../../../lib/reader.ts';
import { whoIs } from '../../../../../lib/who.ts';
import { PageHeader } from '../../../../../ui/page-header.tsx';
import { NotAllowed } from '../../not-allowed.tsx';
import { FitScreen } from './fit-screen.tsx';

export const metadata: Metadata = { title: 'Fitted weights' };

export default async function FitPage({ params }: { params: Promise<{ workspace: string }> }) {
  const { workspace } = await params;
  const who = await whoIs(workspace);
  if (!may(who.role, 'model.draft')) return <NotAllowed title="Fitted weights" permission="model.draft" />;
  const { deps } = composed();
  const [listed, { timezone }] = await Promise.all([list(deps, who), settings(deps, who)]);
  return (
    <>
      <PageHeader
        title="Fitted weights"
        meta="what your own history says of the weights"
        crumbs={
          <>
            <Link href={`/w/${workspace}/health-model`} className="door">
              Health model
            </Link>
            /
          </>
        }
      />
      <FitScreen workspace={workspace} initial={weightFitOperations.listWeightFits.reply.parse(listed).items[0] ?? null} reader={await readerOf(timezone)} />
    </>
  );
}
