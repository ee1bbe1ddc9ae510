import type { AccountPages } from '@tideline/contracts/account-page';
import { roundParts } from '@tideline/domain/rounding';
import { EarnedBar } from '../../../../../charts/bars.tsx';
import { fixed } from '../../../../../ui/format.ts';
import { SectionTitle } from '../../../../../ui/page-header.tsx';

/** The score opened into its own arithmetic: earned less removed is what is shown, to the printed digit. */
export const Why = ({ judgement }: { judgement: AccountPages['Judgement'] | null }) => {
  const why = judgement?.breakdown;
  if (!judgement || !why) return null;
  const removed = why.removed.filter(({ points }) => points > 0.05);
  const points = roundParts([...why.parts.map((part) => part.earned), ...removed.map((part) => -part.points)], 1, why.shown);
  return (
    <section>
      <SectionTitle title={`Why the score is ${Math.round(why.shown)}`} aside={`Model v${judgement.modelVersion}`} />
      <ul className="mt-2">
        {why.parts.map((part, index) => (
          <li
            key={part.key}
            className="grid grid-cols-[8rem_minmax(0,1fr)] items-center gap-x-4 gap-y-1 border-b border-line py-2 sm:grid-cols-[8rem_9rem_6rem_minmax(0,1fr)]"
          >
            <span>
              {part.label}
              <span className="block text-12 text-text-3">{part.hint}</span>
            </span>
            <EarnedBar earned={part.earned} possible={part.weight} />
            <span className="text-right tabular-nums">
              <b>{fixed(points[index] ?? 0, 1)}</b> <span className="text-text-3">of {fixed(part.weight, 1)}</span>
            </span>
            <span className="text-text-2 max-sm:col-span-2">{part.sentence}</span>
          </li>
        ))}
        {removed.map((part, index) => (
          <li
            key={part.key}
            className="grid grid-cols-[8rem_minmax(0,1fr)] items-center gap-x-4 border-b border-line py-2 sm:grid-cols-[8rem_9rem_6rem_minmax(0,1fr)]"
          >
            <span>{part.label}</span>
            <EarnedBar earned={-part.points} possible={0} />
            <b className="text-right text-risk-text tabular-nums">{fixed(points[why.parts.length + index] ?? 0, 1, { signed: true })}</b>
            <span className="text-text-2 max-sm:col-span-2">{part.sentence}</span>
          </li>
        ))}
      </ul>
      <p className="flex gap-4 py-2">
        <b>Health {fixed(why.shown, 1)}</b>
        <span className="text-text-2">{why.band}</span>
      </p>
    </section>
  );
};
