import type { AccountPages } from '@tideline/contracts/account-page';
import { daysBetween, type Day } from '@tideline/domain/calendar';
import Link from 'next/link';
import type { ReactNode } from 'react';
import type { Amounts } from '../../../../../ui/amount.ts';
import { CommitmentBar, type Pace } from '../../../../../ui/commitment-bar.tsx';
import { cx } from '../../../../../ui/cx.ts';
import { Delta } from '../../../../../ui/delta.tsx';
import { fixed, NONE, nearDay, percent, shortDay, type Reader } from '../../../../../ui/format.ts';
import { bandLooks } from '../../../../../ui/segment-mark.tsx';
import { tones } from '../../../../../ui/tone.ts';
import { mostOf, spanOf } from './span.ts';

const PACES: readonly Pace[] = ['under', 'watch', 'on_plan', 'fast'];
const MONTH = 28;
export const paceOf = (state: string | null): Pace => PACES.find((pace) => pace === state) ?? 'on_plan';

type Account = AccountPages['Page'];
type Judged = AccountPages['Judgement'];
type Cell = { label: string; value: ReactNode; unit?: ReactNode; foot?: ReactNode; href: string; exact?: string };
type Props = { account: Account; judged: Judged; amounts: Amounts; reader: Reader; workspace: string };

const health = ({ account, judged, reader }: Props): Cell => {
  const span = spanOf(account.moved, MONTH);
  const change = span ? span.to.health - span.from.health : null;
  return {
    label: account.held ? 'Health, held' : judged.provisional ? 'Health, provisional' : 'Health',
    value: (
      <span className={judged.band ? tones[bandLooks[judged.band].tone].text : 'text-text-3'}>{judged.health === null ? NONE : Math.round(judged.health)}</span>
    ),
    unit:
      span && change !== null && Math.round(change) !== 0 ? (
        <Delta value={change}>{`${fixed(Math.abs(change), 0)} since ${shortDay(span.from.day as Day, reader)}`}</Delta>
      ) : (
        'of 100'
      ),
    foot: footOf(span, judged.health, reader),
    href: '#why',
  };
};

const footOf = (span: ReturnType<typeof spanOf>, score: number | null, reader: Reader): string => {
  if (span) return mostOf(span) ?? `About as it was on ${shortDay(span.from.day as Day, reader)}`;
  return score === null ? 'Judged after two weeks, or its first usage' : 'No score of an earlier day yet';
};

const runRate = ({ judged, amounts }: Props): Cell => ({
  label: 'Run rate, a year',
  value: amounts.short(judged.runRate),
  unit: judged.runRateChange28 === null ? amounts.unit : <Delta value={judged.runRateChange28}>{`${percent(Math.abs(judged.runRateChange28))} in 28 d`}</Delta>,
  foot: judged.runRateYearAgo ? `${amounts.short(judged.runRateYearAgo)} a year ago` : 'At the rate of the last 28 days',
  href: '#usage',
  ...(judged.runRate ? { exact: `${amounts.exact(judged.runRate)} a year` } : {}),
});

const ordinal = (n: number): string => `${n}${['th', 'st', 'nd', 'rd'][n % 100 > 10 && n % 100 < 14 ? 0 : n % 10] ?? 'th'}`;

const stake = ({ account, judged, amounts, workspace }: Props): Cell => {
  const book = account.owner
    ? `${account.owner.name.split(' ')[0]}’s ${judged.stakePlace?.of ?? ''} accounts`
    : `${judged.stakePlace?.of ?? ''} without an owner`;
  return {
    label: 'At stake, 90 days',
    value: amounts.short(judged.stake),
    unit: judged.pSilent === null ? null : `${percent(judged.pSilent)} likely to go silent`,
    foot: judged.stakePlace ? `${ordinal(judged.stakePlace.place)} of ${book}` : null,
    href: `/w/${workspace}/triage?tab=all&group=none&owner=${account.owner?.id ?? 'unassigned'}&account=${account.id}`,
    exact: amounts.exact(judged.stake),
  };
};

const commitment = ({ account, amounts, reader }: Props): Cell[] => {
  const held = account.commitment;
  if (held?.burned == null) return [];
  return [
    {
      label: `Commitment, to ${shortDay(held.end as Day, reader)}`,
      value: percent(held.burned),
      unit: `of ${amounts.short(held.amount)}, plan ${percent(held.elapsed)}`,
      foot: <CommitmentBar bare used={held.burned} plan={held.elapsed} pace={paceOf(held.state)} className="mt-2" />,
      href: '#commitment',
      exact: `${amounts.exact(held.consumed)} of ${amounts.exact(held.amount)}`,
    },
  ];
};

const next = ({ account, judged, reader }: Props): Cell => {
  const task = account.tasks.find(({ state }) => state === 'open');
  const late = task?.dueDay ? daysBetween(reader.today, task.dueDay as Day) <= 0 : false;
  return {
    label: 'Next step',
    value: <span className="line-clamp-2 text-13 font-semibold whitespace-normal">{task?.title ?? judged.nextAction}</span>,
    foot: task?.dueDay ? <span className={cx(late && 'text-risk-text')}>Due {nearDay(task.dueDay as Day, reader)}</span> : task ? 'No due day' : null,
    href: '#tasks',
  };
};

/** Where it stands, in a row of figures; each opens what it is made of. */
export const Glance = (props: Props) => {
  // What is not live is not in triage: nothing is at stake there, and nobody has to do anything.
  const isLive = props.account.status === 'live';
  const cells = [health(props), runRate(props), ...(isLive ? [stake(props)] : []), ...commitment(props), ...(isLive ? [next(props)] : [])];
  return (
    <section aria-label="At a glance" className="grid grid-cols-2 border-y border-line lg:mx-gutter lg:grid-flow-col lg:auto-cols-fr lg:grid-cols-none">
      {cells.map((cell, index) => (
        <Link
          key={cell.label}
          href={cell.href}
          prefetch={false}
          className={cx(
            'moves block min-w-0 px-4 py-2.5 hover:bg-bg-hover focus-visible:-outline-offset-2 lg:border-l lg:first:border-l-0 lg:first:pl-0 lg:hover:first:bg-transparent',
            index % 2 === 1 && 'max-lg:border-l',
            index > 1 && 'max-lg:border-t',
            index === cells.length - 1 && index % 2 === 0 && 'max-lg:col-span-2',
          )}
        >
          <span className="block truncate text-12 text-text-2">{cell.label}</span>
          <span className="flex items-baseline gap-x-2 text-20 tabular-nums max-sm:flex-wrap" title={cell.exact}>
            <span className="whitespace-nowrap">{cell.value}</span>
            {cell.unit && <small className="min-w-0 truncate text-12 font-medium text-text-3">{cell.unit}</small>}
          </span>
          {cell.foot && <span className="block text-12 text-text-2">{cell.foot}</span>}
        </Link>
      ))}
    </section>
  );
};
