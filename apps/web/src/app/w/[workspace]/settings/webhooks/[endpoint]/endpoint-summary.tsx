'use client';
import { exactMoment, moment, type Reader } from '../../../../../../ui/format.ts';
import { MetricStrip } from '../../../../../../ui/metric-strip.tsx';
import { eventWords, type Endpoint } from '../endpoint-table.tsx';

export const EndpointSummary = ({ workspace, endpoint, reader }: { workspace: string; endpoint: Endpoint; reader: Reader }) => {
  const base = `/w/${workspace}/settings/webhooks/${endpoint.id}`;
  return (
    <>
      <p className="border-b border-line px-4 py-3 text-text-2 lg:px-6">
        {endpoint.enabled ? 'Hears' : 'Switched off; messages are kept for it. Would hear'}: {eventWords(endpoint.events)}
      </p>
      <MetricStrip
        label="How it fares"
        metrics={[
          { label: 'Waiting', value: endpoint.owed, unit: 'to be delivered', href: `${base}?state=owed` },
          { label: 'Given up', value: endpoint.failed, unit: 'after ten attempts', href: `${base}?state=failed` },
          {
            label: 'Last delivered',
            value: endpoint.lastSentAt ? moment(endpoint.lastSentAt, reader) : '–',
            ...(endpoint.lastSentAt ? { exact: exactMoment(endpoint.lastSentAt, reader) } : {}),
          },
        ]}
      />
    </>
  );
};
