'use client';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { api } from '../../../../../../lib/api.ts';
import { problemText } from '../../../../../../lib/request.ts';
import { Button } from '../../../../../../ui/button.tsx';
import { CodeBlock } from '../../../../../../ui/code-block.tsx';
import { exactMoment, moment, type Reader } from '../../../../../../ui/format.ts';
import { SectionTitle } from '../../../../../../ui/page-header.tsx';
import { Table, Tbody, Td, Th, Thead, Tr } from '../../../../../../ui/table.tsx';
import { done, failed } from '../../../../../../ui/toast.tsx';
import { refusedAddress, type Shown } from './refused-address.ts';
import { faultLabel } from './refused-words.ts';

export type RefusedEvent = {
  hash: string;
  reason: string;
  message: string;
  keyName: string | null;
  client: string;
  originId: string | null;
  originName: string | null;
  eventId: string | null;
  account: string | null;
  event: string | null;
  body: string;
  whole: boolean;
  firstAt: string;
  lastAt: string;
  times: number;
};
type Props = { workspace: string; items: readonly RefusedEvent[]; shown: Shown; reader: Reader };

/** The latest refused events; one opens into what was sent. */
export const RefusedTable = ({ workspace, items, shown: { reason: only, origin }, reader }: Props) => {
  const [open, setOpen] = useState<string | null>(null);
  return (
    <section>
      <SectionTitle
        title="The latest"
        sub={only === null ? 'of every reason' : faultLabel(only).toLowerCase()}
        aside={
          only && (
            <Link href={refusedAddress(workspace, { origin })} className="door">
              Every reason
            </Link>
          )
        }
      />
      <Table caption="The latest refused events">
        <Thead>
          <tr>
            <Th>Last sent</Th>
            <Th>Account</Th>
            <Th>Event</Th>
            <Th className="max-lg:hidden">Why</Th>
            <Th right className="max-sm:hidden">
              Times
            </Th>
          </tr>
        </Thead>
        <Tbody>
          {items.map((item) => (
            <RefusedLine
              key={item.hash}
              workspace={workspace}
              item={item}
              open={open === item.hash}
              onOpen={() => setOpen(open === item.hash ? null : item.hash)}
              reader={reader}
            />
          ))}
        </Tbody>
      </Table>
    </section>
  );
};

type LineProps = { workspace: string; item: RefusedEvent; open: boolean; onOpen: () => void; reader: Reader };

const RefusedLine = ({ workspace, item, open, onOpen, reader }: LineProps) => (
  <>
    <Tr>
      <Td quiet className="py-1.5" title={exactMoment(item.lastAt, reader)}>
        <button type="button" aria-expanded={open} onClick={onOpen} className="door text-left">
          {moment(item.lastAt, reader)}
        </button>
        <span className="block max-w-50 truncate text-12 text-text-3">
          <CameFrom workspace={workspace} item={item} />
        </span>
      </Td>
      <Td className="max-w-50 truncate">{item.account ?? '–'}</Td>
      <Td className="max-w-50 truncate font-mono text-12">{item.event ?? '–'}</Td>
      <Td className="max-w-120 whitespace-normal max-lg:hidden">{item.message}</Td>
      <Td right quiet className="max-sm:hidden">
        {item.times}
      </Td>
    </Tr>
    {open && (
      <tr>
        <td colSpan={5} className="pb-3">
          <p className="mb-2 lg:hidden">{item.message}</p>
          <CodeBlock label="What was sent" code={pretty(item)} />
          {!item.whole && <p className="mt-1 text-12 text-text-3">It was too large to be kept whole: send it again after mending it.</p>}
          {item.reason === 'conflict' && item.whole && <Replace workspace={workspace} item={item} />}
        </td>
      </tr>
    )}
  </>
);

/** The key it was sent with, or the import or source whose row it is. */
const CameFrom = ({ workspace, item: { originId, originName, client, keyName } }: { workspace: string; item: RefusedEvent }) => {
  if (originId === null) return keyName ?? 'without a key';
  if (originName === null) return client === 'source' ? 'a source that is gone' : 'an import that is gone';
  return (
    <Link href={`/w/${workspace}/settings/data/${client === 'source' ? 'source/' : ''}${originId}`} className="door" title={originName}>
      {originName}
    </Link>
  );
};

const pretty = ({ body, whole }: RefusedEvent): string => (whole ? JSON.stringify(JSON.parse(body), null, 2) : body);

/** Puts the later content in the place of what was stored first. */
const Replace = ({ workspace, item }: { workspace: string; item: RefusedEvent }) => {
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const replace = async () => {
    setBusy(true);
    try {
      await api(workspace).call('replaceEvent', { body: { event: JSON.parse(item.body) as unknown, reason: 'The later content of a conflict is right' } });
      await api(workspace).call('discardRefusedEvents', { body: { hashes: [item.hash] } });
      done('Replaced; its days are counted anew. It can be undone under Corrections.');
      router.refresh();
    } catch (error) {
      failed('What was stored first still counts.', problemText(error));
    }
    setBusy(false);
  };
  return (
    <Button size="sm" className="mt-2" busy={busy} onClick={() => void replace()}>
      This is right: replace what is stored
    </Button>
  );
};
