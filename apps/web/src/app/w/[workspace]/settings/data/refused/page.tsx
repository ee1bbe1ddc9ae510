import { may } from '@tideline/domain/role';
import { list } from '@tideline/engine/refused-event';
import { settings } from '@tideline/engine/workspace';
import { EventFaultCode } from '@tideline/contracts/ingest';
import type { Metadata } from 'next';
import Link from 'next/link';
import { composed } from '../../../../../../composed.ts';
import { readerOf } from '../../../../../../lib/reader.ts';
import { whoIs } from '../../../../../../lib/who.ts';
import { PageHeader } from '../../../../../../ui/page-header.tsx';
import { NotAllowed } from '../../../not-allowed.tsx';
import { RefusedEvents } from './refused-events.tsx';

export const metadata: Metadata = { title: 'Refused events' };

type Props = { params: Promise<{ workspace: string }>; /** `reason`: only those refused for it. */ searchParams: Promise<{ reason?: string | string[] }> };

export default async function RefusedPage({ params, searchParams }: Props) {
  const [{ workspace }, { reason }] = await Promise.all([params, searchParams]);
  const who = await whoIs(workspace);
  if (!may(who.role, 'import.run')) return <NotAllowed title="Refused events" permission="import.run" />;
  const only = EventFaultCode.safeParse(reason).data;
  const { deps } = composed();
  const [{ groups, items }, { timezone }] = await Promise.all([list(deps, who, { limit: 100, reason: only }), settings(deps, who)]);
  return (
    <>
      <PageHeader
        title="Refused events"
        meta="kept as they were sent, for 90 days"
        crumbs={
          <>
            <Link href={`/w/${workspace}/settings/data`} className="door">
              Data
            </Link>
            /
          </>
        }
      />
      <div className="px-4 py-4 lg:px-6">
        <RefusedEvents workspace={workspace} only={only ?? null} groups={groups} items={items} reader={await readerOf(timezone)} />
      </div>
    </>
  );
}
