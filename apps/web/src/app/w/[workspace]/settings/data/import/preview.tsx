'use client';
import type { GotOf } from '@tideline/contracts/operation';
import type { Operations } from '@tideline/contracts/operations';
import { useEffect, useEffectEvent, useState } from 'react';
import { ApiProblem } from '../../../../../../lib/request.ts';
import { ErrorState } from '../../../../../../ui/error-state.tsx';
import { counted, exactMoment, exactQuantity, moment, type Reader } from '../../../../../../ui/format.ts';
import { SectionTitle } from '../../../../../../ui/page-header.tsx';
import { Table, Tbody, Td, Th, Thead, Tr } from '../../../../../../ui/table.tsx';
import { type Draft, mappedFrom } from './draft.ts';

type Read = GotOf<Operations['previewImport']>;
type Mapped = NonNullable<ReturnType<typeof mappedFrom>>;
const PAUSE_MS = 300;

type Props = {
  draft: Draft;
  reader: Reader;
  /** What is read besides the mapping, as text: a change of it reads anew. */
  of: string;
  read: (mapped: Mapped, signal: AbortSignal) => Promise<Read>;
};

/** The first rows as the mapping reads them; follows every change, and keeps the last reading while the next is made. */
export const Preview = ({ draft, reader, of, read: ask }: Props) => {
  const [read, setRead] = useState<Read | null>(null);
  const [refused, refuse] = useState<string | null>(null);
  const mapped = mappedFrom(draft);
  const asked = mapped && JSON.stringify([mapped, of]);
  const readNow = useEffectEvent(async (signal: AbortSignal) => {
    if (!mapped) return;
    try {
      setRead(await ask(mapped, signal));
      refuse(null);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof ApiProblem)) throw error;
      refuse(error.message);
    }
  });
  useEffect(() => {
    if (asked === null) return undefined;
    const ending = new AbortController();
    const timer = setTimeout(() => void readNow(ending.signal), PAUSE_MS);
    return () => {
      clearTimeout(timer);
      ending.abort();
    };
  }, [asked]);
  return (
    <section aria-label="Preview" className="flex min-w-0 flex-1 flex-col gap-3">
      <SectionTitle title="As it will be read" sub={read ? `the first ${counted(read.looked, 'row')}` : undefined} />
      {refused && <ErrorState title="The rows cannot be read like this.">{refused}</ErrorState>}
      {read === null && asked === null && <p className="text-text-2">Once the mapping is complete, the first rows are read here as they will be taken in.</p>}
      {read && <Counts read={read} />}
      {read && <Rows key={draft.kind} kind={draft.kind} read={read} reader={reader} />}
    </section>
  );
};

const Counts = ({ read }: { read: Read }) => (
  <div aria-live="polite">
    <p className="text-text-2">
      <b className="text-text">{exactQuantity(read.taken)}</b> would be taken in
      {read.filtered > 0 && <>, {exactQuantity(read.filtered)} left out by the filter</>}
      {read.reasons.length > 0 && <>, and these not:</>}
      {read.reasons.length === 0 && '.'}
    </p>
    {read.reasons.length > 0 && (
      <ul className="mt-1">
        {read.reasons.map(({ reason, words, rows }) => (
          <li key={reason} className="flex gap-3">
            <span className="w-14 flex-none text-right font-semibold tabular-nums">{exactQuantity(rows)}</span>
            <span className="text-text-2">{words}</span>
          </li>
        ))}
      </ul>
    )}
  </div>
);

type Row = Read['rows'][number];
type Column = {
  head: string;
  right?: boolean;
  cell: (mapped: Record<string, unknown>, reader: Reader) => string;
  title?: (mapped: Record<string, unknown>, reader: Reader) => string;
};
const text = (value: unknown): string =>
  value === null || value === undefined || value === '' ? '–' : typeof value === 'object' ? JSON.stringify(value) : String(value);

/** A day stands as it is, a time in the reader's zone. */
const shownTime = (value: unknown, shown: (at: string) => string): string => (typeof value === 'string' && value.length > 10 ? shown(value) : text(value));
const timeColumn = (head: string, key: string): Column => ({
  head,
  cell: (mapped, reader) => shownTime(mapped[key], (at) => moment(at, reader)),
  title: (mapped, reader) => shownTime(mapped[key], (at) => exactMoment(at, reader)),
});
const own: readonly Column[] = [
  { head: 'Key', cell: ({ externalId }) => text(externalId) },
  { head: 'Account', cell: ({ account }) => text(account) },
];

