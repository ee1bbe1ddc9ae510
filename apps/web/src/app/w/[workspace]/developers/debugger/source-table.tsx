import Link from 'next/link';
import { Chip } from '../../../../../ui/chip.tsx';
import { EmptyState } from '../../../../../ui/empty-state.tsx';
import { exactMoment, moment, quantity, type Reader } from '../../../../../ui/format.ts';
import { SectionTitle } from '../../../../../ui/page-header.tsx';
import { RowHead, Table, Tbody, Td, Th, Thead, Tr } from '../../../../../ui/table.tsx';
import { clientName } from './client-name.ts';
import { HourBars } from './hour-bars.tsx';

export type ShownSource = {
  keyId: string | null;
  keyName: string | null;
  keyEnded: boolean;
  client: string;
  lastAt: string;
  accepted: number;
  duplicates: number;
  conflicts: number;
  rejected: number;
  hourly: readonly number[];
  silentHours: number;
  longestHours: number;
  silent: boolean;
};
type Props = { workspace: string; sources: readonly ShownSource[]; only: string | null; limit: number; reader: Reader };

/** What sends usage: the last 24 hours of each, and whether it fell silent. */
export const SourceTable = ({ workspace, sources, only, limit, reader }: Props) => (
  <section>
    <SectionTitle
      title="What sends"
      sub={`the last 24 hours; up to ${limit.toLocaleString('en')} events a minute`}
      aside={
        only && (
          <Link href={`/w/${workspace}/developers/debugger`} className="door">
            All keys
          </Link>
        )
      }
    />
    {sources.length === 0 ? (
      <EmptyState title="Nothing has been sent yet.">
        Each key and client stands here once it sends, with its volume, its last request and whether it fell silent.
      </EmptyState>
    ) : (
      <Table caption="What sends usage">
        <Thead>
          <tr>
            <Th>Key</Th>
            <Th className="max-sm:hidden">By hour</Th>
            <Th right>Accepted</Th>
            <Th right className="max-lg:hidden">
              Duplicates
            </Th>
            <Th right>Refused</Th>
            <Th right>Last seen</Th>
          </tr>
        </Thead>
        <Tbody>
          {sources.map((source) => (
            <SourceLine key={`${source.keyId} ${source.client}`} workspace={workspace} source={source} reader={reader} />
          ))}
        </Tbody>
      </Table>
    )}
  </section>
);

const hours = (count: number): string => (count < 48 ? `${count} h` : `${Math.floor(count / 24)} days`);

const SourceLine = ({ workspace, source, reader }: { workspace: string; source: ShownSource; reader: Reader }) => {
  const { keyId, keyName, keyEnded, client, accepted, duplicates, conflicts, rejected, silent, silentHours, longestHours } = source;
  const refused = rejected + conflicts;
  return (
    <Tr>
      <RowHead className="py-2">
        {keyId === null ? (
          <span className="font-medium">{client === 'retry' ? 'Taken in from refused events' : 'Without a key'}</span>
        ) : (
          <Link href={`/w/${workspace}/developers/debugger?key=${keyId}`} className="door font-medium">
            {keyName ?? 'A deleted key'}
          </Link>
        )}
        <span className="flex flex-wrap items-center gap-1.5 text-12 font-normal text-text-3">
          {clientName(client)}
          {keyEnded && ' · the key has ended'}
          {silent && (
            <Chip tone="risk">
              silent {hours(silentHours)}, never more than {hours(longestHours)} before
            </Chip>
          )}
        </span>
      </RowHead>
      <Td className="max-sm:hidden">
        <HourBars hours={source.hourly} />
      </Td>
      <Td right title={accepted.toLocaleString('en')}>
        {quantity(String(accepted))}
      </Td>
      <Td right quiet className="max-lg:hidden" title={duplicates.toLocaleString('en')}>
        {duplicates === 0 ? '–' : quantity(String(duplicates))}
      </Td>
      <Td right>
        {refused === 0 ? (
          <span className="text-text-3">–</span>
        ) : (
          <Link
            href={`/w/${workspace}/settings/data/refused`}
            className="door text-risk-text"
            title={`${rejected.toLocaleString('en')} refused, ${conflicts.toLocaleString('en')} conflicts`}
          >
            {quantity(String(refused))}
          </Link>
        )}
      </Td>
      <Td right quiet title={exactMoment(source.lastAt, reader)}>
        {moment(source.lastAt, reader)}
      </Td>
    </Tr>
  );
};
