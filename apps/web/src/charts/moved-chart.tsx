import { cx } from '../ui/cx.ts';
import { fixed } from '../ui/format.ts';
import type { MovedRow } from './prepare-moved.ts';

const fills = { level: 'bg-text-2', gain: 'bg-healthy', loss: 'bg-risk' } as const;
const looks = {
  level: { row: 'h-8 font-semibold', bar: 'h-3.5' },
  cause: { row: 'h-8', bar: 'h-3.5' },
  part: { row: 'h-6 text-12 text-text-2 [&>:first-child]:pl-5 max-sm:[&>:first-child]:pl-3', bar: 'h-2 opacity-60' },
} as const;

/** Rows from the earlier level by its causes to the later one; the cause that matters opens by component. */
export const MovedChart = ({ rows, label }: { rows: readonly MovedRow[]; label: string }) => (
  <ol aria-label={label} className="tabular-nums">
    {rows.map((row) => (
      <li key={row.key} className={cx('flex items-center gap-3 max-sm:gap-2', looks[row.kind].row)}>
        <span className="w-48 flex-none truncate max-sm:w-40" title={row.hint ?? row.label}>
          {row.label}
        </span>
        <span aria-hidden className="relative h-full flex-1">
          <i
            className={cx('absolute top-1/2 min-w-0.5 -translate-y-1/2 rounded-[1px]', fills[row.tone], looks[row.kind].bar)}
            style={{ left: `${row.left}%`, width: `${row.width}%` }}
          />
        </span>
        <span className="w-12 flex-none text-right">{fixed(row.value, 1, { signed: row.kind !== 'level' })}</span>
      </li>
    ))}
  </ol>
);
