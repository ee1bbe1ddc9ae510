import type { ReactNode } from 'react';
import { cx } from './cx.ts';

/** What will be here and the one action that fills it; when it is empty because it is done, what was done. */
export const EmptyState = ({ title, children, actions, className }: { title: ReactNode; children?: ReactNode; actions?: ReactNode; className?: string }) => (
  <div className={cx('max-w-[56ch] py-3', className)}>
    <p className="font-semibold">{title}</p>
    {children && <div className="text-text-2">{children}</div>}
    {actions && <div className="mt-3 flex flex-wrap gap-2">{actions}</div>}
  </div>
);
