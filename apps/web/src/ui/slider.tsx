'use client';
import { Slider as Radix } from 'radix-ui';
import { cx } from './cx.ts';

export type SliderProps = {
  value: number;
  onChange: (value: number) => void;
  /** Once per gesture, when the thumb is let go. */
  onCommit?: (value: number) => void;
  min?: number;
  max?: number;
  step?: number;
  label: string;
  /** What is live now: a grey tick under the thumb, so a draft shows how far it went. */
  published?: number | undefined;
  /** Held in place: drawn grey and not movable. */
  locked?: boolean;
  format?: (value: number) => string;
  className?: string;
};

/** A slider with the published value as a ghost tick. */
export const Slider = ({
  value,
  onChange,
  onCommit,
  min = 0,
  max = 100,
  step = 1,
  label,
  published,
  locked = false,
  format = String,
  className,
}: SliderProps) => (
  <Radix.Root
    value={[value]}
    onValueChange={([next]) => next !== undefined && onChange(next)}
    onValueCommit={([next]) => next !== undefined && onCommit?.(next)}
    min={min}
    max={max}
    step={step}
    disabled={locked}
    className={cx('relative flex h-4 w-full touch-none items-center select-none max-sm:h-8', className)}
  >
    <Radix.Track className="relative h-1 grow rounded-full bg-bg-track">
      <Radix.Range className={cx('absolute h-full rounded-full', locked ? 'bg-text-3' : 'bg-accent')} />
      {published !== undefined && published !== value && (
        <i aria-hidden className="absolute -top-[3px] h-2.5 w-0.5 -translate-x-1/2 bg-text-3" style={{ left: `${((published - min) / (max - min)) * 100}%` }} />
      )}
    </Radix.Track>
    <Radix.Thumb
      aria-label={label}
      aria-valuetext={published !== undefined && published !== value ? `${format(value)}, published ${format(published)}` : format(value)}
      className={cx('block size-3.5 rounded-full border-2 bg-bg focus-visible:rounded-full', locked ? 'border-text-3' : 'border-accent')}
    />
  </Radix.Root>
);
