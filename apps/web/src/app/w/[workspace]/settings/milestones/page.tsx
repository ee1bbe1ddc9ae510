import { may } from '@tideline/domain/role';
import { list as meters } from '@tideline/engine/meter';
import { list } from '@tideline/engine/milestone';
import type { Metadata } from 'next';
import Link from 'next/link';
import { composed } from '../../../../../composed.ts';
import { whoIs } from '../../../../../lib/who.ts';
import { Button } from '../../../../../ui/button.tsx';
import { EmptyState } from '../../../../../ui/empty-state.tsx';
import { counted } from '../../../../../ui/format.ts';
import { PageHeader } from '../../../../../ui/page-header.tsx';
import { NewMilestone } from './milestone-dialog.tsx';
import { MilestoneTable } from './milestone-table.tsx';

export const metadata: Metadata = { title: 'Milestones' };

export default async function MilestonesPage({ params }: { params: Promise<{ workspace: string }> }) {
  const { workspace } = await params;
  const who = await whoIs(workspace);
  const { deps } = composed();
  const [milestones, all] = await Promise.all([list(deps, who), meters(deps, who)]);
  const usable = all.filter(({ archived }) => !archived).map(({ id, name, unit }) => ({ id, name, unit }));
  const mayWrite = may(who.role, 'meter.write');
  const noFirst = !milestones.some(({ firstValue }) => firstValue);
  const create = mayWrite && usable.length > 0 && <NewMilestone workspace={workspace} meters={usable} suggestFirst={noFirst} />;
  return (
    <>
      <PageHeader
        title="Milestones"
        meta={milestones.length > 0 ? counted(milestones.length, 'milestone') : undefined}
        actions={milestones.length > 0 && create}
      />
      <div className="flex flex-col gap-4 px-4 py-4 lg:px-6">
        {milestones.length === 0 ? (
          <EmptyState
            title="A milestone is an amount of usage worth reaching."
            actions={
              create ||
              (mayWrite && (
                <Button look="primary" asChild>
                  <Link href={`/w/${workspace}/settings/meters/new`}>Make a meter first</Link>
                </Button>
              ))
            }
          >
            The one that means first value ends onboarding: how long accounts take to it is the strongest sign of whether they stay, and who is late becomes an
            onboarding laggard.{usable.length === 0 && ' It is reached on a meter.'}
          </EmptyState>
        ) : (
          <>
            {noFirst && (
              <p className="max-w-[72ch] text-text-2">
                No milestone means first value yet, so time to first value is not measured and nobody is late in onboarding.
                {mayWrite && ' Choose “Is first value” on one of them.'}
              </p>
            )}
            <MilestoneTable workspace={workspace} milestones={milestones} meters={usable} mayWrite={mayWrite} />
          </>
        )}
      </div>
    </>
  );
}
