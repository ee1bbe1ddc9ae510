import { may } from '@tideline/domain/role';
import { list } from '@tideline/engine/meter';
import { list as runs } from '@tideline/engine/run';
import { settings } from '@tideline/engine/workspace';
import { Plus } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { composed } from '../../../../../composed.ts';
import { readerOf } from '../../../../../lib/reader.ts';
import { whoIs } from '../../../../../lib/who.ts';
import { Button } from '../../../../../ui/button.tsx';
import { EmptyState } from '../../../../../ui/empty-state.tsx';
import { counted } from '../../../../../ui/format.ts';
import { PageHeader } from '../../../../../ui/page-header.tsx';
import { Suspense } from 'react';
import { MeterTable } from './meter-table.tsx';
import { runsByMeter } from './refill.ts';
import { Uncounted } from './uncounted.tsx';

export const metadata: Metadata = { title: 'Meters and prices' };

export default async function MetersPage({ params }: { params: Promise<{ workspace: string }> }) {
  const { workspace } = await params;
  const who = await whoIs(workspace);
  const { deps } = composed();
  const [meters, work, { timezone, currency }] = await Promise.all([list(deps, who), runs(deps, who), settings(deps, who)]);
  const reader = await readerOf(timezone);
  const mayWrite = may(who.role, 'meter.write');
  const create = (
    <Button look="primary" icon={<Plus aria-hidden />} asChild>
      <Link href={`/w/${workspace}/settings/meters/new`}>New meter</Link>
    </Button>
  );
  const live = meters.filter(({ archived }) => !archived).length;
  return (
    <>
      <PageHeader title="Meters and prices" meta={live > 0 ? counted(live, 'meter') : undefined} actions={mayWrite && create} />
      <div className="px-4 py-4 lg:px-6">
        {meters.length === 0 ? (
          <EmptyState
            title="Meters turn events into usage and money."
            actions={
              mayWrite && (
                <>
                  {create}
                  <Button asChild>
                    <Link href={`/w/${workspace}/settings/data`}>Import a file</Link>
                  </Button>
                </>
              )
            }
          >
            A meter says which events count, how they add up (calls, gigabytes, orders), and what a unit earns. Events sent before it exists are counted too.
          </EmptyState>
        ) : (
          <MeterTable workspace={workspace} meters={meters} refills={runsByMeter(work)} currency={currency} reader={reader} />
        )}
        {mayWrite && (
          <Suspense>
            <Uncounted workspace={workspace} who={who} reader={reader} />
          </Suspense>
        )}
      </div>
    </>
  );
}
