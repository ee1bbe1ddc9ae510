'use client';
import { Bookmark, ChevronsUpDown, PanelLeftClose, PanelLeftOpen, Search } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ComponentProps, ReactNode } from 'react';
import { Avatar } from '../ui/avatar.tsx';
import { cx } from '../ui/cx.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { Kbd } from '../ui/kbd.tsx';
import type { Theme } from '../ui/theme.ts';
import { hrefOf, isCurrent, screenList, type ScreenKey } from './screens.ts';
import { ThemeToggle } from './theme-toggle.tsx';

export type SavedView = { id: string; name: string; href: string; count?: number };
export type RailProps = {
  workspace: { slug: string; name: string };
  /** The switcher's menu content (MenuLink rows); without it the name stands alone. */
  switcher?: ReactNode;
  counts?: Partial<Record<ScreenKey, number>>;
  views?: readonly SavedView[];
  /** Screens this role does not see. */
  hidden?: readonly ScreenKey[];
  person: { name: string };
  /** The person's menu, opened from the name at the bottom: profile, sign out. */
  personMenu?: ReactNode;
  theme: Theme;
};

/** What "narrow" means: chosen by the person, or by a screen of 1280 pixels and less. The drawer is always wide. */
const words = 'max-xl:lg:not-in-data-drawer:sr-only group-data-narrow/rail:not-in-data-drawer:sr-only';
const away = 'max-xl:lg:not-in-data-drawer:hidden group-data-narrow/rail:not-in-data-drawer:hidden';
const centred =
  'max-xl:lg:not-in-data-drawer:justify-center max-xl:lg:not-in-data-drawer:px-0 group-data-narrow/rail:not-in-data-drawer:justify-center group-data-narrow/rail:not-in-data-drawer:px-0';

const Glyph = () => (
  <span className="grid size-5 flex-none place-items-center rounded-[5px] bg-text text-bg">
    <svg aria-hidden width="12" height="12" viewBox="0 0 12 12" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round">
      <path d="M1 4.2c1.7-1.8 3.3-1.8 5 0s3.3 1.8 5 0M1 8.4c1.7-1.8 3.3-1.8 5 0s3.3 1.8 5 0" />
    </svg>
  </span>
);

const Item = ({ href, label, icon, count, current }: { href: string; label: string; icon: ReactNode; count?: number | undefined; current: boolean }) => (
  <Link
    href={href}
    title={label}
    aria-current={current ? 'page' : undefined}
    className={cx(
      'moves flex h-7 flex-none items-center gap-2 rounded-2 px-1.5 font-medium whitespace-nowrap text-text-2 hover:bg-bg-hover max-lg:h-9 [&_.lucide]:text-text-3',
      'aria-[current]:bg-bg-selected aria-[current]:text-text aria-[current]:[&_.lucide]:text-accent',
      centred,
    )}
  >
    {icon}
    <span className={cx('truncate', words)}>{label}</span>
    {count !== undefined && count > 0 && <span className={cx('ml-auto text-12 text-text-3 tabular-nums', away)}>{count}</span>}
  </Link>
);

const Part = ({ title, children }: { title?: string; children: ReactNode }) => (
  <div className="flex flex-col gap-px">
    {title && (
      <h2
        className={cx(
          'px-1.5 pt-4 pb-1 text-12 text-text-3',
          'max-xl:lg:not-in-data-drawer:px-2 max-xl:lg:not-in-data-drawer:py-3 group-data-narrow/rail:not-in-data-drawer:px-2',
        )}
      >
        <span className={words}>{title}</span>
        <span aria-hidden className="hidden border-t border-line group-data-narrow/rail:not-in-data-drawer:block max-xl:lg:not-in-data-drawer:block" />
      </h2>
    )}
    {children}
  </div>
);

