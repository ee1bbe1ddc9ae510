import { may } from '@tideline/domain/role';
import { latest } from '@tideline/engine/event';
import { settings } from '@tideline/engine/workspace';
import type { Metadata } from 'next';
import Link from 'next/link';
import { composed } from '../../../../../../composed.ts';
import { readerOf } from '../../../../../../lib/reader.ts';
import { whoIs } from '../../../../../../lib/who.ts';
import { PageHeader } from '../../../../../../ui/page-header.tsx';
import { NotAllowed } from '../../../not-allowed.tsx';
import { MeterEditor } from '../meter-editor.tsx';

export const metadata: Metadata = { title: 'New meter' };

type Props = { params: Promise<{ workspace: string }>; /** `event`: the name of an event to count. */ searchParams: Promise<{ event?: string | string[] }> };

export default async function NewMeterPage({ params, searchParams }: Props) {
  const [{ workspace }, { event }] = await Promise.all([params, searchParams]);
  const who = await whoIs(workspace);
  if (!may(who.role, 'meter.write')) return <NotAllowed title="New meter" permission="meter.write" />;
  const { deps } = composed();
  const [events, { timezone }] = await Promise.all([latest(deps, who, { limit: 100 }), settings(deps, who)]);
  return (
    <>
      <PageHeader
        title="New meter"
        crumbs={
          <>
            <Link href={`/w/${workspace}/settings/meters`} className="door">
              Meters and prices
            </Link>
            /
          </>
        }
      />
      <div className="px-4 py-6 lg:px-6">
        <MeterEditor workspace={workspace} {...(typeof event === 'string' ? { counting: event } : {})} events={events} reader={await readerOf(timezone)} />
      </div>
    </>
  );
}
