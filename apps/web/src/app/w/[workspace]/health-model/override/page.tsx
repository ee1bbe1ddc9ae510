import { overrideOperations } from '@tideline/contracts/override';
import { list } from '@tideline/engine/override';
import type { Metadata } from 'next';
import Link from 'next/link';
import { composed } from '../../../../../composed.ts';
import { readerOf } from '../../../../../lib/reader.ts';
import { whoIs } from '../../../../../lib/who.ts';
import { workspaceZone } from '../../../../../lib/workspace-zone.ts';
import { EmptyState } from '../../../../../ui/empty-state.tsx';
import { PageHeader } from '../../../../../ui/page-header.tsx';
import { OverrideTable } from './override-table.tsx';
import { tallyWords } from './tally.ts';

export const metadata: Metadata = { title: 'Overrides' };

export default async function OverridesPage({ params }: { params: Promise<{ workspace: string }> }) {
  const { workspace } = await params;
  const who = await whoIs(workspace);
  const [listed, zone] = await Promise.all([list(composed().deps, who), workspaceZone(who.workspaceId)]);
  const { items } = overrideOperations.listOverrides.reply.parse(listed);
  return (
    <>
      <PageHeader
        title="Overrides"
        meta="what people knew better, and what came of it"
        crumbs={
          <>
            <Link href={`/w/${workspace}/health-model`} className="door">
              Health model
            </Link>
            /
          </>
        }
      />
      <div className="max-w-300 px-gutter py-5 max-sm:px-4">
        {items.length === 0 ? (
          <EmptyState title="Nobody has said anything against the model.">
            On an account, under More, a CSM says what they know better, why, and until when. It stands here, and after 90 days it says who was right.
          </EmptyState>
        ) : (
          <>
            <p className="mb-3 max-w-[88ch]">{tallyWords(items)}</p>
            <OverrideTable items={items} workspace={workspace} reader={await readerOf(zone)} />
          </>
        )}
      </div>
    </>
  );
}
