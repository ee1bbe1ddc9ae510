'use client';
import { createContext, useContext, useEffect, useMemo, useRef, useSyncExternalStore, type ReactNode } from 'react';
import { isSingleCharacter, matchKey, SEQUENCE_MS, type Bound } from './key-match.ts';

export type KeyBinding = Bound & {
  /** What it does, in words: stands in the `?` list. */
  label: string;
  /** Heading in the `?` list: "List", "Go to". */
  group: string;
  run: (event: KeyboardEvent) => void;
};

type Registry = { add: (bindings: readonly KeyBinding[]) => () => void; all: () => readonly KeyBinding[]; letters: boolean; setLetters: (on: boolean) => void };
const Keys = createContext<Registry | null>(null);
const LETTERS = 'letter-keys';

const useRegistry = (): Registry => {
  const registry = useContext(Keys);
  if (!registry) throw new Error('useKeys needs <KeysProvider> above it: the Shell puts it there');
  return registry;
};

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input:not([type=checkbox]):not([type=radio]), textarea, select'));
/** Controls that answer enter and space themselves. */
const takesEnter = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('a, button, summary, [role=menuitem], [role=option]') !== null;

const lettersOn = (): boolean => localStorage.getItem(LETTERS) !== 'off';
const lettersOnServer = (): boolean => true;
/** Another tab tells by `storage`, this one by an event of its own. */
const onLettersChange = (changed: () => void): (() => void) => {
  addEventListener('storage', changed);
  addEventListener(LETTERS, changed);
  return () => {
    removeEventListener('storage', changed);
    removeEventListener(LETTERS, changed);
  };
};

/** Holds every shortcut of the page in one listener. An open dialog or menu keeps the keyboard to itself. */
export const KeysProvider = ({ children }: { children: ReactNode }) => {
  const sets = useRef<(readonly KeyBinding[])[]>([]);
  const pending = useRef<{ key: string; at: number } | null>(null);
  const letters = useSyncExternalStore(onLettersChange, lettersOn, lettersOnServer);

  const registry = useMemo<Registry>(
    () => ({
      add: (bindings) => {
        sets.current = [...sets.current, bindings];
        return () => {
          sets.current = sets.current.filter((set) => set !== bindings);
        };
      },
      all: () => sets.current.flat(),
      letters,
      setLetters: (on) => {
        localStorage.setItem(LETTERS, on ? 'on' : 'off');
        dispatchEvent(new Event(LETTERS));
      },
    }),
    [letters],
  );

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || ['Shift', 'Control', 'Alt', 'Meta'].includes(event.key)) return;
      if (
        document.querySelector(
          '[role=dialog][data-state=open], [role=alertdialog][data-state=open], [role=menu][data-state=open], [role=listbox][data-state=open]',
        )
      )
        return;
      if (event.key === 'Enter' && takesEnter(event.target)) return;
      const press = { key: event.key, mod: event.metaKey || event.ctrlKey, alt: event.altKey, typing: isTyping(event.target) };
      const earlier = pending.current !== null && event.timeStamp - pending.current.at < SEQUENCE_MS ? pending.current.key : null;
      pending.current = null;
      const bindings = letters ? registry.all() : registry.all().filter((binding) => !isSingleCharacter(binding.keys));
      const found = matchKey(bindings, press, earlier);
      if (!found) return;
      event.preventDefault();
      if ('wait' in found) pending.current = { key: found.wait, at: event.timeStamp };
      else found.hit.run(event);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [letters, registry]);

  return <Keys value={registry}>{children}</Keys>;
};

/** Registers shortcuts while the component is mounted. Memoise the list, or each render registers anew. */
export const useKeys = (bindings: readonly KeyBinding[]): void => {
  const { add } = useRegistry();
  useEffect(() => add(bindings), [add, bindings]);
};

/** For the `?` dialog: all bindings now, and the switch that turns letters off. */
export const useKeyList = (): Registry => useRegistry();
