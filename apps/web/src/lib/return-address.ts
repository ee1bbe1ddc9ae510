// One slash and then no second, no backslash, no blanks: browsers read those as the start of another site.
const OWN = /^\/(?![/\\])[^\\\s]*$/;

/** Where to go after signing in: an address of this site, or null. Anything that could leave it is refused. */
export const returnAddress = (text: string | null | undefined): string | null => (text && OWN.test(text) ? text : null);

export const signInAddress = (back: string | null): string => (back && back !== '/' ? `/sign-in?next=${encodeURIComponent(back)}` : '/sign-in');

/** Under which the proxy tells the pages the address that was asked for. */
export const ADDRESS_HEADER = 'x-tideline-asked';
/** The workspace opened last. */
export const LAST_WORKSPACE_COOKIE = 'workspace';
