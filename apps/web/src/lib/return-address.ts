/** Where to go after signing in: an address of this site, or null. Anything that could leave it is refused. */
export const returnAddress = (text: string | null | undefined): string | null => {
  if (!text || !text.startsWith('/') || text.startsWith('//') || /[\\\u0000-\u001f]/.test(text)) return null;
  return text;
};

export const signInAddress = (back: string | null): string => (back && back !== '/' ? `/sign-in?next=${encodeURIComponent(back)}` : '/sign-in');

/** Under which the proxy tells the pages the address that was asked for. */
export const ADDRESS_HEADER = 'x-tideline-asked';
/** The workspace opened last. */
export const LAST_WORKSPACE_COOKIE = 'workspace';
