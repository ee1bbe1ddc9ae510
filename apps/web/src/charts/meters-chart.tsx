import { cx } from '../ui/cx.ts';
import { PlotCursor } from './plot-cursor.tsx';
import type { MetersPlot } from './prepare-meters.ts';

/** One strip per meter under each other, one cursor over all of them. */
export const MetersChart = ({ meters, label, left = 44 }: { meters: MetersPlot; label: string; left?: number }) => (
  <div className="relative border-t border-line">
    {meters.rows.map((row) => (
      <div key={row.key} className="border-b border-line">
        <p className="flex items-baseline gap-2 pt-2 text-12 whitespace-nowrap">
          <i aria-hidden className="size-2 flex-none self-center rounded-[2px]" style={{ background: row.colour }} />
          <b>{row.label}</b>
          <span className="text-text-3">{row.unit}</span>
          <span className="ml-auto truncate text-text-2 tabular-nums">{row.now}</span>
        </p>
        <svg
          aria-hidden
          viewBox="0 0 1000 1000"
          preserveAspectRatio="none"
          className="block h-16 overflow-visible pt-1 [&_*]:[vector-effect:non-scaling-stroke]"
          style={{ marginLeft: left, width: `calc(100% - ${left}px)` }}
        >
          <path d={row.area} fill={row.colour} opacity="0.14" />
          <path d={row.normal} fill="none" stroke="var(--chart-compare)" strokeWidth="1.2" strokeDasharray="1 3" />
          <path d={row.line} fill="none" stroke={row.colour} strokeWidth="1.6" strokeLinejoin="round" />
        </svg>
      </div>
    ))}
    <div aria-hidden className="relative h-6 text-12 text-text-3 tabular-nums" style={{ marginLeft: left }}>
      {meters.xTicks.map((tick) => (
        <span
          key={tick.at}
          className={cx(
            'absolute top-1.5 whitespace-nowrap',
            tick.at > 96 ? '-translate-x-full' : tick.at >= 4 && '-translate-x-1/2',
            tick.minor && 'max-sm:hidden',
          )}
          style={{ left: `${tick.at}%` }}
        >
          {tick.label}
        </span>
      ))}
    </div>
    <div className="absolute inset-y-0 right-0" style={{ left }}>
      <PlotCursor stops={meters.stops} label={label} />
    </div>
  </div>
);
