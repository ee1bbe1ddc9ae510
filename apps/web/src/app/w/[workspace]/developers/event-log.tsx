'use client';
import Link from 'next/link';
import { useState } from 'react';
import { api } from '../../../../lib/api.ts';
import { useLive } from '../../../../lib/live.ts';
import { problemText } from '../../../../lib/request.ts';
import { Switch } from '../../../../ui/switch.tsx';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { exactMoment, exactQuantity, moment, type Reader } from '../../../../ui/format.ts';
import { SectionTitle } from '../../../../ui/page-header.tsx';
import { Table, Tbody, Td, Th, Thead, Tr } from '../../../../ui/table.tsx';
import { failed } from '../../../../ui/toast.tsx';

export type LoggedEvent = {
  time: string;
  receivedAt: string;
  account: string;
  accountId: string;
  accountName: string;
  event: string;
  value: string | null;
  properties: Record<string, unknown> | null;
};
type Props = {
  workspace: string;
  initial: readonly LoggedEvent[];
  limit: number;
  /** The key of the one account whose events are shown; null: of all. */ only: string | null;
  reader: Reader;
};

/** The latest events as they arrive; stands still while somebody reads, when asked to. */
export const EventLog = ({ workspace, initial, limit, only, reader }: Props) => {
  const [events, setEvents] = useState(initial);
  const [following, follow] = useState(true);
  const read = async () => {
    try {
      setEvents((await api(workspace).call('listEvents', { query: { limit, ...(only === null ? {} : { account: only }) } })).items);
    } catch (error) {
      failed('The list stands as it was.', problemText(error));
    }
  };
  useLive(workspace, ['event'], () => following && void read(), 1_000);
  const toggle = (on: boolean) => {
    follow(on);
    if (on) void read();
  };
  return (
    <section id="events" className="scroll-mt-4">
      <SectionTitle
        title={only === null ? 'The latest events' : `The latest events of ${events[0]?.accountName ?? only}`}
        sub="as they were stored"
        aside={
          <span className="flex items-center gap-2">
            {only !== null && (
              <Link href={`/w/${workspace}/developers#events`} className="door mr-2">
                Of all accounts
              </Link>
            )}
            <Switch checked={following} onCheckedChange={toggle} aria-label="Follow" />
            <span aria-hidden>Follow</span>
          </span>
        }
      />
      {events.length === 0 ? (
        <EmptyState title="No event yet.">
          Each one shows here as soon as it is stored, with what it carries. Refused events are told to their sender alone.
        </EmptyState>
      ) : (
        <Table caption="The latest events">
          <Thead>
            <tr>
              <Th>Received</Th>
              <Th>Account</Th>
              <Th>Event</Th>
              <Th right>Value</Th>
              <Th>Properties</Th>
              <Th right className="max-lg:hidden">
                Happened
              </Th>
            </tr>
          </Thead>
          <Tbody>
            {events.map((event, i) => (
              <EventLine key={`${event.receivedAt} ${event.time} ${i}`} workspace={workspace} event={event} reader={reader} />
            ))}
          </Tbody>
        </Table>
      )}
    </section>
  );
};

const EventLine = ({ workspace, event, reader }: { workspace: string; event: LoggedEvent; reader: Reader }) => {
  const properties = event.properties ? JSON.stringify(event.properties) : '';
  return (
    <Tr>
      <Td quiet title={exactMoment(event.receivedAt, reader)}>
        {moment(event.receivedAt, reader)}
      </Td>
      <Td className="max-w-50 truncate">
        <Link href={`/w/${workspace}/account/${event.accountId}`} className="door" title={event.account}>
          {event.accountName}
        </Link>
      </Td>
      <Td className="font-mono text-12">{event.event}</Td>
      <Td right>{event.value === null ? '–' : exactQuantity(event.value)}</Td>
      <Td quiet className="max-w-90 truncate font-mono text-12 font-normal" title={properties}>
        {properties || '–'}
      </Td>
      <Td right quiet className="max-lg:hidden" title={exactMoment(event.time, reader)}>
        {moment(event.time, reader)}
      </Td>
    </Tr>
  );
};
