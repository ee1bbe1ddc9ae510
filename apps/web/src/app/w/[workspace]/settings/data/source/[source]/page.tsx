import { may } from '@tideline/domain/role';
import { waiting } from '@tideline/engine/refused-event';
import { list, runs } from '@tideline/engine/source';
import { settings } from '@tideline/engine/workspace';
import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { composed } from '../../../../../../../composed.ts';
import { readerOf } from '../../../../../../../lib/reader.ts';
import { whoIs } from '../../../../../../../lib/who.ts';
import { PageHeader } from '../../../../../../../ui/page-header.tsx';
import { NotAllowed } from '../../../../not-allowed.tsx';
import { RefusedDoor } from '../../refused/refused-door.tsx';
import { rowKindOf } from '../../row-kinds.ts';
import { everyWords, placeOf } from '../source-words.ts';
import { FileTable } from './file-table.tsx';
import { RunTable } from './run-table.tsx';
import { SourceActions } from './source-actions.tsx';
import { Standing } from './standing.tsx';

export const metadata: Metadata = { title: 'Source' };

export default async function SourcePage({ params }: { params: Promise<{ workspace: string; source: string }> }) {
  const { workspace, source: id } = await params;
  const who = await whoIs(workspace);
  if (!may(who.role, 'import.run')) return <NotAllowed title="Source" permission="import.run" />;
  const { deps } = composed();
  const [all, { timezone }] = await Promise.all([list(deps, who), settings(deps, who)]);
  const source = all.find((one) => one.id === id);
  if (!source) return notFound();
  const [{ items, files }, kept] = await Promise.all([runs(deps, who, id), waiting(deps, who, id)]);
  const reader = await readerOf(timezone);
  return (
    <>
      <PageHeader
        title={source.name}
        meta={`${rowKindOf(source.kind).label.toLowerCase()} from ${placeOf(source.connection)}, ${everyWords(source.everyMinutes)}`}
        crumbs={
          <>
            <Link href={`/w/${workspace}/settings/data`} className="door">
              Data
            </Link>
            /
          </>
        }
        actions={<SourceActions workspace={workspace} source={source} />}
      />
      <Standing workspace={workspace} source={source} reader={reader} />
      <div className="flex flex-col gap-10 px-4 py-6 lg:px-6">
        <RefusedDoor workspace={workspace} origin={id} kept={kept} />
        <RunTable runs={items} reader={reader} />
        {files.length > 0 && <FileTable files={files} reader={reader} />}
      </div>
    </>
  );
}
