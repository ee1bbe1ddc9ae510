import Link from 'next/link';
import type { MouseEvent, ReactNode } from 'react';
import { cx } from './cx.ts';

export type Metric = {
  label: ReactNode;
  /** The headline figure, already written. */
  value: ReactNode;
  /** Its unit or frame, small and grey: "at stake, 90 d". */
  unit?: ReactNode;
  /** A change, at the right of the label. */
  change?: ReactNode;
  mark?: ReactNode;
  count?: ReactNode;
  /** Opens the accounts it is made of. */
  href?: string;
  exact?: string;
  /** Where the page changes the address itself: see `Tab`. */
  onClick?: (event: MouseEvent) => void;
};

/** Headline figures in a row, each a door to what it is made of; two by two on a phone. */
export const MetricStrip = ({ label, metrics, className }: { label: string; metrics: readonly Metric[]; className?: string }) => (
  <section aria-label={label} className={cx('grid flex-none grid-cols-2 border-b border-line lg:grid-flow-col lg:auto-cols-fr lg:grid-cols-none', className)}>
    {metrics.map((metric, index) => {
      const body = <MetricBody metric={metric} />;
      const frame = cx('min-w-0 px-4 pt-2.5 pb-2.75 lg:border-l lg:first:border-l-0', index % 2 === 1 && 'max-lg:border-l', index > 1 && 'max-lg:border-t');
      return metric.href ? (
        <Link
          key={index}
          href={metric.href}
          prefetch={metric.onClick ? false : null}
          {...(metric.onClick ? { onClick: metric.onClick } : {})}
          className={cx(frame, 'moves block hover:bg-bg-hover focus-visible:-outline-offset-2')}
        >
          {body}
        </Link>
      ) : (
        <div key={index} className={frame}>
          {body}
        </div>
      );
    })}
  </section>
);

const MetricBody = ({ metric }: { metric: Metric }) => (
  <>
    <span className="flex items-center gap-1.5 text-12 whitespace-nowrap text-text-2">
      {metric.mark}
      <span className="truncate">{metric.label}</span>
      {metric.count !== undefined && <span className="text-text-3 tabular-nums">{metric.count}</span>}
      {metric.change && <span className="ml-auto pl-1 text-text-3 tabular-nums max-sm:hidden">{metric.change}</span>}
    </span>
    <span className="flex items-baseline gap-2 text-20 whitespace-nowrap tabular-nums" title={metric.exact}>
      {metric.value}
      {metric.unit && <small className="truncate text-12 font-medium text-text-3">{metric.unit}</small>}
    </span>
  </>
);
