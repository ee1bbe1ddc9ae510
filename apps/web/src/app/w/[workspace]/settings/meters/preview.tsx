'use client';
import type { Day } from '@tideline/domain/calendar';
import type { MeterDefinition } from '@tideline/domain/meter';
import { LinePlot } from '../../../../../charts/line-plot.tsx';
import { preparePreview } from '../../../../../charts/prepare-preview.ts';
import { cx } from '../../../../../ui/cx.ts';
import { counted, exactQuantity, percent, quantity, shortDay, type Reader } from '../../../../../ui/format.ts';
import { SectionTitle } from '../../../../../ui/page-header.tsx';
import { usePreview, type MeterPreview } from './use-preview.ts';

type Props = {
  workspace: string;
  definition: MeterDefinition;
  /** The meter that is changed. */
  changes?: { id: string; version: number; measuring: number };
  reader: Reader;
};

/** What the definition would have counted over the last 90 days, beside what the version in force did; follows the form. */
export const Preview = ({ workspace, definition, changes, reader }: Props) => {
  const { preview, problem, state } = usePreview(workspace, definition, changes?.id);
  return (
    <section aria-busy={state === 'asking'}>
      <SectionTitle title="The last 90 days" sub={state === 'asking' ? 'counting…' : 'what it would have counted'} />
      {state === 'incomplete' ? (
        <p className="text-text-2">Once the definition is complete, the stored events are counted with it here.</p>
      ) : (
        <div className={cx('min-h-64 transition-opacity duration-(--fast)', state === 'asking' && 'opacity-50')}>
          {problem !== null && <p className="text-text-2">{problem}</p>}
          {preview && <Counted preview={preview} unit={definition.unit} changes={changes} reader={reader} />}
        </div>
      )}
    </section>
  );
};

type CountedProps = { preview: MeterPreview; unit: string; changes: Props['changes'] | undefined; reader: Reader };

const Counted = ({ preview, unit, changes, reader }: CountedProps) => {
  const same = preview.days.every(({ quantity: would, present }) => present === null || would === present);
  const labels = { quantity: 'As defined here', present: `Version ${changes?.measuring ?? 0}` };
  const plot = preparePreview({
    days: preview.days.map(({ day, quantity: would, present }) => ({
      day: day as Day,
      quantity: would === null ? null : Number(would),
      present: present === null || same ? null : Number(present),
    })),
    labels,
    unit,
    reader,
  });
  return (
    <>
      <dl className="mt-1 flex flex-wrap gap-x-6 gap-y-1">
        <Figure label="In all" value={quantity(preview.total)} unit={unit} exact={exactQuantity(preview.total)} />
        <Figure label="Accounts" value={exactQuantity(preview.accounts)} />
        <Figure label="Usage days" value={exactQuantity(preview.activeDays)} />
      </dl>
      {plot && (
        <div className="mt-2">
          <LinePlot plot={plot} label="What it would have counted, by day" height={168} left={40} />
        </div>
      )}
      {preview.presentTotal !== null && changes && <Against preview={preview} same={same} version={changes.measuring} unit={unit} />}
      <Basis preview={preview} reader={reader} />
    </>
  );
};

const Figure = ({ label, value, unit, exact }: { label: string; value: string; unit?: string; exact?: string }) => (
  <div>
    <dt className="text-12 text-text-3">{label}</dt>
    <dd className="font-semibold tabular-nums" title={exact}>
      {value}
      {unit && <span className="text-12 font-normal text-text-3"> {unit}</span>}
    </dd>
  </div>
);

/** How the definition compares with the version that measures. */
const Against = ({ preview, same, version, unit }: { preview: MeterPreview; same: boolean; version: number; unit: string }) => {
  if (same) return <p className="mt-2 text-text-2">The same as version {version} counts, which measures now.</p>;
  // A hundredth or ten times as much is another unit: a percentage says nothing there.
  const times = Number(preview.total) / Number(preview.presentTotal);
  return (
    <p className="mt-2 text-text-2">
      <i aria-hidden className="mr-1.5 inline-block w-4 border-t border-dashed border-chart-compare align-middle" />
      Version {version}, which measures now: {quantity(preview.presentTotal)} {unit}
      {times >= 0.01 && times <= 10 && `, so ${percent(times - 1, 1, { signed: true })} in all`}.
    </p>
  );
};

/** What the figures are made of, and what they leave out. */
const Basis = ({ preview, reader }: { preview: MeterPreview; reader: Reader }) => {
  const { events, counted: added, looked, days } = preview;
  const kept = days.find(({ quantity: would }) => would !== null);
  return (
    <p className="mt-2 text-12 text-text-3">
      {events === 0 ? 'No event of this name in 90 days.' : `Counts ${exactQuantity(added)} of ${counted(events, 'event')} of this name.`}
      {events > added && ' The others are left out by the conditions or carry no figure to read.'}
      {looked.accounts < looked.of &&
        ` There are too many to count all while you wait: these are ${exactQuantity(looked.accounts)} of ${counted(looked.of, 'account')}, drawn at random.`}
      {kept && kept !== days[0] && ` Before ${shortDay(kept.day as Day, reader)} no events are kept.`}
    </p>
  );
};
