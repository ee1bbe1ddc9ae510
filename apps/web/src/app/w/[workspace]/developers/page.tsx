import { may } from '@tideline/domain/role';
import { latest } from '@tideline/engine/event';
import { list as meters } from '@tideline/engine/meter';
import { settings } from '@tideline/engine/workspace';
import type { Metadata } from 'next';
import Link from 'next/link';
import { composed } from '../../../../composed.ts';
import { readerOf } from '../../../../lib/reader.ts';
import { whoIs } from '../../../../lib/who.ts';
import { Button } from '../../../../ui/button.tsx';
import { PageHeader } from '../../../../ui/page-header.tsx';
import { EventLog } from './event-log.tsx';
import { Quickstart } from './quickstart.tsx';
import { sampleEvent } from './sample.ts';

/** Served beside Next and not a page of it, so it is opened by a plain link. */
const API_REFERENCE = '/docs/api';

export const metadata: Metadata = { title: 'Developers' };

const SHOWN = 20;
type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<{ account?: string | string[] }> };

export default async function DevelopersPage({ params, searchParams }: Props) {
  const { workspace } = await params;
  const { account } = await searchParams;
  const only = typeof account === 'string' && account !== '' ? account.slice(0, 200) : null;
  const who = await whoIs(workspace);
  const { deps } = composed();
  const [events, all, { timezone, unknownAccounts }] = await Promise.all([
    latest(deps, who, { limit: SHOWN, account: only ?? undefined }),
    meters(deps, who),
    settings(deps, who),
  ]);
  const main = all.find((meter) => meter.main) ?? all[0];
  return (
    <>
      <PageHeader
        title="Developers"
        meta="send usage, read scores"
        actions={
          <>
            {may(who.role, 'key.manage') && (
              <Button asChild>
                <Link href={`/w/${workspace}/developers/debugger`}>Event debugger</Link>
              </Button>
            )}
            <Button asChild>
              <a href={API_REFERENCE}>API reference</a>
            </Button>
          </>
        }
      />
      <div className="flex flex-col gap-10 px-4 py-6 lg:px-6">
        <Quickstart
          workspace={workspace}
          address={deps.baseUrl}
          sample={sampleEvent(main?.definition ?? null, events[0]?.account ?? null)}
          measured={main?.name ?? null}
          unknownRefused={unknownAccounts === 'refuse'}
          arrived={events.length > 0}
          mayCreateKey={may(who.role, 'key.manage')}
        />
        <EventLog key={only} workspace={workspace} initial={events} limit={SHOWN} only={only} reader={await readerOf(timezone)} />
      </div>
    </>
  );
}
