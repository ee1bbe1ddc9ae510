import type { AccountPages } from '@tideline/contracts/account-page';
import type { Day } from '@tideline/domain/calendar';
import { Chip } from '../../../../../ui/chip.tsx';
import { CommitmentBar } from '../../../../../ui/commitment-bar.tsx';
import { exactMoney, fixed, money, nearDay, percent, type Reader } from '../../../../../ui/format.ts';
import { MetricStrip, type Metric } from '../../../../../ui/metric-strip.tsx';
import { SegmentChip } from '../../../../../ui/segment-mark.tsx';
import { Sentence } from '../../../../../ui/sentence.tsx';

const PACES = ['under', 'watch', 'on_plan', 'fast'] as const;
type Account = AccountPages['Page'];
type Judged = AccountPages['Judgement'];

/** Health now against the close of four weeks before; null without both. */
const change28 = ({ history, judgement }: Account): number | null => {
  const before = history.at(-29)?.health;
  return before === null || before === undefined || judgement?.health == null ? null : judgement.health - before;
};

const metricsOf = (account: Account, judged: Judged): Metric[] => {
  const { currency } = account;
  const moved = change28(account);
  return [
    {
      label: judged.provisional ? 'Health, provisional' : 'Health',
      value: judged.health === null ? '–' : Math.round(judged.health),
      unit: moved === null ? 'of 100' : `${fixed(moved, 0, { signed: true })} in 28 d`,
    },
    {
      label: 'Run rate',
      value: money(judged.runRate, currency),
      unit: judged.runRateChange28 === null ? 'a year' : `${percent(judged.runRateChange28, 0, { signed: true })} in 28 d`,
      ...(judged.runRate ? { exact: exactMoney(judged.runRate, currency) } : {}),
    },
    {
      label: 'At stake, 90 days',
      value: money(judged.stake, currency),
      unit: judged.pSilent === null ? '' : `${percent(judged.pSilent)} likely to go silent`,
      exact: exactMoney(judged.stake, currency),
    },
    ...(account.commitment?.burned == null
      ? []
      : [
          {
            label: 'Commitment',
            value: percent(account.commitment.burned),
            unit: `of ${money(account.commitment.amount, currency)}, plan ${percent(account.commitment.elapsed)}`,
          },
        ]),
  ];
};

/** Who they are, where they stand and why, in one look. */
export const Headline = ({ account, reader }: { account: Account; reader: Reader }) => {
  const { judgement, commitment } = account;
  const about = [
    account.owner?.name ?? 'nobody owns it',
    account.industry,
    account.plan,
    account.region,
    `customer since ${nearDay(account.customerSince as Day, reader)}`,
  ];
  return (
    <>
      <div className="flex flex-col gap-1 px-4 pt-5 pb-4 lg:px-gutter">
        <div className="flex flex-wrap items-center gap-2">
          {judgement && <SegmentChip segment={judgement.segment} suffix={`since ${nearDay(judgement.segmentSince as Day, reader)}`} />}
          {account.status !== 'live' && <Chip>{account.status}</Chip>}
          {judgement?.badges.map((badge) => (
            <Chip key={badge.label}>{badge.label}</Chip>
          ))}
          <span className="text-12 text-text-3">{about.filter(Boolean).join(' · ')}</span>
        </div>
        {judgement && <p className="order-last font-semibold">{judgement.nextAction}</p>}
        <p>{judgement ? <Sentence parts={judgement.reason} /> : 'Not judged yet: it has sent no usage, or the first day is not closed.'}</p>
      </div>
      {judgement && <MetricStrip label="At a glance" metrics={metricsOf(account, judgement)} className="border-t" />}
      {commitment?.burned != null && (
        <div className="px-4 pt-4 lg:px-gutter">
          <CommitmentBar used={commitment.burned} plan={commitment.elapsed} pace={PACES.find((pace) => pace === commitment.state) ?? 'on_plan'} />
        </div>
      )}
    </>
  );
};
