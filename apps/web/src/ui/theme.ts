/** The three choices of theme, and how the choice is kept. */
export const themes = { system: 'As the system', light: 'Light', dark: 'Dark' } as const satisfies Record<string, string>;
export type Theme = keyof typeof themes;

/** A cookie, not local storage: the server writes `data-theme` into the first byte, so nothing flashes and no script runs. */
export const THEME_COOKIE = 'theme';
const YEAR_S = 31_536_000;

/** The choice from the cookie's text; anything unknown is `system`. */
export const themeOf = (text: string | undefined): Theme => (text !== undefined && Object.hasOwn(themes, text) ? (text as Theme) : 'system');

/** Shows the theme at once and keeps it for a year. Browser only. */
export const setTheme = (theme: Theme): void => {
  const root = document.documentElement;
  if (theme === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = theme;
  document.cookie = `${THEME_COOKIE}=${theme}; path=/; max-age=${YEAR_S}; samesite=lax`;
};

/** What is chosen now. Browser only. */
export const currentTheme = (): Theme => themeOf(document.documentElement.dataset['theme']);
