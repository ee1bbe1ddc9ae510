import type { AccountPages } from '@tideline/contracts/account-page';
import { roundParts } from '@tideline/domain/rounding';
import Link from 'next/link';
import { EarnedBar } from '../../../../../charts/bars.tsx';
import { fixed, percent } from '../../../../../ui/format.ts';
import type { Amounts } from '../../../../../ui/amount.ts';
import { Healthier } from './healthier.tsx';
import { SectionTitle } from '../../../../../ui/page-header.tsx';

type Judged = AccountPages['Judgement'];
type Held = AccountPages['Page']['held'];
const line =
  'grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-4 gap-y-1 border-b border-line py-2 sm:grid-cols-[11rem_7rem_6.5rem_minmax(0,1fr)] sm:items-center';

/** The score opened into its own arithmetic: earned less removed is what is shown, to the printed digit. `modelHref` where the reader may see the model. */
export const Why = ({ judgement, held, modelHref, amounts }: { judgement: Judged; held: Held; modelHref: string | null; amounts: Amounts }) => {
  const why = judgement.breakdown;
  if (!why) return <NoScore judgement={judgement} held={held} />;
  const points = roundParts([...why.parts.map((part) => part.earned), ...why.removed.map((part) => -part.points)], 1, why.shown);
  // Bars share one scale: the largest component takes the whole width.
  const scale = 100 / Math.max(1, ...why.parts.map((part) => part.weight), ...why.removed.map((part) => part.points));
  return (
    <section id="why" className="scroll-mt-14">
      <SectionTitle
        title={`Why the score is ${Math.round(why.shown)}`}
        aside={<Model version={judgement.modelVersion} profile={judgement.profile} href={modelHref} />}
      />
      <Stamp held={held} />
      <ul className="mt-2">
        {why.parts.map((part, index) => (
          <li key={part.key} className={line}>
            <Name label={part.label} hint={part.hint} />
            <EarnedBar earned={part.earned * scale} possible={part.weight * scale} className="max-sm:order-3 max-sm:col-span-2" />
            <span className="text-right whitespace-nowrap tabular-nums">
              {part.component === null ? (
                <span className="text-text-3">no data</span>
              ) : (
                <>
                  <b>{fixed(points[index] ?? 0, 1)}</b> <span className="text-text-3">of {fixed(part.weight, 1)}</span>
                </>
              )}
            </span>
            <span className="text-text-2 max-sm:order-4 max-sm:col-span-2">{part.sentence}</span>
          </li>
        ))}
        {why.removed.map((part, index) => (
          <li key={part.key} className={line}>
            <Name label={part.label} hint="points removed" />
            <EarnedBar earned={-part.points * scale} possible={0} className="max-sm:order-3 max-sm:col-span-2" />
            <b className="text-right text-risk-text tabular-nums">{fixed(points[why.parts.length + index] ?? 0, 1, { signed: true })}</b>
            <span className="text-text-2 max-sm:order-4 max-sm:col-span-2">{part.sentence}</span>
          </li>
        ))}
        <li className={`${line} border-b-0`}>
          <b className="sm:col-span-2">Health</b>
          <b className="text-right tabular-nums">{fixed(why.shown, 1)}</b>
          <span className="text-text-2 max-sm:col-span-2">{why.band}</span>
        </li>
      </ul>
      <Odds judgement={judgement} amounts={amounts} />
      <Healthier changes={judgement.healthier} />
    </section>
  );
};

/** It is opened as it stood before a fault of the data held it. */
const Stamp = ({ held }: { held: Held }) =>
  held && (
    <p className="mt-1 max-w-[88ch] text-text-2">
      <b className="text-text">{held.stamp}</b>: {held.because}. What follows is from before.
    </p>
  );

/** What is likely of the next 90 days; contraction and expansion once the workspace's own past can say. */
const Odds = ({ judgement: { pSilent, odds }, amounts }: { judgement: Judged; amounts: Amounts }) => {
  const told = [
    { label: 'goes silent', share: pSilent },
    { label: 'shrinks by half', share: odds.contraction },
    { label: 'grows by a fifth', share: odds.expansion },
  ].filter((one): one is { label: string; share: number } => one.share !== null);
  if (told.length === 0) return null;
  return (
    <p className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-text-2">
      <span>Within 90 days it</span>
      {told.map(({ label, share }) => (
        <span key={label}>
          {label} <b className="text-text tabular-nums">{percent(share)}</b>
        </span>
      ))}
      {odds.upside !== null && Number(odds.upside) >= 1 && (
        <span title={amounts.exact(odds.upside)}>
          growth worth <b className="text-text tabular-nums">{amounts.short(odds.upside)}</b>
        </span>
      )}
    </p>
  );
};

const Name = ({ label, hint }: { label: string; hint: string }) => (
  <span className="min-w-0">
    {label}
    <span className="block text-12 text-text-3">{hint}</span>
  </span>
);

const Model = ({ version, profile, href }: { version: number; profile: string | null; href: string | null }) => {
  const words = `Model v${version}${profile === null ? '' : `, ${profile}`}`;
  return href ? (
    <Link href={href} className="door">
      {words}
    </Link>
  ) : (
    <span>{words}</span>
  );
};

const words = {
  waiting: 'It has two weeks to start: no usage is no bad sign yet.',
  never_used: 'It has never been used, so there is nothing to earn points with.',
  idle: 'Nothing for a year: there is no habit left to measure.',
  used: 'There is not enough usage yet to open the score.',
} as const satisfies Record<Judged['state'], string>;

const NoScore = ({ judgement, held }: { judgement: Judged; held: Held }) => (
  <section id="why" className="scroll-mt-14">
    <SectionTitle title={judgement.health === null ? 'No score yet' : `Why the score is ${Math.round(judgement.health)}`} />
    <Stamp held={held} />
    <p className="mt-1 max-w-[72ch] text-text-2">{words[judgement.state]}</p>
  </section>
);
