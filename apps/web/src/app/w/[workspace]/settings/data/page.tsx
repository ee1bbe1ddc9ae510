import { may } from '@tideline/domain/role';
import { list as faultsOf } from '@tideline/engine/data-fault-view';
import { list } from '@tideline/engine/import';
import { list as proposals } from '@tideline/engine/merge-proposal';
import { list as sources } from '@tideline/engine/source';
import { waiting as waitingEvents } from '@tideline/engine/refused-event';
import { list as runs } from '@tideline/engine/run';
import { settings } from '@tideline/engine/workspace';
import { FileUp, Plug } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { composed } from '../../../../../composed.ts';
import { readerOf } from '../../../../../lib/reader.ts';
import { whoIs } from '../../../../../lib/who.ts';
import { Button } from '../../../../../ui/button.tsx';
import { EmptyState } from '../../../../../ui/empty-state.tsx';
import { PageHeader, SectionTitle } from '../../../../../ui/page-header.tsx';
import { NotAllowed } from '../../not-allowed.tsx';
import { SourceTable } from './source/source-table.tsx';
import { FaultTable } from './fault-table.tsx';
import { ImportTable } from './import-table.tsx';
import { Work } from './work.tsx';

export const metadata: Metadata = { title: 'Data' };

export default async function DataPage({ params }: { params: Promise<{ workspace: string }> }) {
  const { workspace } = await params;
  const who = await whoIs(workspace);
  if (!may(who.role, 'import.run')) return <NotAllowed title="Data" permission="import.run" />;
  const { deps } = composed();
  const [imports, pulled, work, refusedCount, { open }, { timezone }, faults] = await Promise.all([
    list(deps, who),
    sources(deps, who),
    runs(deps, who),
    waitingEvents(deps, who),
    proposals(deps, who),
    settings(deps, who),
    faultsOf(deps, who),
  ]);
  const reader = await readerOf(timezone);
  const start = (
    <Button look="primary" icon={<FileUp aria-hidden />} asChild>
      <Link href={`/w/${workspace}/settings/data/import`}>Import a file</Link>
    </Button>
  );
  return (
    <>
      <PageHeader title="Data" meta="sources, imports and background work" actions={start} />
      <div className="flex flex-col gap-10 px-4 py-4 lg:px-6">
        <p className="flex flex-wrap gap-x-5 gap-y-1 text-text-2">
          <Link href={`/w/${workspace}/settings/data/refused`} className="door">
            Refused events:{' '}
            <span className={refusedCount > 0 ? 'font-semibold text-risk-text' : ''}>{refusedCount === 0 ? 'none' : refusedCount.toLocaleString('en')}</span>
          </Link>
          <Link href={`/w/${workspace}/settings/data/corrections`} className="door">
            Corrections
          </Link>
          <Link href={`/w/${workspace}/settings/data/merges`} className="door">
            Proposed merges: <span className={open > 0 ? 'font-semibold text-text' : ''}>{open === 0 ? 'none' : open.toLocaleString('en')}</span>
          </Link>
          <Link href={`/w/${workspace}/developers/debugger`} className="door">
            What arrives
          </Link>
        </p>
        <FaultTable workspace={workspace} faults={faults} mayDismiss={may(who.role, 'workspace.manage')} reader={reader} />
        <section>
          <SectionTitle
            title="Sources"
            sub="read by the clock"
            aside={
              <Button size="sm" icon={<Plug aria-hidden />} asChild>
                <Link href={`/w/${workspace}/settings/data/source/setup`}>Connect a source</Link>
              </Button>
            }
          />
          {pulled.length === 0 ? (
            <p className="max-w-[72ch] text-text-2">
              A table or query of your PostgreSQL, or CSV, JSON Lines and Parquet files in a bucket, read every few minutes: only what is new, each row once.
            </p>
          ) : (
            <SourceTable workspace={workspace} sources={pulled} reader={reader} />
          )}
        </section>
        <section>
          <SectionTitle title="Imports" />
          {imports.length === 0 ? (
            <EmptyState
              title="Bring your history in from a file."
              actions={
                <>
                  {start}
                  <Button asChild>
                    <Link href={`/w/${workspace}/developers`}>Send events instead</Link>
                  </Button>
                </>
              }
            >
              A CSV of usage needs an account and a time in each row, whatever its columns are called; quantities are added up, or rows counted. It can be
              imported again as it grows. Accounts, contacts, tickets, touches, contracts and invoices come in by a CSV each.
            </EmptyState>
          ) : (
            <ImportTable workspace={workspace} imports={imports} reader={reader} />
          )}
        </section>
        <Work workspace={workspace} runs={work} mayStop={may(who.role, 'workspace.manage')} reader={reader} />
      </div>
    </>
  );
}
