'use client';
import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { cx } from './cx.ts';
import { IconButton } from './icon-button.tsx';

/** Text to copy into a terminal or an editor. It scrolls inside itself; the keyboard can reach that scroll. */
export const CodeBlock = ({ label, code, className }: { label: string; code: string; className?: string }) => {
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(code);
      setState('copied');
    } catch {
      // The browser may refuse (no permission, not https): the text can be selected all the same.
      setState('refused');
    }
  };
  return (
    <div className={cx('relative rounded-2 border border-line bg-bg-rail', className)}>
      <pre
        role="region"
        aria-label={label}
        tabIndex={0}
        className="quiet-scroll overflow-x-auto p-3 pr-12 font-mono text-12 leading-4.5 font-normal focus-visible:-outline-offset-2"
      >
        {code}
      </pre>
      <IconButton label={state === 'copied' ? 'Copied' : `Copy: ${label}`} className="absolute top-1.5 right-1.5 bg-bg-rail" onClick={() => void copy()}>
        {state === 'copied' ? <Check aria-hidden /> : <Copy aria-hidden />}
      </IconButton>
      <p aria-live="polite" className="sr-only">
        {state === 'copied' ? 'Copied' : state === 'refused' ? 'The browser refused the clipboard: select the text and copy it.' : ''}
      </p>
    </div>
  );
};
