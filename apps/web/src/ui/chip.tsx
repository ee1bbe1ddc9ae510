import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import { tones, type Tone } from './tone.ts';

/** A short state in words on its soft colour. */
export const Chip = ({ tone = 'quiet', icon, className, children }: { tone?: Tone; icon?: ReactNode; className?: string; children: ReactNode }) => (
  <span className={cx('inline-flex h-5.5 flex-none items-center gap-1.5 rounded-1 px-2 text-12 whitespace-nowrap', tones[tone].soft, className)}>
    {icon}
    {children}
  </span>
);

/** A count beside a word: grey, tabular. */
export const Count = ({ children }: { children: ReactNode }) => <span className="text-12 text-text-3 tabular-nums">{children}</span>;
