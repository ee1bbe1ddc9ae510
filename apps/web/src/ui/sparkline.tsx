import { cx } from './cx.ts';
import { sparkPath } from './sparkline-path.ts';
import { tones, type Tone } from './tone.ts';

/**
 * Thirteen weeks on the account's own normal. `ratios` are weekly usage over own normal (see `sparkPath`).
 * The row says the same in words, so it is silent unless `label` is given.
 */
export const Sparkline = ({
  ratios,
  normal,
  tone = 'quiet',
  width = 90,
  height = 32,
  label,
  className,
}: {
  ratios: readonly (number | null)[];
  /** The own-normal band as ratios around 1. */
  normal?: readonly [number, number];
  /** Colour of the dot at the end: the segment's. */
  tone?: Tone;
  width?: number;
  height?: number;
  label?: string;
  className?: string;
}) => {
  const { d, end, band } = sparkPath(ratios, width, height, normal);
  return (
    <svg
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      className={cx('overflow-visible', className)}
      {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
    >
      <rect x="0" y={band.y} width={width} height={band.height} rx="1" className="fill-(--spark-band,var(--chart-band))" />
      <path d={d} fill="none" stroke="var(--text-2)" strokeWidth="1.4" strokeLinejoin="round" strokeLinecap="round" />
      {end && <circle cx={end.x} cy={end.y} r="2.4" fill={tones[tone].colour} />}
    </svg>
  );
};
