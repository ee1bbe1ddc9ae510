import type { CSSProperties, ReactNode } from 'react';
import { cx } from '../ui/cx.ts';
import { PlotCursor } from './plot-cursor.tsx';
import type { EndWord, Plot, Upright, Word } from './plot.ts';
import type { Tick } from './scale.ts';

/*
 * Plain SVG and HTML instead of recharts, for all charts here. recharts draws nothing until it has measured its box in
 * the browser (an empty hole in the server's first paint, then a shift), sets its labels inside the scaled SVG, has no
 * place for labels at line ends kept apart, an event lane or a ribbon, and its cursor cannot be read by keyboard across
 * lines, band and forecast; and it would add about 110 KiB to the first load. Shapes stretch with non-scaling strokes,
 * words are HTML in percent: the server draws all of it, and resizing redraws nothing.
 */

export type PlotBox = {
  height?: number;
  /** Room for the vertical axis' words, pixels. */ left?: number;
  /** Room for words at the line ends. */ right?: number;
  top?: number;
};

/** The frame every plot shares: axes, gridlines, then the shapes given, then words and the cursor. */
export const PlotFrame = ({
  label,
  yTicks,
  xTicks,
  zero,
  height = 240,
  left = 44,
  right = 0,
  top = 8,
  shapes,
  stops,
  children,
  className,
}: PlotBox & Pick<Plot, 'yTicks' | 'xTicks' | 'zero' | 'stops'> & { label: string; shapes: ReactNode; children?: ReactNode; className?: string }) => (
  <div className={cx('relative text-12 text-text-3 tabular-nums select-none', className)} style={{ height }}>
    <div className="@container absolute right-0 bottom-6 sm:right-(--ends)" style={{ left, top, '--ends': `${right}px` } as CSSProperties}>
      <svg
        aria-hidden
        viewBox="0 0 1000 1000"
        preserveAspectRatio="none"
        className="absolute inset-0 size-full overflow-visible [&_*]:[vector-effect:non-scaling-stroke]"
      >
        {yTicks.map((tick) => (
          <line
            key={tick.at}
            x1="0"
            x2="1000"
            y1={1000 - tick.at * 10}
            y2={1000 - tick.at * 10}
            stroke={tick.at === zero ? 'var(--chart-zero)' : 'var(--chart-grid)'}
          />
        ))}
        {shapes}
      </svg>
      <div aria-hidden>
        {yTicks.map((tick) => (
          <span key={tick.at} className="absolute right-full mr-2 -translate-y-1/2 whitespace-nowrap" style={{ top: `${100 - tick.at}%` }}>
            {tick.label}
          </span>
        ))}
        <XAxis ticks={xTicks} />
        {children}
      </div>
      <PlotCursor stops={stops} label={label} />
    </div>
  </div>
);

/** Words near an end lean inwards, so none hangs over the edge of the page. */
const lean = (at: number): string => (at < 4 ? '' : at > 96 ? '-translate-x-full' : '-translate-x-1/2');

const XAxis = ({ ticks }: { ticks: readonly Tick[] }) =>
  ticks.map((tick) => (
    <span
      key={tick.at}
      className={cx('absolute top-full mt-1.5 whitespace-nowrap', lean(tick.at), tick.minor && '@max-[460px]:hidden')}
      style={{ left: `${tick.at}%` }}
    >
      {tick.label}
    </span>
  ));

const Uprights = ({ uprights }: { uprights: readonly Upright[] }) =>
  uprights.map((upright) => (
    <span key={`${upright.at} ${upright.label}`}>
      <i className={cx('absolute inset-y-0 border-l', upright.dashed && 'border-dashed')} style={{ left: `${upright.at}%`, borderColor: upright.colour }} />
      {upright.label && (
        <span
          className={cx(
            'absolute bottom-full mb-0.5 whitespace-nowrap max-sm:hidden',
            upright.strong ? 'font-semibold text-text' : 'text-text-2',
            lean(upright.at),
          )}
          style={{ left: `${upright.at}%` }}
        >
          {upright.label}
        </span>
      )}
    </span>
  ));

const halo: CSSProperties = { textShadow: '0 0 2px var(--bg), 0 0 2px var(--bg), 0 0 4px var(--bg), 0 0 4px var(--bg)' };
const aligns = { start: '', middle: '-translate-x-1/2', end: '-translate-x-full' } as const;

const Words = ({ words }: { words: readonly Word[] }) =>
  words.map((word) => (
    <span
      key={`${word.x} ${word.y} ${word.text}`}
      className={cx('absolute -translate-y-1/2 whitespace-nowrap', aligns[word.align ?? 'start'], word.strong ? 'font-semibold text-text' : 'text-text-2')}
      style={{ left: `${word.x}%`, top: `${100 - word.y}%`, ...halo, ...(word.colour ? { color: word.colour } : {}) }}
    >
      {word.text}
    </span>
  ));

const Ends = ({ ends }: { ends: readonly EndWord[] }) =>
  ends.map((end) => (
    <span
      key={end.text}
      className={cx('absolute left-full ml-2 -translate-y-1/2 whitespace-nowrap max-sm:hidden', end.strong ? 'font-semibold text-text' : 'text-text-3')}
      style={{ top: `${100 - end.y}%` }}
    >
      {end.text} {end.value && <span className={end.strong ? 'text-text' : 'text-text-2'}>{end.value}</span>}
    </span>
  ));

/** On a phone there is no room beside the plot: the words at the line ends stand under it. */
const EndList = ({ ends }: { ends: readonly EndWord[] }) => (
  <ul className="mt-2 text-12 tabular-nums sm:hidden">
    {ends.map((end) => (
      <li key={end.text} className={cx('flex h-6 items-center justify-between', end.strong ? 'font-semibold' : 'text-text-2')}>
        {end.text}
        <span>{end.value}</span>
      </li>
    ))}
  </ul>
);

/** Draws a prepared line chart: bands, lines, verticals, words and the reading cursor. */
export const LinePlot = ({ plot, label, ...box }: PlotBox & { plot: Plot; label: string; className?: string }) => (
  <>
    <PlotFrame
      {...box}
      label={label}
      yTicks={plot.yTicks}
      xTicks={plot.xTicks}
      zero={plot.zero}
      stops={plot.stops}
      top={box.top ?? (plot.uprights.some((upright) => upright.label) ? 24 : 8)}
      shapes={
        <>
          {plot.areas.map((area, i) => (
            <path key={i} d={area.d} fill={area.colour} opacity={area.opacity ?? 1} />
          ))}
          {plot.strokes.map((stroke, i) => (
            <path
              key={i}
              d={stroke.d}
              fill="none"
              stroke={stroke.colour}
              strokeWidth={stroke.width ?? 1}
              strokeDasharray={stroke.dash}
              opacity={stroke.opacity ?? 1}
              strokeLinejoin="round"
              strokeLinecap="round"
            />
          ))}
        </>
      }
    >
      <Uprights uprights={plot.uprights} />
      {plot.dots.map((dot) => (
        <i
          key={`${dot.x} ${dot.y}`}
          className="absolute -mt-1 -ml-1 size-2 rounded-full shadow-[0_0_0_2px_var(--bg)]"
          style={{ left: `${dot.x}%`, top: `${100 - dot.y}%`, background: dot.colour }}
        />
      ))}
      <Words words={plot.words} />
      <Ends ends={plot.ends} />
    </PlotFrame>
    {plot.ends.length > 0 && <EndList ends={plot.ends} />}
  </>
);
