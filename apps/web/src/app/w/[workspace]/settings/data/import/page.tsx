import { may } from '@tideline/domain/role';
import { uploaded } from '@tideline/engine/import';
import { list as meters } from '@tideline/engine/meter';
import { settings } from '@tideline/engine/workspace';
import type { Metadata } from 'next';
import Link from 'next/link';
import { composed } from '../../../../../../composed.ts';
import { readerOf } from '../../../../../../lib/reader.ts';
import { whoIs } from '../../../../../../lib/who.ts';
import { PageHeader } from '../../../../../../ui/page-header.tsx';
import { NotAllowed } from '../../../not-allowed.tsx';
import { Wizard } from './wizard.tsx';

export const metadata: Metadata = { title: 'Import a file' };

type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };
const one = (value: string | string[] | undefined): string => (typeof value === 'string' ? value : '');

export default async function ImportFilePage({ params, searchParams }: Props) {
  const { workspace } = await params;
  const who = await whoIs(workspace);
  if (!may(who.role, 'import.run')) return <NotAllowed title="Import a file" permission="import.run" />;
  const { deps } = composed();
  const asked = await searchParams;
  const uploadId = one(asked.upload);
  const [file, all, { timezone, currency }] = await Promise.all([
    uploadId ? uploaded(deps, who, uploadId, one(asked.name) || 'file.csv') : null,
    meters(deps, who),
    settings(deps, who),
  ]);
  return (
    <>
      <PageHeader
        title="Import a file"
        crumbs={
          <>
            <Link href={`/w/${workspace}/settings/data`} className="door">
              Data
            </Link>
            /
          </>
        }
      />
      <Wizard
        workspace={workspace}
        file={file}
        gone={uploadId !== '' && file === null}
        meters={all.filter(({ archived }) => !archived).map(({ key, name, main, definition }) => ({ key, name, main, eventName: definition.eventName }))}
        currency={currency}
        reader={await readerOf(timezone)}
      />
    </>
  );
}
