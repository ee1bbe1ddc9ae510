'use client';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useLive } from '../../../../../../lib/live.ts';
import { Button } from '../../../../../../ui/button.tsx';
import { EmptyState } from '../../../../../../ui/empty-state.tsx';
import { exactMoment, moment, type Reader } from '../../../../../../ui/format.ts';
import { SectionTitle } from '../../../../../../ui/page-header.tsx';
import { RowHead, Table, Tbody, Td, Th, Thead, Tr } from '../../../../../../ui/table.tsx';
import { refusedAddress, type Shown } from './refused-address.ts';
import { RefusedActions } from './refused-actions.tsx';
import { type RefusedEvent, RefusedTable } from './refused-table.tsx';
import { curesIn, faultLabel } from './refused-words.ts';

export type RefusedGroup = { reason: string; kept: number; times: number; lastAt: string };
type Props = { workspace: string; shown: Shown; groups: readonly RefusedGroup[]; items: readonly RefusedEvent[]; reader: Reader };

/** Why events were refused, how many, and what to do about each kind; below, the latest of them. */
export const RefusedEvents = ({ workspace, shown, groups, items, reader }: Props) => {
  const router = useRouter();
  useLive(workspace, ['event'], () => router.refresh(), 3_000);
  if (groups.length === 0)
    return shown.origin ? (
      <EmptyState
        title="None of its rows wait here."
        actions={
          <Button asChild>
            <Link href={refusedAddress(workspace)}>All refused events</Link>
          </Button>
        }
      >
        They were taken in or discarded.
      </EmptyState>
    ) : (
      <EmptyState
        title="Nothing was refused."
        actions={
          <Button asChild>
            <Link href={`/w/${workspace}/developers/debugger`}>See what arrives</Link>
          </Button>
        }
      >
        An event that cannot be taken in is kept here as it was sent, with the reason; so is a row of a file or a source. Once the cause is gone it is taken in
        from here, as of when it came.
      </EmptyState>
    );
  const { reason: only, origin } = shown;
  return (
    <div className="flex flex-col gap-10">
      <section>
        <SectionTitle
          title="By reason"
          sub={origin && `only rows of ${items[0]?.originName ?? 'one import or source'}`}
          aside={
            origin && (
              <Link href={refusedAddress(workspace, { reason: only })} className="door">
                Wherever they came from
              </Link>
            )
          }
        />
        <Table caption="Refused events by reason">
          <Thead>
            <tr>
              <Th>Why</Th>
              <Th right>Events</Th>
              <Th right className="max-sm:hidden">
                Times sent
              </Th>
              <Th right className="max-sm:hidden">
                Last
              </Th>
              <Th>
                <span className="sr-only">Actions</span>
              </Th>
            </tr>
          </Thead>
          <Tbody>
            {groups.map((group) => (
              <Tr key={group.reason}>
                <RowHead className="py-2 whitespace-normal">
                  <Link
                    href={refusedAddress(workspace, { origin, reason: group.reason === only ? null : group.reason })}
                    className="door font-medium"
                    aria-current={group.reason === only}
                  >
                    {faultLabel(group.reason)}
                  </Link>
                  <span className="block max-w-[72ch] text-12 font-normal text-text-3">{curesIn(group.reason)}</span>
                </RowHead>
                <Td right>{group.kept.toLocaleString('en')}</Td>
                <Td right quiet className="max-sm:hidden">
                  {group.times.toLocaleString('en')}
                </Td>
                <Td right quiet className="max-sm:hidden" title={exactMoment(group.lastAt, reader)}>
                  {moment(group.lastAt, reader)}
                </Td>
                <Td className="w-0 text-right">
                  <RefusedActions workspace={workspace} group={group} origin={origin} />
                </Td>
              </Tr>
            ))}
          </Tbody>
        </Table>
      </section>
      <RefusedTable workspace={workspace} items={items} shown={shown} reader={reader} />
    </div>
  );
};
