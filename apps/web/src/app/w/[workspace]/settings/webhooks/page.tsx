import { may } from '@tideline/domain/role';
import { list } from '@tideline/engine/webhook';
import { settings } from '@tideline/engine/workspace';
import type { Metadata } from 'next';
import { composed } from '../../../../../composed.ts';
import { readerOf } from '../../../../../lib/reader.ts';
import { whoIs } from '../../../../../lib/who.ts';
import { EmptyState } from '../../../../../ui/empty-state.tsx';
import { counted } from '../../../../../ui/format.ts';
import { PageHeader } from '../../../../../ui/page-header.tsx';
import { NotAllowed } from '../../not-allowed.tsx';
import { EndpointTable } from './endpoint-table.tsx';
import { NewEndpoint } from './new-endpoint.tsx';
import { Verifying } from './verifying.tsx';

export const metadata: Metadata = { title: 'Webhooks' };

export default async function WebhooksPage({ params }: { params: Promise<{ workspace: string }> }) {
  const { workspace } = await params;
  const who = await whoIs(workspace);
  if (!may(who.role, 'webhook.write')) return <NotAllowed title="Webhooks" permission="webhook.write" />;
  const { deps } = composed();
  const [endpoints, { timezone }] = await Promise.all([list(deps, who), settings(deps, who)]);
  return (
    <>
      <PageHeader
        title="Webhooks"
        meta={endpoints.length > 0 ? counted(endpoints.length, 'endpoint') : undefined}
        actions={<NewEndpoint workspace={workspace} />}
      />
      <div className="flex flex-col gap-10 px-4 py-4 lg:px-6">
        {endpoints.length === 0 ? (
          <EmptyState title="Your systems can hear of alerts as they open.">
            An endpoint is an address of yours that is called when an alert opens or resolves, an account changes segment, or a task is made or closed.
            Endpoints stand here with what was delivered to each.
          </EmptyState>
        ) : (
          <EndpointTable workspace={workspace} endpoints={endpoints} reader={await readerOf(timezone)} />
        )}
        <Verifying />
      </div>
    </>
  );
}
