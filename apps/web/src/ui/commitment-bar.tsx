import { cx } from './cx.ts';
import { NONE, percent } from './format.ts';

/** How consumption stands to the plan (the codes of `domain/commitment`) → colour of the bar. */
export const paceLooks = {
  under: { fill: 'bg-risk', words: 'far behind plan' },
  watch: { fill: 'bg-watch', words: 'behind plan' },
  on_plan: { fill: 'bg-text-3', words: 'on plan' },
  fast: { fill: 'bg-expansion', words: 'ahead of plan' },
} as const satisfies Record<string, { fill: string; words: string }>;
export type Pace = keyof typeof paceLooks;

const width = (ratio: number) => `${Math.min(100, Math.max(0, ratio * 100))}%`;

/** Share of the commitment used, the plan as a tick. Ratios; `used` null when there is no commitment. `bare` leaves the figures out. */
export const CommitmentBar = ({
  used,
  plan,
  pace = 'on_plan',
  bare = false,
  className,
}: {
  used: number | null;
  plan: number | null;
  pace?: Pace;
  bare?: boolean;
  className?: string;
}) => {
  if (used === null) return <span className="text-12 text-text-3">{NONE}</span>;
  const words = `${percent(used)} used${plan === null ? '' : `, plan ${percent(plan)}, ${paceLooks[pace].words}`}`;
  return (
    <span className={cx('block text-12 whitespace-nowrap text-text-2 tabular-nums', className)} title={words}>
      <span className="sr-only">{words}</span>
      {!bare && (
        <span aria-hidden>
          {percent(used)} {plan !== null && <span className="text-text-3">/ {percent(plan)}</span>}
        </span>
      )}
      <span aria-hidden className={cx('relative block h-1 rounded-full bg-bg-track', !bare && 'mt-1')}>
        <i className={cx('absolute inset-y-0 left-0 rounded-full', paceLooks[pace].fill)} style={{ width: width(used) }} />
        {plan !== null && <i className="absolute -top-[3px] h-2.5 w-0.5 -translate-x-1/2 bg-text shadow-[0_0_0_1px_var(--bg)]" style={{ left: width(plan) }} />}
      </span>
    </span>
  );
};
