import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import { Delta } from './delta.tsx';
import { NONE } from './format.ts';
import { bandLooks, type BandCode } from './segment-mark.tsx';
import { tones } from './tone.ts';

/** Points within seven days from which a change is printed bold. */
const HOT = 10;

/**
 * Health: a gauge that fills like a tide mark, the score in its band's colour, the change in grey.
 * `change` is what is printed; `lately` the change of the last seven days, which decides whether it is bold.
 */
export const BandGauge = ({
  score,
  band,
  change,
  lately = change,
  mark,
  className,
}: {
  /** 0 to 100; null when there is no score. */
  score: number | null;
  band: BandCode | null;
  change?: number | null | undefined;
  lately?: number | null | undefined;
  /** What else is said of it, right after the score. */
  mark?: ReactNode;
  className?: string;
}) => {
  const look = band === null ? null : bandLooks[band];
  const without = look ? undefined : score === null ? 'No score yet' : 'Not enough data for a band';
  const height = score === null ? 0 : Math.min(100, Math.max(0, score));
  return (
    <span className={cx('inline-flex items-center gap-[7px] whitespace-nowrap tabular-nums', className)} title={without}>
      <i aria-hidden className="relative h-5 w-1 flex-none overflow-hidden rounded-full bg-bg-track">
        <i className={cx('absolute inset-x-0 bottom-0', look ? tones[look.tone].fill : 'bg-dormant')} style={{ height: `${height}%` }} />
      </i>
      <b className={cx('min-w-4', look ? tones[look.tone].text : 'text-text-3')}>{score === null ? NONE : Math.round(score)}</b>
      <span className="sr-only">{look ? look.label : without}</span>
      {mark}
      <Delta value={change} hot={Math.abs(lately ?? 0) >= HOT} />
    </span>
  );
};
