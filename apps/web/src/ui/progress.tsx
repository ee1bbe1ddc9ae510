import { cx } from './cx.ts';

/** How far work is: a bar and, beside it, the words. `total` 0: not known yet, the bar stays empty and the words say what runs. */
export const Progress = ({
  label,
  done,
  total,
  className,
  children,
}: {
  label: string;
  done: number;
  total: number;
  className?: string;
  children?: string | undefined;
}) => {
  const share = total > 0 ? Math.min(1, done / total) : 0;
  const words = children ?? (total > 0 ? `${Math.floor(share * 100)}%` : 'starting');
  return (
    <span className={cx('flex items-center gap-2', className)}>
      <span
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        {...(total > 0 ? { 'aria-valuenow': Math.floor(share * 100) } : {})}
        aria-valuetext={words}
        className="h-1 w-20 flex-none overflow-hidden rounded-full bg-bg-track"
      >
        <span className="block h-full rounded-full bg-accent" style={{ width: `${share * 100}%` }} />
      </span>
      <span className="text-12 whitespace-nowrap text-text-2 tabular-nums">{words}</span>
    </span>
  );
};
