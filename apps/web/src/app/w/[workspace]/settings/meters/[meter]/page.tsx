import { asOfDay } from '@tideline/domain/as-of';
import type { Day } from '@tideline/domain/calendar';
import { may } from '@tideline/domain/role';
import { latest } from '@tideline/engine/event';
import { list, listPrices } from '@tideline/engine/meter';
import { list as runs } from '@tideline/engine/run';
import { settings } from '@tideline/engine/workspace';
import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { meterColour } from '../../../../../../charts/prepare-meters.ts';
import { composed } from '../../../../../../composed.ts';
import { readerOf } from '../../../../../../lib/reader.ts';
import { whoIs } from '../../../../../../lib/who.ts';
import { PageHeader, SectionTitle } from '../../../../../../ui/page-header.tsx';
import { MeterEditor } from '../meter-editor.tsx';
import { meterForm } from '../meter-shape.ts';
import { runsByMeter } from '../refill.ts';
import { MeterActions } from './meter-actions.tsx';
import { MeterSummary } from './meter-summary.tsx';
import { Prices } from './prices.tsx';

export const metadata: Metadata = { title: 'Meter' };

export default async function MeterPage({ params }: { params: Promise<{ workspace: string; meter: string }> }) {
  const { workspace, meter: id } = await params;
  const who = await whoIs(workspace);
  const { deps } = composed();
  const [meters, work, place] = await Promise.all([list(deps, who), runs(deps, who), settings(deps, who)]);
  const index = meters.findIndex((one) => one.id === id);
  const meter = meters[index];
  if (!meter) return notFound();
  const mayWrite = may(who.role, 'meter.write') && !meter.archived;
  const [prices, events, reader] = await Promise.all([listPrices(deps, who, id), mayWrite ? latest(deps, who, { limit: 100 }) : [], readerOf(place.timezone)]);
  const { countsActivity, ...definition } = meter.next?.definition ?? meter.definition;
  const version = meter.next?.version ?? meter.version;
  return (
    <>
      <PageHeader
        title={
          <span className="flex items-center gap-2">
            <i aria-hidden className="size-2.5 flex-none rounded-[3px]" style={{ background: meterColour(index) }} />
            {meter.name}
          </span>
        }
        meta={meter.key}
        crumbs={
          <>
            <Link href={`/w/${workspace}/settings/meters`} className="door">
              Meters and prices
            </Link>
            /
          </>
        }
        actions={mayWrite && <MeterActions workspace={workspace} meter={meter} refill={runsByMeter(work)[id]} />}
      />
      <MeterSummary workspace={workspace} meter={meter} refill={runsByMeter(work)[id]} currency={place.currency} reader={reader} />
      <div className="flex flex-col gap-10 px-4 py-6 lg:px-6">
        <Prices
          workspace={workspace}
          meter={meter}
          prices={prices}
          currency={place.currency}
          asOf={asOfDay({ timezone: place.timezone, asOfPin: place.asOfPin as Day | null }, deps.now())}
          mayWrite={mayWrite}
          reader={reader}
        />
        {mayWrite ? (
          <MeterEditor
            key={version}
            workspace={workspace}
            meter={{
              id,
              version,
              measuring: meter.version,
              form: meterForm({ ...definition, name: meter.name, key: meter.key, unit: meter.unit, countsAsActivity: countsActivity }),
            }}
            events={events}
            reader={reader}
          />
        ) : (
          <section>
            <SectionTitle title="What it measures" />
            <p className="max-w-[72ch] text-text-2">{meter.words}</p>
          </section>
        )}
      </div>
    </>
  );
}