/** The rail's content; the Shell puts it at the left, or in the drawer behind the menu button. */
export const Rail = ({
  workspace,
  switcher,
  counts = {},
  views = [],
  hidden = [],
  person,
  personMenu,
  theme,
  onPalette,
  narrow,
  onNarrow,
}: RailProps & { onPalette: () => void; narrow?: boolean; /** Absent in the drawer, which has nothing to fold. */ onNarrow?: (narrow: boolean) => void }) => {
  const pathname = usePathname();
  const list = screenList(hidden);
  const item = ({ key, label, icon: Icon }: (typeof list)[number]) => {
    const href = hrefOf(workspace.slug, key);
    return <Item key={key} href={href} label={label} icon={<Icon aria-hidden />} count={counts[key]} current={isCurrent(pathname, href)} />;
  };
  return (
    <nav aria-label="Main" className="quiet-scroll flex h-full flex-col gap-px overflow-y-auto p-2">
      {switcher ?? (
        <div className={cx('mb-1 flex h-8 flex-none items-center gap-2 px-1.5 font-semibold', centred)}>
          <Glyph />
          <span className={cx('truncate', words)}>{workspace.name}</span>
        </div>
      )}
      <button
        type="button"
        onClick={onPalette}
        className={cx(
          'moves mb-3 flex h-7 flex-none items-center gap-2 rounded-2 border border-line bg-bg px-1.5 text-text-3 hover:bg-bg-hover max-lg:h-9',
          centred,
        )}
      >
        <Search aria-hidden className="size-3.5" />
        <span className={words}>Go to</span>
        <Kbd aria-hidden className={cx('ml-auto max-lg:hidden', away)}>
          ⌘K
        </Kbd>
      </button>
      <Part>{list.filter((screen) => screen.part === 'work').map(item)}</Part>
      {views.length > 0 && (
        <Part title="Saved views">
          {views.map((view) => (
            <Item key={view.id} href={view.href} label={view.name} count={view.count} icon={<Bookmark aria-hidden />} current={false} />
          ))}
        </Part>
      )}
      <Part title="Set up">{list.filter((screen) => screen.part === 'setup').map(item)}</Part>
      <RailFoot person={person} personMenu={personMenu} theme={theme} narrow={narrow} onNarrow={onNarrow} />
    </nav>
  );
};

const RailFoot = ({
  person,
  personMenu,
  theme,
  narrow,
  onNarrow,
}: Pick<RailProps, 'person' | 'personMenu' | 'theme'> & { narrow?: boolean | undefined; onNarrow?: ((narrow: boolean) => void) | undefined }) => (
  <div
    className={cx(
      'mt-auto flex flex-none items-center gap-1 pt-3',
      'max-xl:lg:not-in-data-drawer:flex-col-reverse group-data-narrow/rail:not-in-data-drawer:flex-col-reverse',
    )}
  >
    {personMenu ?? (
      <span className="flex min-w-0 flex-1 items-center gap-2 px-1.5">
        <Avatar me name={person.name} />
        <span className={cx('truncate', words)}>{person.name}</span>
      </span>
    )}
    <ThemeToggle initial={theme} />
    {onNarrow && (
      <span className="max-xl:hidden not-group-hover/rail:not-focus-within:sr-only">
        <IconButton label={narrow ? 'Show words' : 'Icons only'} hint="[" onClick={() => onNarrow(!narrow)}>
          {narrow ? <PanelLeftOpen aria-hidden /> : <PanelLeftClose aria-hidden />}
        </IconButton>
      </span>
    )}
  </div>
);

/** The switcher's trigger: give it to `Menu` as the trigger, with the workspaces as MenuLink rows. */
export const WorkspaceButton = ({ name, ...rest }: { name: string } & ComponentProps<'button'>) => (
  <button
    type="button"
    {...rest}
    className={cx('moves mb-1 flex h-8 w-full flex-none items-center gap-2 rounded-2 px-1.5 text-left font-semibold hover:bg-bg-hover', centred)}
  >
    <Glyph />
    <span className={cx('truncate', words)}>{name}</span>
    <span className="sr-only">, switch workspace</span>
    <ChevronsUpDown aria-hidden className={cx('ml-auto size-3.5 text-text-3', away)} />
  </button>
);

/** The person's trigger at the bottom: give it to `Menu` as the trigger. */
export const PersonButton = ({ name, ...rest }: { name: string } & ComponentProps<'button'>) => (
  <button type="button" {...rest} className={cx('moves flex h-7 min-w-0 flex-1 items-center gap-2 rounded-2 px-1.5 text-left hover:bg-bg-hover', centred)}>
    <Avatar me name={name} />
    <span className={cx('truncate', words)}>{name}</span>
    <span className="sr-only">, your menu</span>
  </button>
);
