'use client';
import { Monitor, Moon, Sun } from 'lucide-react';
import { useState } from 'react';
import { Menu, MenuRadio } from '../ui/menu.tsx';
import { currentTheme, setTheme, themes, type Theme } from '../ui/theme.ts';

const icons = { system: Monitor, light: Sun, dark: Moon } as const satisfies Record<Theme, typeof Sun>;
const options = Object.entries(themes).map(([value, label]) => ({ value: value as Theme, label }));

/** Light, dark or as the system; `initial` comes from the cookie so the first icon is the right one. */
export const ThemeToggle = ({ initial }: { initial: Theme }) => {
  const [theme, choose] = useState(initial);
  const Icon = icons[theme];
  return (
    <Menu
      align="start"
      trigger={
        <button
          type="button"
          aria-label={`Theme: ${themes[theme]}`}
          className="moves inline-grid size-control flex-none place-items-center rounded-2 text-text-2 hover:bg-bg-hover hover:text-text"
        >
          <Icon aria-hidden />
        </button>
      }
    >
      <MenuRadio
        value={theme}
        options={options}
        onChange={(next) => {
          setTheme(next);
          choose(currentTheme());
        }}
      />
    </Menu>
  );
};
