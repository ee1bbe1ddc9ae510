'use client';
import { useState, type KeyboardEvent, type PointerEvent } from 'react';
import { cx } from '../ui/cx.ts';
import { nearestStop, stopWords, type Stop } from './plot.ts';

const PAGE = 7;
const moves: Record<string, (at: number, last: number) => number> = {
  ArrowLeft: (at) => at - 1,
  ArrowRight: (at) => at + 1,
  PageUp: (at) => at - PAGE,
  PageDown: (at) => at + PAGE,
  Home: () => 0,
  End: (_, last) => last,
};

/**
 * The reading cursor over a plot: follows the pointer, or the arrow keys (page keys by seven, home and end), and lists
 * everything at that place. A slider to screen readers, because that is what it is: one place out of many, read as it moves.
 */
export const PlotCursor = ({ stops, label }: { stops: readonly Stop[]; label: string }) => {
  const [at, setAt] = useState<number | null>(null);
  const last = stops.length - 1;
  if (last < 0) return null;
  const shown = at === null ? undefined : stops[at];
  const read = stops[at ?? last];
  const onPointer = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    setAt(nearestStop(stops, ((event.clientX - box.left) / box.width) * 100));
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') return setAt(null);
    const move = moves[event.key];
    if (!move) return undefined;
    event.preventDefault();
    return setAt((before) => Math.min(last, Math.max(0, before === null && event.key.startsWith('Arrow') ? last : move(before ?? last, last))));
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={`${label}, read by place`}
      aria-valuemin={0}
      aria-valuemax={last}
      aria-valuenow={at ?? last}
      aria-valuetext={read ? stopWords(read) : ''}
      onPointerMove={onPointer}
      onPointerDown={onPointer}
      onPointerLeave={() => setAt(null)}
      onKeyDown={onKey}
      onBlur={() => setAt(null)}
      className="absolute inset-0 z-2 touch-pan-y"
    >
      {shown && (
        <div aria-hidden className="pointer-events-none">
          <i className="absolute inset-y-0 w-px bg-text-3" style={{ left: `${shown.x}%` }} />
          <PlotTip stop={shown} />
        </div>
      )}
    </div>
  );
};

/** Keeps off the line: left of the cursor in the right half, low where the line is high. */
const PlotTip = ({ stop }: { stop: Stop }) => (
  <div
    className={cx('absolute z-5 w-max rounded-2 bg-bg-raised px-2.5 py-2 text-12 text-text-2 shadow-2 tabular-nums', stop.high ? 'bottom-2' : 'top-0')}
    style={stop.x > 50 ? { right: `calc(${100 - stop.x}% + 10px)` } : { left: `calc(${stop.x}% + 10px)` }}
  >
    <b className="mb-1 block text-text">{stop.title}</b>
    <dl className="grid grid-cols-[auto_auto] gap-x-4 gap-y-px">
      {stop.rows.map((row) => (
        <div key={row.label} className="contents">
          <dt className="flex items-center gap-1.5">
            {row.colour && <i className="size-2 rounded-[2px]" style={{ background: row.colour }} />}
            {row.label}
          </dt>
          <dd className="text-right text-text">{row.value}</dd>
        </div>
      ))}
    </dl>
  </div>
);