const columns = {
  usage: [
    { head: 'Account', cell: ({ account }) => text(account) },
    { head: 'Event', cell: ({ event }) => text(event) },
    { head: 'Time', cell: ({ time }, reader) => moment(text(time), reader), title: ({ time }, reader) => exactMoment(text(time), reader) },
    { head: 'Value', right: true, cell: ({ value }) => (value === null ? '–' : exactQuantity(text(value))) },
    { head: 'Properties', cell: ({ properties }) => text(properties), title: ({ properties }) => text(properties) },
  ],
  accounts: [
    { head: 'Account', cell: ({ externalId }) => text(externalId) },
    { head: 'Name', cell: ({ name }) => text(name) },
    { head: 'Owner', cell: ({ owner }) => text(owner) },
    { head: 'Status', cell: ({ status }) => text(status) },
    { head: 'Industry', cell: ({ industry }) => text(industry) },
    { head: 'Plan', cell: ({ plan }) => text(plan) },
    { head: 'Own fields', cell: ({ fields }) => text(fields), title: ({ fields }) => text(fields) },
  ],
  contacts: [
    ...own,
    { head: 'Name', cell: ({ name }) => text(name) },
    { head: 'E-mail', cell: ({ email }) => text(email) },
    { head: 'Title', cell: ({ title }) => text(title) },
    { head: 'Role', cell: ({ role }) => text(role) },
    { head: 'Left on', cell: ({ leftOn }) => text(leftOn) },
  ],
  tickets: [
    ...own,
    { head: 'Subject', cell: ({ subject }) => text(subject), title: ({ subject }) => text(subject) },
    { head: 'Severity', cell: ({ severity }) => text(severity) },
    { head: 'Status', cell: ({ status }) => text(status) },
    timeColumn('Opened', 'openedAt'),
    timeColumn('Closed', 'closedAt'),
  ],
  touches: [
    ...own,
    { head: 'Kind', cell: ({ kind }) => text(kind) },
    timeColumn('When', 'at'),
    { head: 'With', cell: ({ contact }) => text(contact) },
    { head: 'By', cell: ({ by }) => text(by) },
    { head: 'Text', cell: ({ text: body }) => text(body), title: ({ text: body }) => text(body) },
  ],
  contracts: [
    ...own,
    { head: 'First day', cell: ({ startDay }) => text(startDay) },
    { head: 'Last day', cell: ({ endDay }) => text(endDay) },
    { head: 'Commitment', cell: ({ commitment }) => text(commitment) },
  ],
  invoices: [
    ...own,
    { head: 'Due', cell: ({ dueDay }) => text(dueDay) },
    { head: 'Paid', cell: ({ paidDay }) => text(paidDay) },
    { head: 'Amount', cell: ({ amount }) => text(amount) },
  ],
} as const satisfies Record<Draft['kind'], readonly Column[]>;

const Rows = ({ kind, read, reader }: { kind: Draft['kind']; read: Read; reader: Reader }) => {
  const shown: readonly Column[] = columns[kind];
  return (
    <Table caption="The first rows as they will be read">
      <Thead>
        <tr>
          <Th right>Row</Th>
          {shown.map(({ head, right }) => (
            <Th key={head} right={right ?? false}>
              {head}
            </Th>
          ))}
        </tr>
      </Thead>
      <Tbody>
        {read.rows.map((row) => (
          <RowLine key={row.row} row={row} shown={shown} reader={reader} />
        ))}
      </Tbody>
    </Table>
  );
};

const RowLine = ({ row, shown, reader }: { row: Row; shown: readonly Column[]; reader: Reader }) => {
  const { mapped } = row;
  return (
    <Tr>
      <Td right quiet>
        {row.row}
      </Td>
      {mapped === null ? (
        <Td colSpan={shown.length} className="text-watch-text">
          {row.problem}
        </Td>
      ) : (
        shown.map(({ head, right, cell, title }) => (
          <Td key={head} right={right ?? false} className="max-w-70 truncate" title={title?.(mapped, reader)}>
            {cell(mapped, reader)}
          </Td>
        ))
      )}
    </Tr>
  );
};
