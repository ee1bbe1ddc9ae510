import { isAggregation } from '@tideline/domain/meter';
import { may } from '@tideline/domain/role';
import { latest } from '@tideline/engine/event';
import { settings } from '@tideline/engine/workspace';
import type { Metadata } from 'next';
import Link from 'next/link';
import { composed } from '../../../../../../composed.ts';
import { readerOf } from '../../../../../../lib/reader.ts';
import { whoIs } from '../../../../../../lib/who.ts';
import { PageHeader } from '../../../../../../ui/page-header.tsx';
import { NotAllowed } from '../../../not-allowed.tsx';
import { MeterEditor } from '../meter-editor.tsx';
import { meterOf, type SeenEvent, type Start } from '../seen.ts';

export const metadata: Metadata = { title: 'New meter' };

type Asked = Partial<Record<'event' | 'aggregation' | 'valueField', string | string[]>>;
type Props = {
  params: Promise<{ workspace: string }>;
  /** `event`: the name of an event to count; the others how, where it is known. */ searchParams: Promise<Asked>;
};

const startOf = ({ event, aggregation, valueField }: Asked, events: readonly SeenEvent[]): Start | null => {
  if (typeof event !== 'string' || event === '') return null;
  if (typeof aggregation !== 'string' || !isAggregation(aggregation)) return meterOf(events, event);
  return { eventName: event, aggregation, valueField: typeof valueField === 'string' && valueField !== '' ? valueField : null };
};

export default async function NewMeterPage({ params, searchParams }: Props) {
  const [{ workspace }, asked] = await Promise.all([params, searchParams]);
  const who = await whoIs(workspace);
  if (!may(who.role, 'meter.write')) return <NotAllowed title="New meter" permission="meter.write" />;
  const { deps } = composed();
  const named = typeof asked.event === 'string' ? asked.event : null;
  const [newest, own, { timezone }] = await Promise.all([
    latest(deps, who, { limit: 100 }),
    named === null ? [] : latest(deps, who, { event: named, limit: 100 }),
    settings(deps, who),
  ]);
  const events = [...own, ...newest.filter(({ event }) => event !== named)];
  const start = startOf(asked, events);
  return (
    <>
      <PageHeader
        title="New meter"
        crumbs={
          <>
            <Link href={`/w/${workspace}/settings/meters`} className="door">
              Meters and prices
            </Link>
            /
          </>
        }
      />
      <div className="px-4 py-6 lg:px-6">
        <MeterEditor workspace={workspace} {...(start ? { counting: start } : {})} events={events} reader={await readerOf(timezone)} />
      </div>
    </>
  );
}
