/** Whether the rail shows icons only, kept in a cookie so that the server draws it right at once. */
export const NARROW_COOKIE = 'rail';
const YEAR_S = 31_536_000;

export const isNarrow = (text: string | undefined): boolean => text === 'narrow';

/** Browser only. */
export const keepNarrow = (narrow: boolean): void => {
  document.cookie = `${NARROW_COOKIE}=${narrow ? 'narrow' : 'wide'}; path=/; max-age=${YEAR_S}; samesite=lax`;
};
