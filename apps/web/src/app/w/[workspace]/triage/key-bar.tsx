import { Kbd } from '../../../../ui/kbd.tsx';

const keys = [
  { keys: ['j', 'k'], words: 'move' },
  { keys: ['↵'], words: 'open' },
  { keys: ['x'], words: 'select' },
  { keys: ['e'], words: 'done' },
  { keys: ['s'], words: 'snooze' },
  { keys: ['t'], words: 'task' },
] as const;
const everywhere = [
  { keys: ['⌘K'], words: 'everything' },
  { keys: ['?'], words: 'keys' },
] as const;

const Key = ({ names, words }: { names: readonly string[]; words: string }) => (
  <span className="inline-flex items-center gap-1">
    {names.map((name) => (
      <Kbd key={name}>{name}</Kbd>
    ))}
    {words}
  </span>
);

/** The keys of the list, for those who learn them; the full list is behind `?`. */
export const KeyBar = () => (
  <div
    aria-hidden
    className="flex h-8 flex-none items-center gap-3.5 overflow-hidden border-t border-line px-4 text-12 whitespace-nowrap text-text-3 max-lg:hidden"
  >
    {keys.map((key) => (
      <Key key={key.words} names={key.keys} words={key.words} />
    ))}
    <span className="ml-auto" />
    {everywhere.map((key) => (
      <Key key={key.words} names={key.keys} words={key.words} />
    ))}
  </div>
);
