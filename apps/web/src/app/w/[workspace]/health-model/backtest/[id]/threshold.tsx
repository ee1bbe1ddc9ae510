import { type BacktestSummary, type Confusion, confusionAt } from '@tideline/domain/backtest';
import { parseAsInteger, throttle, useQueryState } from 'nuqs';
import type { Amounts } from '../../../../../../ui/amount.ts';
import { cx } from '../../../../../../ui/cx.ts';
import { counted, percent } from '../../../../../../ui/format.ts';
import { SectionTitle } from '../../../../../../ui/page-header.tsx';
import { Slider } from '../../../../../../ui/slider.tsx';
import { RowHead, Table, Tbody, Td, Th, Thead, Tr } from '../../../../../../ui/table.tsx';

type Props = { byHealth: BacktestSummary['byHealth']; atRiskBelow: number; horizon: number; amounts: Amounts };

/** What an alarm below any health would have caught; the place of the slider is in the address. */
export const Threshold = ({ byHealth, atRiskBelow, horizon, amounts }: Props) => {
  const start = Math.round(atRiskBelow);
  const [wanted, setAt] = useQueryState('below', parseAsInteger.withDefault(start).withOptions({ limitUrlUpdates: throttle(300) }));
  const at = Math.min(100, Math.max(0, wanted));
  const confusion = confusionAt(byHealth, at);
  return (
    <section aria-label="An alarm at another health">
      <SectionTitle
        title={<span className="whitespace-nowrap">An alarm below health {at}</span>}
        sub={at === start ? 'where this model’s at-risk band ends' : `this model’s at-risk band ends at ${start}`}
      />
      <p className="max-w-[88ch] text-text-2">{confusion.alarmed === 0 ? 'No account was that low on any of the days.' : thresholdWords(confusion, horizon)}</p>
      <Slider className="mt-3 max-w-160" label="Alarm below health" value={at} published={start} onChange={(value) => void setAt(value)} />
      <div aria-hidden className="relative mt-1 h-4 max-w-160 text-12 text-text-3 tabular-nums">
        {[0, 25, 50, 75, 100].map((tick) => (
          <span key={tick} className={cx('absolute', tick === 100 ? '-translate-x-full' : tick > 0 && '-translate-x-1/2')} style={{ left: `${tick}%` }}>
            {tick}
          </span>
        ))}
      </div>
      <div className="mt-4 grid gap-x-14 gap-y-6 side:grid-cols-2">
        <ConfusionTable confusion={confusion} at={at} />
        <Money confusion={confusion} amounts={amounts} />
      </div>
    </section>
  );
};

/** `It would have rung 40 times, 18 of them right: it caught 18 of the 25 that left, and missed 7.` */
export const thresholdWords = ({ alarmed, caught, missed }: Confusion, horizon: number): string =>
  `It would have rung ${counted(alarmed, 'time')}, rightly ${counted(caught, 'time')}: of the ${(caught + missed).toLocaleString('en-US')} that then went silent for ${horizon} days it would have caught ${percent(caught + missed === 0 ? null : caught / (caught + missed))}. An account counts once for each day it was scored on.`;

const ConfusionTable = ({ confusion, at }: { confusion: Confusion; at: number }) => {
  const { alarmed, caught, falseAlarms, missed, passed } = confusion;
  const whole = (n: number) => n.toLocaleString('en-US');
  return (
    <Table caption={`What an alarm below ${at} would have done`}>
      <Thead>
        <Tr>
          <Th>Health on the day</Th>
          <Th right>Left</Th>
          <Th right>Stayed</Th>
          <Th right className="max-sm:hidden">
            All
          </Th>
        </Tr>
      </Thead>
      <Tbody>
        <Tr>
          <RowHead>Below {at}: alarmed</RowHead>
          <Td right>
            <span className="text-12 text-text-3">caught</span> <b>{whole(caught)}</b>
          </Td>
          <Td right>
            <span className="text-12 text-text-3">false alarms</span> {whole(falseAlarms)}
          </Td>
          <Td right className="max-sm:hidden">
            {whole(alarmed)}
          </Td>
        </Tr>
        <Tr>
          <RowHead>{at} and over: no alarm</RowHead>
          <Td right>
            <span className="text-12 text-text-3">missed</span> {whole(missed)}
          </Td>
          <Td right>
            <span className="text-12 text-text-3">rightly quiet</span> {whole(passed)}
          </Td>
          <Td right className="max-sm:hidden">
            {whole(missed + passed)}
          </Td>
        </Tr>
      </Tbody>
    </Table>
  );
};

const Money = ({ confusion: { caughtPerAlarm, lostCaught, lostAll }, amounts }: { confusion: Confusion; amounts: Amounts }) => {
  const what = amounts.unit === null ? 'Revenue' : `Usage (${amounts.unit})`;
  return (
    <dl className="grid content-start gap-y-2">
      <Figure
        label={`${what} caught per alarm`}
        value={amounts.short(caughtPerAlarm)}
        exact={amounts.exact(caughtPerAlarm)}
        words="what alarmed accounts then lost, shared over all alarms, false ones too"
      />
      <Figure
        label={`${what} caught of all that was lost`}
        value={lostAll === 0 ? '–' : percent(lostCaught / lostAll)}
        exact={`${amounts.exact(lostCaught)} of ${amounts.exact(lostAll)}`}
        words={`${amounts.short(lostCaught)} of ${amounts.short(lostAll)}, by accounts that left and by those that only shrank`}
      />
    </dl>
  );
};

const Figure = ({ label, value, exact, words }: { label: string; value: string; exact: string; words: string }) => (
  <div>
    <dt className="text-12 text-text-2">{label}</dt>
    <dd className="text-20 tabular-nums" title={exact}>
      {value} <small className="text-12 font-medium text-text-3">{words}</small>
    </dd>
  </div>
);
