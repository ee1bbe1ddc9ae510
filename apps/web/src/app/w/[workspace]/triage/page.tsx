import { TriageFilter, TriagePage, TriageQuery, TriageSummary } from '@tideline/contracts/triage';
import { ownsAny } from '@tideline/db/read/triage-summary';
import { withWorkspace } from '@tideline/db/workspace';
import { may } from '@tideline/domain/role';
import type { Deps, Who } from '@tideline/engine/deps';
import { list } from '@tideline/engine/triage';
import { summary } from '@tideline/engine/triage-summary';
import { list as listViews } from '@tideline/engine/view';
import { settings } from '@tideline/engine/workspace';
import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { createLoader, type SearchParams } from 'nuqs/server';
import { composed } from '../../../../composed.ts';
import { readerOf } from '../../../../lib/reader.ts';
import { whoIs } from '../../../../lib/who.ts';
import { listQuery, triageParsers, type DefaultOwner, type TriageAddress } from './address.ts';
import { keyOf, type Initial } from './store.ts';
import { Triage } from './triage.tsx';

export const metadata: Metadata = { title: 'Triage' };

type Props = { params: Promise<{ workspace: string }>; searchParams: Promise<SearchParams> };
const readAddress = createLoader(triageParsers);

/** The first page and the figures over it, so that they stand in the first HTML. An address nobody can mean is read as none. */
const firstAnswer = async (deps: Deps, who: Who, address: TriageAddress, owner: DefaultOwner): Promise<Initial> => {
  const asked = listQuery(address, owner);
  const read = TriageQuery.safeParse(asked);
  const query = read.success ? read.data : TriageQuery.parse({});
  const [page, figures] = await Promise.all([list(deps, who, query), summary(deps, who, TriageFilter.parse(read.success ? asked : {}))]);
  return { key: keyOf(asked), page: TriagePage.parse(page), summary: TriageSummary.parse(figures) };
};

export default async function TriageScreen({ params, searchParams }: Props) {
  const { workspace } = await params;
  const who = await whoIs(workspace);
  const { deps } = composed();
  const userId = who.userId ?? '';
  const [address, owns, views, { timezone }, agent] = await Promise.all([
    readAddress(searchParams),
    withWorkspace(deps.db, who.workspaceId, (tx) => ownsAny(tx, userId)),
    listViews(deps, who),
    settings(deps, who),
    headers(),
  ]);
  // A CSM's morning is their own book; who owns nothing looks at everybody's.
  const defaultOwner = who.role === 'CSM' && owns ? 'me' : 'anyone';
  const [initial, reader] = await Promise.all([firstAnswer(deps, who, address, defaultOwner), readerOf(timezone)]);
  const allowed = {
    act: may(who.role, 'account.act'),
    assign: may(who.role, 'account.assign'),
    task: may(who.role, 'task.write'),
    shareView: may(who.role, 'view.share'),
    connect: may(who.role, 'import.run'),
  };
  return (
    <Triage
      workspace={workspace}
      me={{ id: userId, name: who.actor }}
      allowed={allowed}
      reader={reader}
      defaultOwner={defaultOwner}
      initial={initial}
      views={views.flatMap((view) => (view.screen === 'triage' ? [{ ...view, screen: 'triage' as const }] : []))}
      phone={/\bMobi/.test(agent.get('user-agent') ?? '')}
    />
  );
}
