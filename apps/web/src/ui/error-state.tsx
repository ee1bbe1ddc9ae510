import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';

/** What happened (`title`), what is kept (`children`), one button (`action`). Stands above the old data, which stays. */
export const ErrorState = ({ title, children, action, className }: { title: ReactNode; children?: ReactNode; action?: ReactNode; className?: string }) => (
  <div
    role="alert"
    className={cx('flex items-start gap-3 rounded-2 border border-l-3 border-line-strong border-l-watch px-3.5 py-3 max-sm:flex-wrap', className)}
  >
    <TriangleAlert aria-hidden className="mt-0.5 text-watch-text" />
    <div className="min-w-0 flex-1">
      <p className="font-semibold">{title}</p>
      {children && <div className="max-w-[72ch] text-text-2">{children}</div>}
    </div>
    {action}
  </div>
);
