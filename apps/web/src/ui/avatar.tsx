import { cx } from './cx.ts';

const sizes = { sm: 'size-4 text-12', md: 'size-4.5 text-12', lg: 'size-7 text-12' } as const;

const initials = (name: string, letters: number): string =>
  name
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, letters)
    .map((word) => [...word][0]?.toUpperCase() ?? '')
    .join('');

/** A person's initial; the reader's own is tinted. Named in words beside it, or by `title` where it stands alone. */
export const Avatar = ({
  name,
  me = false,
  size = 'md',
  alone = false,
  className,
}: {
  name: string;
  me?: boolean;
  size?: keyof typeof sizes;
  alone?: boolean;
  className?: string;
}) => (
  <span
    {...(alone ? { role: 'img', 'aria-label': name, title: name } : { 'aria-hidden': true })}
    className={cx(
      'inline-grid flex-none place-items-center rounded-full leading-none',
      me ? 'bg-accent-soft text-accent-text' : 'bg-bg-track text-text-2',
      sizes[size],
      className,
    )}
  >
    {initials(name, size === 'lg' ? 2 : 1)}
  </span>
);
