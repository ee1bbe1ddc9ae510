import { Id } from '@tideline/contracts/value';
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

type Props = {
  params: Promise<{ workspace: string }>;
  /** `reason`: only those refused for it; `origin`: only rows of that import or source. */ searchParams: Promise<
    Record<'reason' | 'origin', string | string[] | undefined>
  >;
};

export default async function RefusedPage({ params, searchParams }: Props) {
  const [{ workspace }, search] = await Promise.all([params, searchParams]);
  const who = await whoIs(workspace);
  if (!may(who.role, 'import.run')) return <NotAllowed title="Refused events" permission="import.run" />;
  const only = EventFaultCode.safeParse(search.reason).data;
  const origin = Id.safeParse(search.origin).data;
  const { deps } = composed();
  const [{ groups, items }, { timezone }] = await Promise.all([list(deps, who, { limit: 100, reason: only, origin }), settings(deps, who)]);
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
        <RefusedEvents
          workspace={workspace}
          shown={{ reason: only ?? null, origin: origin ?? null }}
          groups={groups}
          items={items}
          reader={await readerOf(timezone)}
        />
      </div>
    </>
  );
}
