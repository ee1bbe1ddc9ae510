import { AccountOnDay, MovedBetween } from '@tideline/contracts/account-day';
import { DayText } from '@tideline/contracts/value';
import { Problem } from '@tideline/contracts/problem';
import { addDays, type Day, maxDay } from '@tideline/domain/calendar';
import { may } from '@tideline/domain/role';
import { accountOnDay, movedBetweenDays, scoredDays } from '@tideline/engine/account-day';
import type { Metadata } from 'next';
import Link from 'next/link';
import { composed } from '../../../../../../composed.ts';
import { readerOf } from '../../../../../../lib/reader.ts';
import { whoIs } from '../../../../../../lib/who.ts';
import { workspaceZone } from '../../../../../../lib/workspace-zone.ts';
import { EmptyState } from '../../../../../../ui/empty-state.tsx';
import { ErrorState } from '../../../../../../ui/error-state.tsx';
import { PageHeader, SectionTitle } from '../../../../../../ui/page-header.tsx';
import { accountOf } from '../account-of.ts';
import { HeldLine } from '../held-line.tsx';
import { movedTitle } from '../moved-title.ts';
import { MovedCauses } from '../moved-causes.tsx';
import { DayChoice } from './day-choice.tsx';
import { KnownTable } from './known-table.tsx';

type Props = { params: Promise<{ workspace: string; id: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => {
  const { workspace, id } = await params;
  return { title: `${(await accountOf(await whoIs(workspace), id)).name}, looked back on` };
};

/** What is looked at unless the address says otherwise. */
const USUAL_SPAN = 28;

const asDay = (text: string | string[] | undefined): Day | null => {
  const day = DayText.safeParse(text);
  return day.success ? day.data : null;
};

/** A refusal is said on the page: the days can be chosen again there. */
const attempt = async <T,>(read: Promise<T>): Promise<{ value: T; refusal: null } | { value: null; refusal: string }> => {
  try {
    return { value: await read, refusal: null };
  } catch (error) {
    if (error instanceof Problem && error.code === 'rule-violated') return { value: null, refusal: error.message };
    throw error;
  }
};

export default async function LookBackPage({ params, searchParams }: Props) {
  const { workspace, id } = await params;
  const who = await whoIs(workspace);
  const { deps } = composed();
  const [account, span, asked, zone] = await Promise.all([accountOf(who, id), scoredDays(deps, who, id), searchParams, workspaceZone(who.workspaceId)]);
  const reader = { ...(await readerOf(zone)), today: account.today as Day };
  const header = (
    <PageHeader
      title="Look back"
      meta="as known then, as known now, and what moved it between"
      crumbs={
        <>
          <Link href={`/w/${workspace}/account/${id}`} className="door">
            {account.name}
          </Link>
          /
        </>
      }
    />
  );
  if (!span || span.first === span.last) {
    return (
      <>
        {header}
        <EmptyState title="No two days to compare yet">A day is kept when it closes: come back once two of them have.</EmptyState>
      </>
    );
  }
  const to = asDay(asked.to) ?? span.last;
  const from = asDay(asked.from) ?? maxDay(span.first, addDays(to, -USUAL_SPAN));
  const [moved, ...known] = await Promise.all([
    attempt(movedBetweenDays(deps, who, id, from, to).then((one) => MovedBetween.parse(one))),
    ...[from, to].map((day) => attempt(accountOnDay(deps, who, id, day).then((one) => AccountOnDay.parse(one)))),
  ]);
  return (
    <>
      {header}
      <div className="flex max-w-300 flex-col gap-8 px-4 py-5 lg:px-gutter">
        <DayChoice from={from} to={to} first={span.first} last={span.last} reader={reader} />
        {account.held && <HeldLine held={account.held} faultHref={may(who.role, 'workspace.manage') ? `/w/${workspace}/settings/data#faults` : null} />}
        {moved.value ? (
          <section>
            <SectionTitle title={movedTitle(moved.value)} />
            <MovedCauses moved={moved.value} reader={reader} />
          </section>
        ) : (
          <ErrorState title="These two days cannot be compared">{moved.refusal}.</ErrorState>
        )}
        <div className="grid gap-8 lg:grid-cols-2">
          {known.map(({ value }) => value && <KnownTable key={value.day} known={value} currency={account.currency} reader={reader} />)}
        </div>
      </div>
    </>
  );
}
