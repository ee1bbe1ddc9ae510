import { may } from '@tideline/domain/role';
import { list } from '@tideline/engine/source';
import { settings } from '@tideline/engine/workspace';
import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { composed } from '../../../../../../../composed.ts';
import { readerOf } from '../../../../../../../lib/reader.ts';
import { whoIs } from '../../../../../../../lib/who.ts';
import { PageHeader } from '../../../../../../../ui/page-header.tsx';
import { NotAllowed } from '../../../../not-allowed.tsx';
import { Setup } from './setup.tsx';

export const metadata: Metadata = { title: 'Connect a source' };

type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SetupPage({ params, searchParams }: Props) {
  const { workspace } = await params;
  const who = await whoIs(workspace);
  if (!may(who.role, 'import.run')) return <NotAllowed title="Connect a source" permission="import.run" />;
  const { deps } = composed();
  const [{ source: id }, all, { timezone }] = await Promise.all([searchParams, list(deps, who), settings(deps, who)]);
  const source = id === undefined ? null : all.find((one) => one.id === id);
  if (source === undefined) return notFound();
  return (
    <>
      <PageHeader
        title={source ? `Change ${source.name}` : 'Connect a source'}
        crumbs={
          <>
            <Link href={`/w/${workspace}/settings/data`} className="door">
              Data
            </Link>
            /
          </>
        }
      />
      <Setup workspace={workspace} source={source} reader={await readerOf(timezone)} />
    </>
  );
}
