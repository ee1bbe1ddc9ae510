'use client';
import { useState, type KeyboardEvent } from 'react';
import { cx } from '../../../../ui/cx.ts';
import { Input } from '../../../../ui/input.tsx';

const written = (value: number, scale: number): string => String(Math.round(value * scale * 100) / 100);

/**
 * A number that takes effect when it is left or entered: half-typed numbers would move every account. Arrow keys step.
 * `scale` is what the screen multiplies with (a share in percent). What is no number goes back to what it was.
 */
export const NumberInput = ({
  value,
  onChange,
  label,
  id,
  min = 0,
  max = 100,
  step = 1,
  scale = 1,
  invalid = false,
  describedBy,
  className,
}: {
  value: number;
  onChange: (value: number) => void;
  label: string;
  id?: string;
  min?: number;
  max?: number;
  step?: number;
  scale?: number;
  invalid?: boolean;
  describedBy?: string | undefined;
  className?: string;
}) => {
  const [typed, setTyped] = useState<string | null>(null);
  const take = (shown: number) => {
    setTyped(null);
    const next = Math.min(max, Math.max(min, Math.round((shown / scale) * 1e6) / 1e6));
    if (next !== value) onChange(next);
  };
  const leave = () => {
    if (typed === null) return;
    const number = Number(typed.trim().replace(',', '.'));
    if (typed.trim() === '' || !Number.isFinite(number)) setTyped(null);
    else take(number);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter') leave();
    if (event.key === 'Escape') setTyped(null);
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    take(value * scale + (event.key === 'ArrowUp' ? step : -step));
  };
  return (
    <Input
      numeric
      aria-label={label}
      {...(id ? { id } : {})}
      value={typed ?? written(value, scale)}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={leave}
      onKeyDown={onKey}
      {...(invalid ? { 'aria-invalid': true } : {})}
      {...(describedBy ? { 'aria-describedby': describedBy } : {})}
      className={cx('h-6 w-13 px-1.5 max-sm:h-8', className)}
    />
  );
};
