import { Problem } from '@tideline/contracts/problem';
import { may } from '@tideline/domain/role';
import { askedOf, get } from '@tideline/engine/import';
import { firstRefused } from '@tideline/engine/import-refused';
import { waiting } from '@tideline/engine/refused-event';
import { list as runs } from '@tideline/engine/run';
import { settings } from '@tideline/engine/workspace';
import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { composed } from '../../../../../../composed.ts';
import { readerOf } from '../../../../../../lib/reader.ts';
import { whoIs } from '../../../../../../lib/who.ts';
import { Chip } from '../../../../../../ui/chip.tsx';
import { PageHeader } from '../../../../../../ui/page-header.tsx';
import { NotAllowed } from '../../../not-allowed.tsx';
import { draftOfImport } from '../import/draft.ts';
import { addressOf } from '../import/draft-address.ts';
import { ImportActions } from './import-actions.tsx';
import { rowKindOf } from '../row-kinds.ts';
import { Report } from './report.tsx';

export const metadata: Metadata = { title: 'Import' };

/** Refused rows shown before the file of them is opened. */
const REFUSED_SHOWN = 5;

type Props = { params: Promise<{ workspace: string; import: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Another workspace's import answers like a missing one. */
const found = async <T,>(read: Promise<T>): Promise<T> => {
  try {
    return await read;
  } catch (error) {
    if (error instanceof Problem && error.code === 'not-found') return notFound();
    throw error;
  }
};

export default async function ImportPage({ params, searchParams }: Props) {
  const { workspace, import: id } = await params;
  const who = await whoIs(workspace);
  if (!may(who.role, 'import.run')) return <NotAllowed title="Import" permission="import.run" />;
  const { deps } = composed();
  const one = await found(get(deps, who, id));
  const [asked, refused, work, kept, { timezone }, { draft }] = await Promise.all([
    askedOf(deps, who, id),
    firstRefused(deps, who, id, REFUSED_SHOWN),
    runs(deps, who),
    waiting(deps, who, id),
    settings(deps, who),
    searchParams,
  ]);
  // The address may carry what the import itself does not keep: the meters that come with the file.
  const again = asked.uploadId === null ? null : addressOf({ uploadId: asked.uploadId, fileName: asked.fileName }, draftOfImport(asked, draft));
  const scoring = work.find((run) => run.kind === 'score.backfill' && one.startedAt !== null && run.startedAt.toISOString() >= one.startedAt) ?? null;
  return (
    <>
      <PageHeader
        title={one.fileName}
        meta={one.kind === 'usage' ? `usage of source ${one.source}` : rowKindOf(one.kind).label.toLowerCase()}
        crumbs={
          <>
            <Link href={`/w/${workspace}/settings/data`} className="door">
              Data
            </Link>
            /
          </>
        }
        actions={
          <>
            {one.dryRun && <Chip>Dry run</Chip>}
            <ImportActions workspace={workspace} one={one} again={again} />
          </>
        }
      />
      <Report workspace={workspace} one={one} refused={refused} kept={kept} scoring={scoring} reader={await readerOf(timezone)} />
    </>
  );
}
