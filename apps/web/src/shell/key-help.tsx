'use client';
import { Dialog } from '../ui/dialog.tsx';
import { ChoiceField } from '../ui/field.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { Switch } from '../ui/switch.tsx';
import { useKeyList } from './keys.tsx';

const SIGNS: Record<string, string> = { mod: '⌘', enter: '↵', escape: 'esc', arrowup: '↑', arrowdown: '↓' };

/** `g t` as two keys, `mod+k` as ⌘K. */
export const KeyNames = ({ keys }: { keys: string }) => (
  <span className="inline-flex gap-1">
    {keys.split(' ').map((key, index) => (
      <Kbd key={index}>
        {key
          .split('+')
          .map((part) => SIGNS[part] ?? (part.length === 1 && key.includes('+') ? part.toUpperCase() : part))
          .join('')}
      </Kbd>
    ))}
  </span>
);

/** Every shortcut of the page that is open, by group; and the way to switch single letters off. */
export const KeyHelp = ({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) => {
  const { all, letters, setLetters } = useKeyList();
  // Of two with the same keys the later one acts, so only that one is listed.
  const active = [...new Map(open ? all().map((binding) => [binding.keys, binding]) : []).values()];
  const groups = Map.groupBy(active, (binding) => binding.group);
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keys" width="lg">
      <div className="gap-10 sm:columns-2">
        {[...groups].map(([group, bindings]) => (
          <section key={group} className="mb-5 break-inside-avoid">
            <h3 className="mb-1 text-12 text-text-3">{group}</h3>
            <ul>
              {/* Two keys that do the same stand in one line. */}
              {[...Map.groupBy(bindings, (binding) => binding.label)].map(([label, same]) => (
                <li key={label} className="flex h-7 items-center justify-between">
                  {label}
                  <span className="inline-flex gap-2">
                    {same.map(({ keys }) => (
                      <KeyNames key={keys} keys={keys} />
                    ))}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      <div className="mt-3 border-t border-line pt-3">
        <ChoiceField
          label="Single letters act"
          help="Off: only keys with ⌘ or Ctrl, arrows and enter. For voice control and habit."
          control={(id) => <Switch id={id} checked={letters} onCheckedChange={setLetters} />}
        />
      </div>
    </Dialog>
  );
};
