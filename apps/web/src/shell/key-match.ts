/**
 * Which binding a key press means. Pure, so that sequences (`g t`), shifted signs (`?`) and `mod+k` are tested
 * without a browser. `mod` is ⌘ on a Mac and Ctrl elsewhere.
 */
export type Press = { key: string; mod: boolean; alt: boolean; typing: boolean };
export type Bound = {
  /** `j`, `enter`, `g t`, `mod+k`, `?`. */ keys: string;
  /** Also while typing in a field; only sensible with `mod` or `escape`. */ whileTyping?: boolean;
};

/** How long after `g` its letter still counts. */
export const SEQUENCE_MS = 1_000;

const nameOf = (press: Press): string => `${press.mod ? 'mod+' : ''}${press.alt ? 'alt+' : ''}${press.key === ' ' ? 'space' : press.key.toLowerCase()}`;

/**
 * The binding that is complete with this press, or the prefix to remember. `pending` is the earlier key of a sequence.
 * The last binding registered wins, so a panel's `e` stands over the list's.
 */
export const matchKey = <T extends Bound>(bindings: readonly T[], press: Press, pending: string | null): { hit: T } | { wait: string } | null => {
  const name = nameOf(press);
  const allowed = bindings.filter((binding) => !press.typing || binding.whileTyping);
  if (pending !== null) {
    const both = allowed.findLast((binding) => binding.keys === `${pending} ${name}`);
    if (both) return { hit: both };
  }
  const single = allowed.findLast((binding) => binding.keys === name);
  if (single) return { hit: single };
  return allowed.some((binding) => binding.keys.startsWith(`${name} `)) ? { wait: name } : null;
};

/** Whether a binding is a single character, which WCAG 2.1.4 lets people switch off. */
export const isSingleCharacter = (keys: string): boolean => keys.split(' ').every((key) => key.length === 1);
