import type { ComponentProps } from 'react';
import { cx } from './cx.ts';
import { controlFrame } from './input.tsx';

/** A text area that grows with its text where the browser can. */
export const Textarea = ({ className, ...rest }: ComponentProps<'textarea'>) => (
  <textarea rows={3} {...rest} className={cx(controlFrame, 'field-sizing-content h-auto max-h-80 min-h-16 resize-y py-1', className)} />
);
