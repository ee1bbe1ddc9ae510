import { cx } from '../ui/cx.ts';
import { PlotFrame, type PlotBox } from './line-plot.tsx';
import type { HistogramPlot } from './prepare-histogram.ts';

/** Draft as bars in their bands' colours, live as an outline, the cuts between bands as lines. */
export const HistogramChart = ({ histogram, label, height = 220, left = 28 }: { histogram: HistogramPlot; label: string } & PlotBox) => (
  <PlotFrame
    label={label}
    yTicks={histogram.yTicks}
    xTicks={histogram.xTicks}
    zero={0}
    stops={histogram.stops}
    height={height}
    left={left}
    top={24}
    shapes={
      <>
        {histogram.bars.map((bar) => (
          <g key={bar.x}>
            <rect x={bar.x * 10 + 2} width={Math.max(1, bar.width * 10 - 4)} y={1000 - bar.height * 10} height={bar.height * 10} fill={bar.fill} />
            {bar.height > 0 && <path d={`M${bar.x * 10 + 2} ${1000 - bar.height * 10}h${bar.width * 10 - 4}`} stroke={bar.edge} strokeWidth="2" />}
          </g>
        ))}
        <path d={histogram.outline} fill="none" stroke="var(--text-3)" strokeWidth="1" />
      </>
    }
  >
    {histogram.cuts.map((cut) => (
      <span key={cut.side}>
        {cut.side !== 'middle' && <i className="absolute -top-5 bottom-0 w-px bg-text-3" style={{ left: `${cut.at}%` }} />}
        <span
          className={cx(
            'absolute -top-5 px-1.5 text-text-2',
            cut.side === 'left' && '-translate-x-full',
            cut.side === 'middle' && '-translate-x-1/2 px-0 max-lg:hidden',
          )}
          style={{ left: `${cut.at}%` }}
        >
          {cut.label}
        </span>
      </span>
    ))}
  </PlotFrame>
);

/** Names the bars and the outline; belongs into the figure's controls. */
export const HistogramKey = ({ draft = 'Draft', live }: { draft?: string; live: string }) => (
  <span className="flex gap-4 text-12 text-text-2">
    <span className="inline-flex items-center gap-1.5">
      <i aria-hidden className="h-2.5 w-3.5 border-t-2 border-healthy bg-healthy-soft" />
      {draft}
    </span>
    <span className="inline-flex items-center gap-1.5">
      <i aria-hidden className="w-3.5 border-t border-text-3" />
      {live}
    </span>
  </span>
);
