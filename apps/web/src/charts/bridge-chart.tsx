import Link from 'next/link';
import { cx } from '../ui/cx.ts';
import { PlotFrame } from './line-plot.tsx';
import { DivergingBar } from './bars.tsx';
import type { BridgeBar, BridgePlot } from './prepare-bridge.ts';

const fills = { total: 'bg-text-3', gain: 'bg-healthy', loss: 'bg-risk' } as const;

/** The waterfall; under 641 px it lies down as rows, where movements have a scale of their own and the small ones are seen. */
export const BridgeChart = ({ bridge, label, height = 260, left = 44 }: { bridge: BridgePlot; label: string; height?: number; left?: number }) => (
  <>
    <div className="pb-9 max-sm:hidden">
      <PlotFrame
        label={label}
        yTicks={bridge.yTicks}
        xTicks={[]}
        zero={0}
        stops={[]}
        height={height}
        left={left}
        top={20}
        shapes={<Threads bars={bridge.bars} />}
      />
      {/* Over the frame and in step with it: bars and names are links, so they are not part of the silent drawing. */}
      <ol aria-label={label} className="relative text-12 tabular-nums" style={{ marginLeft: left, marginTop: 20 - height, height: height - 44 }}>
        {bridge.bars.map((bar) => (
          <li key={bar.key} className="group contents">
            <i
              aria-hidden
              className={cx('absolute min-h-0.5 rounded-[1px]', fills[bar.tone])}
              style={{ left: `${bar.x}%`, width: `${bar.width}%`, bottom: `${bar.bottom}%`, height: `${bar.height}%` }}
            />
            <BarWords bar={bar} />
          </li>
        ))}
      </ol>
    </div>
    <BridgeRows bars={bridge.bars} label={label} />
  </>
);

const Threads = ({ bars }: { bars: readonly BridgeBar[] }) =>
  bars.slice(0, -1).map((bar, i) => {
    const next = bars[i + 1];
    const y = 1000 - bar.level * 10;
    return next && <line key={bar.key} x1={(bar.x + bar.width) * 10} x2={next.x * 10} y1={y} y2={y} stroke="var(--chart-zero)" />;
  });

const BarWords = ({ bar }: { bar: BridgeBar }) => {
  const middle = `${bar.x + bar.width / 2}%`;
  return (
    <>
      <span className="absolute top-full -translate-x-1/2 pt-2 text-center whitespace-nowrap text-text-3" style={{ left: middle }}>
        {bar.href ? (
          <Link href={bar.href} className="door block font-medium text-text">
            {bar.label}
          </Link>
        ) : (
          <span className="block text-text">{bar.label}</span>
        )}
        {bar.count}
      </span>
      <span className="absolute -mb-px -translate-x-1/2 pb-0.5 whitespace-nowrap" style={{ left: middle, bottom: `${bar.bottom + bar.height}%` }}>
        {bar.text}
      </span>
      {bar.notes.length > 0 && (
        <span className="absolute -translate-x-1/2 pt-1 text-center whitespace-nowrap text-text-3" style={{ left: middle, top: `${100 - bar.bottom}%` }}>
          {bar.notes.map((note) => (
            <span key={note} className="block">
              {note}
            </span>
          ))}
        </span>
      )}
    </>
  );
};

const BridgeRows = ({ bars, label }: { bars: readonly BridgeBar[]; label: string }) => (
  <ol aria-label={label} className="tabular-nums sm:hidden">
    {bars.map((bar) => (
      <li key={bar.key} className={cx('flex items-center gap-3', bar.tone === 'total' ? 'h-row-compact border-y border-line font-semibold' : 'h-7')}>
        <span className="w-28 flex-none truncate">{bar.href ? <Link href={bar.href}>{bar.label}</Link> : bar.label}</span>
        <span className="flex-1">{bar.tone !== 'total' && <DivergingBar share={bar.share} />}</span>
        <span className="w-20 flex-none text-right">{bar.text}</span>
      </li>
    ))}
  </ol>
);
