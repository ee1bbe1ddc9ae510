import { may } from '@tideline/domain/role';
import { requests, sources } from '@tideline/engine/intake-view';
import { settings } from '@tideline/engine/workspace';
import type { Metadata } from 'next';
import Link from 'next/link';
import { composed } from '../../../../../composed.ts';
import { readerOf } from '../../../../../lib/reader.ts';
import { whoIs } from '../../../../../lib/who.ts';
import { PageHeader } from '../../../../../ui/page-header.tsx';
import { NotAllowed } from '../../not-allowed.tsx';
import { Debugger } from './debugger.tsx';

export const metadata: Metadata = { title: 'Event debugger' };

const SHOWN = 50;
type Props = {
  params: Promise<{ workspace: string }>;
  /** `key`: the id of the one key that is looked at. */ searchParams: Promise<{ key?: string | string[] }>;
};

export default async function DebuggerPage({ params, searchParams }: Props) {
  const [{ workspace }, { key }] = await Promise.all([params, searchParams]);
  const who = await whoIs(workspace);
  if (!may(who.role, 'key.manage')) return <NotAllowed title="Event debugger" permission="key.manage" />;
  const only = typeof key === 'string' && /^[0-9a-f-]{36}$/.test(key) ? key : null;
  const { deps } = composed();
  const [intake, latest, { timezone }] = await Promise.all([
    sources(deps, who),
    requests(deps, who, { key: only ?? undefined, limit: SHOWN }),
    settings(deps, who),
  ]);
  return (
    <>
      <PageHeader
        title="Event debugger"
        meta="what arrives, as it arrives"
        crumbs={
          <>
            <Link href={`/w/${workspace}/developers`} className="door">
              Developers
            </Link>
            /
          </>
        }
      />
      <Debugger key={only} workspace={workspace} only={only} limit={SHOWN} intake={intake} latest={latest} reader={await readerOf(timezone)} />
    </>
  );
}
