'use client';
import { useState } from 'react';
import { Chip } from '../../../../../ui/chip.tsx';
import { CodeBlock } from '../../../../../ui/code-block.tsx';
import { EmptyState } from '../../../../../ui/empty-state.tsx';
import { exactMoment, moment, type Reader } from '../../../../../ui/format.ts';
import { SectionTitle } from '../../../../../ui/page-header.tsx';
import { Switch } from '../../../../../ui/switch.tsx';
import { Table, Tbody, Td, Th, Thead, Tr } from '../../../../../ui/table.tsx';
import type { Tone } from '../../../../../ui/tone.ts';
import { clientName } from './client-name.ts';

export type ShownRequest = {
  id: string;
  keyId: string | null;
  client: string;
  at: string;
  status: number;
  latencyMs: number;
  accepted: number;
  duplicates: number;
  conflicts: number;
  rejected: number;
  reason: string | null;
  sample: string | null;
};
type Props = {
  workspace: string;
  requests: readonly ShownRequest[];
  /** Of the one key that is looked at; null: of all. */ name: string | null;
  names: ReadonlyMap<string | null, string | null>;
  following: boolean;
  onFollow: (on: boolean) => void;
  reader: Reader;
};

/** The latest requests; one opens into its first event, or the first that was refused and why. */
export const RequestTable = ({ requests, name, names, following, onFollow, reader }: Props) => {
  const [open, setOpen] = useState<string | null>(null);
  return (
    <section>
      <SectionTitle
        title={name === null ? 'The latest requests' : `The latest requests of ${name}`}
        sub="at most ten a second of each key are kept, the last 200"
        aside={
          <span className="flex items-center gap-2">
            <Switch checked={following} onCheckedChange={onFollow} aria-label="Follow" />
            <span aria-hidden>Follow</span>
          </span>
        }
      />
      {requests.length === 0 ? (
        <EmptyState title="No request yet.">Each one shows here within a second, with what was accepted, what was refused and why.</EmptyState>
      ) : (
        <Table caption="The latest requests">
          <Thead>
            <tr>
              <Th>Received</Th>
              <Th>Status</Th>
              <Th>Events</Th>
              <Th className="max-lg:hidden">First event, or what was refused</Th>
              <Th right className="max-sm:hidden">
                Took
              </Th>
            </tr>
          </Thead>
          <Tbody>
            {requests.map((request) => (
              <RequestLine
                key={request.id}
                request={request}
                from={name === null ? (names.get(request.keyId) ?? null) : null}
                open={open === request.id}
                onOpen={() => setOpen(open === request.id ? null : request.id)}
                reader={reader}
              />
            ))}
          </Tbody>
        </Table>
      )}
    </section>
  );
};

const toneOf = ({ status, rejected, conflicts }: ShownRequest): Tone => (status >= 400 ? 'risk' : rejected + conflicts > 0 ? 'watch' : 'healthy');

/** `3 accepted · 1 duplicate · 2 refused`; what is none is not said. */
const counts = ({ accepted, duplicates, conflicts, rejected }: ShownRequest): string =>
  [
    accepted > 0 ? `${accepted} accepted` : '',
    duplicates > 0 ? `${duplicates} duplicate${duplicates === 1 ? '' : 's'}` : '',
    conflicts > 0 ? `${conflicts} in conflict` : '',
    rejected > 0 ? `${rejected} refused` : '',
  ]
    .filter(Boolean)
    .join(' · ') || 'none';

const pretty = (sample: string): string => {
  try {
    return JSON.stringify(JSON.parse(sample), null, 2);
  } catch {
    return sample; // cut short: shown as it is
  }
};

type LineProps = { request: ShownRequest; from: string | null; open: boolean; onOpen: () => void; reader: Reader };

const RequestLine = ({ request, from, open, onOpen, reader }: LineProps) => (
  <>
    <Tr>
      <Td quiet className="py-1.5" title={exactMoment(request.at, reader)}>
        <button type="button" aria-expanded={open} onClick={onOpen} className="door text-left">
          {moment(request.at, reader)}
        </button>
        <span className="block text-12 text-text-3">{[from, clientName(request.client)].filter(Boolean).join(' · ')}</span>
      </Td>
      <Td>
        <Chip tone={toneOf(request)}>{request.status}</Chip>
      </Td>
      <Td className="whitespace-normal">{request.reason !== null && request.status >= 400 ? request.reason : counts(request)}</Td>
      <Td quiet className="max-w-110 truncate font-mono text-12 font-normal max-lg:hidden">
        {request.sample ?? '–'}
      </Td>
      <Td right quiet className="max-sm:hidden">
        {request.latencyMs} ms
      </Td>
    </Tr>
    {open && (
      <tr>
        <td colSpan={5} className="pb-3">
          {request.reason && <p className="mb-2 text-risk-text">{request.reason}</p>}
          {request.sample ? (
            <CodeBlock label="The event" code={pretty(request.sample)} />
          ) : (
            <p className="text-text-3">The request carried no event that could be read.</p>
          )}
        </td>
      </tr>
    )}
  </>
);
