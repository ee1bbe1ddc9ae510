'use client';
import { ChevronRight, RotateCw } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { api } from '../../../../../../lib/api.ts';
import { useLive } from '../../../../../../lib/live.ts';
import { problemText } from '../../../../../../lib/request.ts';
import { Chip } from '../../../../../../ui/chip.tsx';
import { CodeBlock } from '../../../../../../ui/code-block.tsx';
import { counted, exactMoment, moment, type Reader } from '../../../../../../ui/format.ts';
import { IconButton } from '../../../../../../ui/icon-button.tsx';
import { Table, Tbody, Td, Th, Thead, Tr } from '../../../../../../ui/table.tsx';
import { done, failed } from '../../../../../../ui/toast.tsx';
import { deliveryStates, isDeliveryState } from './delivery-words.ts';

export type Delivery = {
  id: string;
  type: string;
  state: string;
  attempts: number;
  createdAt: Date;
  nextAt: Date | null;
  sentAt: Date | null;
  lastStatus: number | null;
  lastError: string | null;
  payload: unknown;
};
type Props = { workspace: string; deliveries: readonly Delivery[]; reader: Reader };

export const DeliveryList = ({ workspace, deliveries, reader }: Props) => {
  const router = useRouter();
  useLive(workspace, ['delivery'], () => router.refresh(), 1_000);
  const again = async (delivery: Delivery) => {
    try {
      await api(workspace).call('redeliver', { params: { id: delivery.id } });
      done('It is sent again under the same id');
    } catch (error) {
      failed('It was not sent again.', problemText(error));
    }
    router.refresh();
  };
  return (
    <Table caption="Messages, the newest first">
      <Thead>
        <tr>
          <Th>Message</Th>
          <Th>State</Th>
          <Th className="max-sm:hidden">What happened</Th>
          <Th right>Made</Th>
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </Thead>
      {deliveries.map((delivery) => (
        <DeliveryRows key={delivery.id} delivery={delivery} reader={reader} onAgain={() => void again(delivery)} />
      ))}
    </Table>
  );
};

/** What happened to it, as a sentence. */
const story = ({ state, attempts, lastStatus, lastError, nextAt, sentAt }: Delivery, reader: Reader): string => {
  if (state === 'sent') return `Answered ${lastStatus ?? ''} at ${moment(sentAt, reader)}${attempts > 1 ? `, attempt ${attempts}` : ''}`;
  const last = attempts === 0 ? '' : `${lastStatus ? `Answered ${lastStatus}` : (lastError ?? 'No answer')} `;
  if (state === 'failed') return `${last}after ${counted(attempts, 'attempt')}`;
  return attempts === 0 ? 'About to be sent' : `${last}on attempt ${attempts}; next ${moment(nextAt, reader)}`;
};

const DeliveryRows = ({ delivery, reader, onAgain }: { delivery: Delivery; reader: Reader; onAgain: () => void }) => {
  const [open, setOpen] = useState(false);
  const look = isDeliveryState(delivery.state) ? deliveryStates[delivery.state] : null;
  const body = `payload-${delivery.id}`;
  return (
    <Tbody>
      <Tr>
        <Td>
          <button type="button" aria-expanded={open} aria-controls={body} onClick={() => setOpen(!open)} className="flex items-center gap-1.5 font-medium">
            <ChevronRight aria-hidden className={open ? 'size-3.5 rotate-90 text-text-3' : 'size-3.5 text-text-3'} />
            {delivery.type}
          </button>
        </Td>
        <Td>{look && <Chip tone={look.tone}>{look.label}</Chip>}</Td>
        <Td quiet className="max-w-100 truncate max-sm:hidden" title={delivery.lastError ?? undefined}>
          {story(delivery, reader)}
        </Td>
        <Td right quiet title={exactMoment(delivery.createdAt, reader)}>
          {moment(delivery.createdAt, reader)}
        </Td>
        <Td className="w-0">
          <IconButton label="Send it again" onClick={onAgain}>
            <RotateCw aria-hidden />
          </IconButton>
        </Td>
      </Tr>
      {open && (
        <tr id={body}>
          <td colSpan={5} className="border-b border-line pt-1 pb-3">
            <p className="mb-2 text-12 text-text-2">
              webhook-id <span className="font-mono font-normal">{delivery.id}</span>
              <span className="sm:hidden"> · {story(delivery, reader)}</span>
            </p>
            {delivery.lastError && <p className="mb-2 max-w-[72ch] text-text-2">It answered: {delivery.lastError}</p>}
            <CodeBlock label={`Body of ${delivery.type}`} code={JSON.stringify(delivery.payload, null, 2)} />
          </td>
        </tr>
      )}
    </Tbody>
  );
};
