'use client';
import { Check } from 'lucide-react';
import { DropdownMenu as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import { Kbd } from './kbd.tsx';
import { floating } from './popover.tsx';

const row =
  'flex h-8 w-full items-center gap-2 rounded-2 px-2 text-13 outline-none select-none data-[disabled]:text-text-3 data-[highlighted]:bg-bg-hover [&_.lucide]:text-text-3';

/** A menu of actions on its trigger (one focusable element). */
export const Menu = ({
  trigger,
  children,
  align = 'end',
  className,
  label = 'Menu',
  onOpenChange,
}: {
  trigger: ReactNode;
  children: ReactNode;
  align?: 'start' | 'end';
  className?: string;
  label?: string;
  onOpenChange?: (open: boolean) => void;
}) => (
  // Not modal: a modal menu hides the page from readers while its links stay focusable. The region keeps floating content in a landmark.
  <Radix.Root modal={false} {...(onOpenChange ? { onOpenChange } : {})}>
    <Radix.Trigger asChild>{trigger}</Radix.Trigger>
    <Radix.Portal>
      <div role="region" aria-label={label}>
        <Radix.Content align={align} sideOffset={4} collisionPadding={8} className={cx(floating, 'min-w-44', className)}>
          {children}
        </Radix.Content>
      </div>
    </Radix.Portal>
  </Radix.Root>
);

/** One action. `danger` for what cannot be undone. */
export const MenuItem = ({
  children,
  onSelect,
  icon,
  hint,
  danger,
  disabled,
}: {
  children: ReactNode;
  onSelect: () => void;
  icon?: ReactNode;
  hint?: string;
  danger?: boolean;
  disabled?: boolean;
}) => (
  <Radix.Item disabled={disabled ?? false} onSelect={onSelect} className={cx(row, danger && 'text-risk-text [&_.lucide]:text-risk-text')}>
    {icon}
    <span className="mr-auto truncate">{children}</span>
    {hint && <Kbd aria-hidden>{hint}</Kbd>}
  </Radix.Item>
);

/** A menu row that goes somewhere; the child is a Link. */
export const MenuLink = ({ children }: { children: ReactNode }) => (
  <Radix.Item asChild className={row}>
    {children}
  </Radix.Item>
);

/** A choice that stays on or off; the menu stays open while several are set. */
export const MenuCheck = ({ children, checked, onChange }: { children: ReactNode; checked: boolean; onChange: (checked: boolean) => void }) => (
  <Radix.CheckboxItem checked={checked} onCheckedChange={onChange} onSelect={(event) => event.preventDefault()} className={row}>
    <span className="grid size-4 place-items-center">
      <Radix.ItemIndicator>
        <Check aria-hidden />
      </Radix.ItemIndicator>
    </span>
    {children}
  </Radix.CheckboxItem>
);

/** One choice of several. */
export const MenuRadio = <T extends string>({
  value,
  onChange,
  options,
}: {
  value: T;
  onChange: (value: T) => void;
  options: readonly { value: T; label: string }[];
}) => (
  <Radix.RadioGroup value={value} onValueChange={(next) => options.some((o) => o.value === next) && onChange(next as T)}>
    {options.map((option) => (
      <Radix.RadioItem key={option.value} value={option.value} className={row}>
        <span className="grid size-4 place-items-center">
          <Radix.ItemIndicator>
            <Check aria-hidden />
          </Radix.ItemIndicator>
        </span>
        {option.label}
      </Radix.RadioItem>
    ))}
  </Radix.RadioGroup>
);

export const MenuTitle = ({ children }: { children: ReactNode }) => <Radix.Label className="px-2 pt-2 pb-1 text-12 text-text-3">{children}</Radix.Label>;
export const MenuRule = () => <Radix.Separator className="my-1.5 h-px bg-line" />;
