import type { Month } from '@tideline/domain/calendar';
import { decimal } from '@tideline/domain/money';
import { retentionDefinitions } from '@tideline/domain/retention';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Delta } from '../../../../ui/delta.tsx';
import { counted, exactMoney, fixed, money, NONE, percent } from '../../../../ui/format.ts';
import { hrefOf, type Door } from './address.ts';
import type { Scene } from './scene.ts';
import { monthWords, spanWords } from './words.ts';

type Head = NonNullable<Scene['page']['headline']>;

/** The one number, what it is short of, and the figures beside it; each opens its accounts. */
export const Hero = (scene: Scene) => {
  const { page } = scene;
  const head = page.headline;
  const moved = head?.nrr != null && head.quarterAgo !== null ? (head.nrr - head.quarterAgo) * 100 : null;
  return (
    <section aria-label="Retention">
      <div className="grid items-end gap-x-10 gap-y-5 lg:grid-cols-[auto_minmax(200px,320px)] xl:grid-cols-[auto_minmax(200px,320px)_1fr]">
        <div>
          <p className="text-12 text-text">Net revenue retention</p>
          <p className="flex items-baseline gap-3 text-40 whitespace-nowrap tabular-nums">
            {head ? (
              <Link href={hrefOf(scene.address, { door: { of: 'retention', definition: head.key } })} scroll={false} className="door">
                {percent(head.nrr, 1)}
              </Link>
            ) : (
              NONE
            )}
            {moved !== null && Math.abs(moved) >= 0.05 && (
              <Delta value={moved} className="font-medium tracking-normal text-text-2">
                {fixed(Math.abs(moved), 1)} points in a quarter
              </Delta>
            )}
          </p>
        </div>
        {head && head.nrr !== null && <Target head={head} nrr={head.nrr} target={Number(page.target)} currency={page.currency} />}
        <Figures {...scene} />
      </div>
      <p className="mt-3 max-w-[110ch] text-text-2">{head ? <Sentence {...scene} head={head} /> : <Missing missing={page.missing} />}</p>
    </section>
  );
};

const Missing = ({ missing }: { missing: number }) => (
  <>
    {missing > 0
      ? `${counted(missing, 'full month')} more and there is retention by quarter; 24 full months give the trailing 12.`
      : 'Nobody in the cohort had revenue, so the ratio is not defined.'}
  </>
);

const Sentence = ({ page, address, reader, head }: Scene & { head: Head }) => {
  const later = page.slices.rows.tenure?.find((row) => row.value === 'later');
  const ramps = page.slices.rows.tenure?.find((row) => row.value === 'first_year');
  return (
    <>
      {retentionDefinitions[head.key].label}: <span title={exactMoney(head.now, page.currency)}>{money(head.now, page.currency)}</span> from the{' '}
      {counted(head.cohort, 'account')} that had revenue {head.baseSpan.from === head.baseSpan.to ? 'in' : 'from'} {spanWords(head.baseSpan, reader)}, divided
      by the <span title={exactMoney(head.base, page.currency)}>{money(head.base, page.currency)}</span> they brought then.
      {head.annualised !== null && ` A year of such quarters would be ${percent(head.annualised, 1)}.`}
      {ramps && ramps.cohort > 0 && later && later.cohort > 0 && ` Without accounts that were in their first year: ${percent(later.nrr, 1)}.`}{' '}
      <Link href={hrefOf(address, { door: { of: 'retention', definition: head.key } })} scroll={false} className="door text-accent-text">
        Definition and accounts
      </Link>
    </>
  );
};

/** Where the number stands between what counts as keeping everything and the target. */
const Target = ({ head, nrr, target, currency }: { head: Head; nrr: number; target: number; currency: string }) => {
  const [low, high] = [Math.min(0.85, nrr - 0.05), Math.max(1.3, nrr + 0.05, target + 0.1)];
  const at = (value: number) => ((value - low) / (high - low)) * 100;
  const short = (target - nrr) * 100;
  return (
    <div className="text-12">
      <div aria-hidden className="relative h-9">
        <span className="absolute inset-x-0 bottom-2 h-1 rounded-full bg-bg-track" />
        <span className="absolute bottom-2 left-0 h-1 rounded-full bg-accent" style={{ width: `${at(nrr)}%` }} />
        {short > 0 && (
          <span
            className="absolute bottom-2 h-1 bg-[repeating-linear-gradient(90deg,var(--watch)_0_3px,transparent_3px_6px)]"
            style={{ left: `${at(nrr)}%`, width: `${at(target) - at(nrr)}%` }}
          />
        )}
        <i className="absolute bottom-0.5 h-4 w-px bg-chart-zero" style={{ left: `${at(1)}%` }} />
        <i className="absolute bottom-0.5 h-4 w-0.5 bg-text" style={{ left: `${at(target)}%` }} />
        <span className="absolute top-0 -translate-x-1/2 text-text-3" style={{ left: `${at(1)}%` }}>
          100%
        </span>
        <span className="absolute top-0 -translate-x-1/2 whitespace-nowrap text-text" style={{ left: `${at(target)}%` }}>
          Target {percent(target)}
        </span>
      </div>
      <p className="text-13 text-text-2">
        {Math.abs(short) < 0.05 ? 'On target' : `${fixed(Math.abs(short), 1)} points ${short > 0 ? 'short' : 'above target'}`}
        {head.gap !== null && decimal(head.gap).gt(0) && (
          <>
            : <b className="text-text">{money(head.gap, currency)}</b> more from the same accounts
          </>
        )}
      </p>
    </div>
  );
};

const Figures = ({ page, address, reader }: Scene) => {
  const { headline: head, bridge, growth, concentration, month } = page;
  const door = (open: Door) => hrefOf(address, { door: open });
  const share = growth.points.at(-1)?.share ?? null;
  const cohort = head && door({ of: 'retention', definition: head.key });
  const losses = bridge?.lines.some((line) => line.kind !== 'net_credits' && ['contraction', 'churn'].includes(line.kind) && !decimal(line.amount).isZero());
  return (
    <dl className="flex flex-wrap gap-x-6 gap-y-3 max-xl:col-span-full xl:justify-end max-sm:grid max-sm:grid-cols-2">
      <Figure label="GRR" value={percent(head?.grr, 1)} href={cohort} />
      <Figure label="Logo retention" value={percent(head?.logo, 1)} href={cohort} />
      <Figure
        label="Quick ratio"
        value={bridge ? (bridge.quickRatio === null ? (losses ? NONE : 'no losses') : fixed(bridge.quickRatio, 1)) : NONE}
        title="New, expansion and reactivation, divided by contraction and churn"
      />
      <Figure
        label="Growth from expansion"
        value={percent(share)}
        href={share === null ? null : door({ of: 'expansion', month: month as Month })}
        title={`Of ${monthWords(month, reader)}: expansion over a year ago, against revenue of accounts in their first year`}
      />
      <Figure
        label="Ten largest"
        value={percent(concentration)}
        href={concentration === null ? null : door({ of: 'top' })}
        title="Their share of 12 months' revenue"
      />
    </dl>
  );
};

const Figure = ({ label, value, href, title }: { label: string; value: ReactNode; href?: string | null; title?: string }) => (
  <div title={title}>
    <dt className="text-12 text-text-2">{label}</dt>
    <dd className="font-semibold tabular-nums">
      {href && value !== NONE ? (
        <Link href={href} scroll={false} className="door">
          {value}
        </Link>
      ) : (
        value
      )}
    </dd>
  </div>
);
