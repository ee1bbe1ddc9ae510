import { webhookOperations } from '@tideline/contracts/webhook';
import { may } from '@tideline/domain/role';
import { deliveries, list } from '@tideline/engine/webhook';
import { settings } from '@tideline/engine/workspace';
import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { composed } from '../../../../../../composed.ts';
import { readerOf } from '../../../../../../lib/reader.ts';
import { whoIs } from '../../../../../../lib/who.ts';
import { Button } from '../../../../../../ui/button.tsx';
import { EmptyState } from '../../../../../../ui/empty-state.tsx';
import { PageHeader } from '../../../../../../ui/page-header.tsx';
import { Tabs } from '../../../../../../ui/tabs.tsx';
import { NotAllowed } from '../../../not-allowed.tsx';
import { DeliveryList } from './delivery-list.tsx';
import { deliveryStates } from './delivery-words.ts';
import { EndpointActions } from './endpoint-actions.tsx';
import { EndpointSummary } from './endpoint-summary.tsx';

export const metadata: Metadata = { title: 'Webhook endpoint' };

type Props = { params: Promise<{ workspace: string; endpoint: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };
const Query = webhookOperations.listDeliveries.query;

export default async function EndpointPage({ params, searchParams }: Props) {
  const { workspace, endpoint: id } = await params;
  const who = await whoIs(workspace);
  if (!may(who.role, 'webhook.write')) return <NotAllowed title="Webhooks" permission="webhook.write" />;
  const { deps } = composed();
  const [endpoints, { timezone }, asked] = await Promise.all([list(deps, who), settings(deps, who), searchParams]);
  const endpoint = endpoints.find((one) => one.id === id);
  if (!endpoint) return notFound();
  // An address someone mistyped shows the messages from their start rather than an error.
  const query = Query.safeParse({ ...asked, endpoint: id }).data ?? Query.parse({ endpoint: id });
  const { items, next } = await deliveries(deps, who, query);
  const base = `/w/${workspace}/settings/webhooks/${id}`;
  const address = (more: Record<string, string>) => {
    const search = new URLSearchParams({ ...(query.state ? { state: query.state } : {}), ...more }).toString();
    return search ? `${base}?${search}` : base;
  };
  return (
    <>
      <PageHeader
        title={endpoint.url.replace(/^https?:\/\//, '')}
        crumbs={
          <>
            <Link href={`/w/${workspace}/settings/webhooks`} className="door">
              Webhooks
            </Link>
            /
          </>
        }
        actions={<EndpointActions workspace={workspace} endpoint={endpoint} />}
      />
      <EndpointSummary workspace={workspace} endpoint={endpoint} reader={await readerOf(timezone)} />
      <Tabs
        label="Messages by state"
        className="px-4 lg:px-6"
        tabs={[
          { href: base, label: 'All messages', current: !query.state },
          ...Object.entries(deliveryStates).map(([state, { label }]) => ({ href: `${base}?state=${state}`, label, current: query.state === state })),
        ]}
      />
      <div className="px-4 pb-6 lg:px-6">
        {items.length === 0 ? (
          <EmptyState title={query.state ? 'No message is in this state.' : 'No message yet.'}>
            {!query.state && 'It is called with the next thing it hears of. A test message shows whether it answers.'}
          </EmptyState>
        ) : (
          <DeliveryList workspace={workspace} deliveries={items} reader={await readerOf(timezone)} />
        )}
        <nav aria-label="Pages of messages" className="mt-4 flex gap-2">
          {query.cursor && (
            <Button asChild>
              <Link href={address({})}>Newest</Link>
            </Button>
          )}
          {next && (
            <Button asChild>
              <Link href={address({ cursor: next })}>Older</Link>
            </Button>
          )}
        </nav>
      </div>
    </>
  );
}
