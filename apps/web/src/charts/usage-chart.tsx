import { Bell, FileText, Flag, LifeBuoy, Phone, Shapes, Tag, type LucideIcon } from 'lucide-react';
import { cx } from '../ui/cx.ts';
import { LinePlot, type PlotBox } from './line-plot.tsx';
import type { EventKind, LaneMark, RibbonPart, UsagePlot } from './prepare-usage.ts';

const icons = { alert: Bell, price: Tag, touch: Phone, milestone: Flag, segment: Shapes, contract: FileText, ticket: LifeBuoy } as const satisfies Record<
  EventKind,
  LucideIcon
>;

/** Usage with its own normal and forecast; under it the segment as a ribbon and what happened as a lane of 20 px marks. */
export const UsageChart = ({ usage, label, height = 280, left = 44 }: { usage: UsagePlot; label: string } & PlotBox) => (
  <div>
    <LinePlot plot={usage.plot} label={label} height={height} left={left} />
    <UsageUnder usage={usage} left={left} />
  </div>
);

/** The segment as a ribbon and what happened, in step with any plot of the same days above. */
export const UsageUnder = ({ usage, left = 44 }: { usage: UsagePlot; left?: number }) => (
  <>
    {usage.ribbon.length > 0 && <Ribbon parts={usage.ribbon} left={left} />}
    {usage.lane.length > 0 && <Lane marks={usage.lane} left={left} />}
  </>
);

const Ribbon = ({ parts, left }: { parts: readonly RibbonPart[]; left: number }) => (
  <ol aria-label="Segment over time" className="relative mt-1 h-6 text-12 text-text-2" style={{ marginLeft: left }}>
    {parts.map(({ from, to, segment, label, colour, word }, i) => (
      <li key={`${from} ${segment}`} title={label}>
        <i aria-hidden className="absolute top-2 h-2" style={{ left: `${from}%`, width: `calc(${to - from}% - 1px)`, background: colour }} />
        <span
          className={cx('absolute top-1 truncate bg-bg', word === null ? 'sr-only' : word.side === 'in' && i === 0 ? 'pr-1.5' : 'px-1.5')}
          style={word === null ? {} : word.side === 'in' ? { left: `${word.at}%`, maxWidth: `${to - from}%` } : { right: `${100 - word.at}%` }}
        >
          {label}
        </span>
      </li>
    ))}
  </ol>
);

const Lane = ({ marks, left }: { marks: readonly LaneMark[]; left: number }) => (
  <ol aria-label="What happened" className="relative mt-1 h-6" style={{ marginLeft: left }}>
    {marks.map((mark) => {
      const Icon = icons[mark.kind];
      return (
        <li key={mark.at} className="absolute top-0.5 -ml-2.5" style={{ left: `${mark.at}%` }} title={mark.words}>
          <span
            className={cx(
              'relative grid size-5 place-items-center rounded-full border bg-bg',
              mark.kind === 'alert' ? 'border-risk text-risk-text' : 'border-line-strong text-text-2',
            )}
          >
            <Icon aria-hidden className="size-3" />
            {mark.count > 1 && <b className="absolute left-full ml-0.5 text-12 leading-none">{mark.count}</b>}
          </span>
          <span className="sr-only">{mark.words}</span>
        </li>
      );
    })}
  </ol>
);
