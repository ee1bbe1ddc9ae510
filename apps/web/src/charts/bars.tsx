import Link from 'next/link';
import type { ReactNode } from 'react';
import { cx } from '../ui/cx.ts';
import { tones, type Tone } from '../ui/tone.ts';

const clamp = (value: number) => Math.min(100, Math.max(0, value));

/** A bar either side of a line, for a table cell. `share` is −100 to 100 of the column's largest; `zero` where the line stands, percent. The number stands beside it in words. */
export const DivergingBar = ({ share, zero = 50, className }: { share: number; zero?: number; className?: string }) => {
  const room = share < 0 ? zero : 100 - zero;
  const width = (clamp(Math.abs(share)) / 100) * room;
  return (
    <span aria-hidden className={cx('relative block h-2', className)}>
      <i
        className={cx('absolute inset-y-0 rounded-[1px]', share < 0 ? 'bg-risk' : 'bg-healthy', share !== 0 && 'min-w-0.5')}
        style={share < 0 ? { right: `${100 - zero}%`, width: `${width}%` } : { left: `${zero}%`, width: `${width}%` }}
      />
      <i className="absolute -inset-y-1 w-px bg-chart-zero" style={{ left: `${zero}%` }} />
    </span>
  );
};

/**
 * One component of the score: the length is what it can earn, solid is earned, hatched is missed, red is taken away.
 * All three in percent of the largest component, so lengths compare between rows.
 */
export const EarnedBar = ({ earned, possible, className }: { earned: number; possible: number; className?: string }) => (
  <span aria-hidden className={cx('relative block h-3', className)}>
    {earned < 0 ? (
      <i className="absolute inset-y-0 left-0 rounded-[2px] bg-risk" style={{ width: `${clamp(-earned)}%` }} />
    ) : (
      <>
        <i className="absolute inset-y-0 left-0 rounded-l-[2px] bg-text-2" style={{ width: `${clamp(earned)}%` }} />
        {possible > earned && (
          <i
            className="absolute inset-y-0 rounded-r-[2px] border border-l-0 border-line-control bg-[repeating-linear-gradient(135deg,transparent_0_3px,var(--bg-track)_3px_5px)]"
            style={{ left: `${clamp(earned)}%`, width: `${clamp(possible - earned)}%` }}
          />
        )}
      </>
    )}
  </span>
);

export type BarRow = {
  key: string;
  label: ReactNode;
  /** As written. */ text: ReactNode;
  /** 0 or more; the longest takes the whole width. */ size: number;
  tone?: Tone;
  href?: string;
  sub?: ReactNode;
};

/** Horizontal bars from zero, named at the left, figures at the right; each may open what it is made of. */
export const BarRows = ({ label, rows, names = 'w-40' }: { label: string; rows: readonly BarRow[]; /** Tailwind width of the names. */ names?: string }) => {
  const longest = Math.max(1e-9, ...rows.map((row) => row.size));
  return (
    <ul aria-label={label} className="tabular-nums">
      {rows.map((row) => (
        <li key={row.key} className="flex h-row-compact items-center gap-3 border-b border-line last:border-b-0">
          <span className={cx('flex flex-none items-center gap-2 truncate', names)}>
            {row.href ? (
              <Link href={row.href} className="door flex min-w-0 items-center gap-2 truncate">
                {row.label}
              </Link>
            ) : (
              row.label
            )}
          </span>
          <span aria-hidden className="relative h-2 flex-1">
            <i
              className={cx('absolute inset-y-0 left-0 rounded-[1px]', row.tone ? tones[row.tone].fill : 'bg-text-3')}
              style={{ width: `${(row.size / longest) * 100}%` }}
            />
          </span>
          {row.sub && <span className="flex-none text-12 text-text-3">{row.sub}</span>}
          <span className="min-w-16 flex-none text-right">{row.text}</span>
        </li>
      ))}
    </ul>
  );
};
