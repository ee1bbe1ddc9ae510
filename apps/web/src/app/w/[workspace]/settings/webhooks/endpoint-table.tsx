'use client';
import { webhookEvents, type WebhookEvent } from '@tideline/contracts/fact';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { api } from '../../../../../lib/api.ts';
import { useLive } from '../../../../../lib/live.ts';
import { problemText } from '../../../../../lib/request.ts';
import { exactMoment, moment, type Reader } from '../../../../../ui/format.ts';
import { Switch } from '../../../../../ui/switch.tsx';
import { RowHead, Table, Tbody, Td, Th, Thead, Tr } from '../../../../../ui/table.tsx';
import { done, failed } from '../../../../../ui/toast.tsx';

export type Endpoint = {
  id: string;
  url: string;
  events: readonly string[];
  enabled: boolean;
  owed: number;
  failed: number;
  lastSentAt: Date | null;
};
type Props = { workspace: string; endpoints: readonly Endpoint[]; reader: Reader };

/** What an endpoint hears, in words. */
export const eventWords = (events: readonly string[]): string =>
  events.length === Object.keys(webhookEvents).length
    ? 'everything'
    : events.map((event) => webhookEvents[event as WebhookEvent].label.toLowerCase()).join(', ');

export const EndpointTable = ({ workspace, endpoints, reader }: Props) => {
  const router = useRouter();
  useLive(workspace, ['delivery'], () => router.refresh(), 2_000);
  const toggle = async ({ id, url, events }: Endpoint, enabled: boolean) => {
    try {
      await api(workspace).call('changeWebhook', { params: { id }, body: { url, events: events as WebhookEvent[], enabled } });
      done(enabled ? 'It is called again, with what was kept for it first' : 'It is called no more; messages are kept for it');
    } catch (error) {
      failed('The endpoint is as it was.', problemText(error));
    }
    router.refresh();
  };
  return (
    <Table caption="Webhook endpoints">
      <Thead>
        <tr>
          <Th>On</Th>
          <Th>Endpoint</Th>
          <Th right>Waiting</Th>
          <Th right>Given up</Th>
          <Th right className="max-sm:hidden">
            Last delivered
          </Th>
        </tr>
      </Thead>
      <Tbody>
        {endpoints.map((endpoint) => (
          <Tr key={endpoint.id}>
            <Td className="w-0">
              <Switch aria-label={`${endpoint.url} is on`} checked={endpoint.enabled} onCheckedChange={(on) => void toggle(endpoint, on)} />
            </Td>
            <RowHead className="max-w-120 py-2 whitespace-normal">
              <Link href={`/w/${workspace}/settings/webhooks/${endpoint.id}`} className="door block font-semibold break-all">
                {endpoint.url}
              </Link>
              <span className="block text-text-2">Hears: {eventWords(endpoint.events)}</span>
            </RowHead>
            <Figure count={endpoint.owed} href={`/w/${workspace}/settings/webhooks/${endpoint.id}?state=owed`} />
            <Figure count={endpoint.failed} href={`/w/${workspace}/settings/webhooks/${endpoint.id}?state=failed`} bad />
            <Td right quiet className="max-sm:hidden" {...(endpoint.lastSentAt ? { title: exactMoment(endpoint.lastSentAt, reader) } : {})}>
              {endpoint.lastSentAt ? moment(endpoint.lastSentAt, reader) : 'never'}
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
};

const Figure = ({ count, href, bad = false }: { count: number; href: string; bad?: boolean }) => (
  <Td right>
    {count > 0 ? (
      <Link href={href} className={bad ? 'door font-semibold text-risk-text' : 'door'}>
        {count}
      </Link>
    ) : (
      '–'
    )}
  </Td>
);
