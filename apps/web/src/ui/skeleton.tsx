import { cx } from './cx.ts';

/** A grey block in the real shape; give it the real size. It does not shimmer. */
export const Skeleton = ({ className }: { className?: string }) => <span aria-hidden className={cx('my-1 block h-3 rounded-1 bg-bg-track', className)} />;

/** Rows of a table that is on its way, at their real height. `widths` are Tailwind widths per column. */
export const SkeletonRows = ({ rows, widths, tall = false }: { rows: number; widths: readonly string[]; tall?: boolean }) => (
  <div role="status" aria-label="Loading">
    {Array.from({ length: rows }, (_, row) => (
      <div key={row} className={cx('flex items-center gap-4 border-b border-line', tall ? 'h-row' : 'h-row-compact')}>
        {widths.map((width, column) => (
          <Skeleton key={column} className={width} />
        ))}
      </div>
    ))}
  </div>
);
