'use client';
import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { Button } from './button.tsx';

/** A secret shown once: selected on focus, copied by button, and says that it will not come back. */
export const Secret = ({
  value,
  label,
  note = 'Shown once: copy it now, it is not stored in readable form.',
}: {
  value: string;
  label: string;
  note?: string;
}) => {
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setState('copied');
    } catch {
      // The browser may refuse (no permission, not https): the text is selectable beside the button.
      setState('refused');
    }
  };
  return (
    <div>
      <div className="flex gap-2">
        <input
          readOnly
          aria-label={label}
          value={value}
          onFocus={(event) => event.currentTarget.select()}
          className="h-control min-w-0 flex-1 rounded-2 border border-line-control bg-bg px-2 font-mono text-12"
        />
        <Button icon={state === 'copied' ? <Check aria-hidden /> : <Copy aria-hidden />} onClick={copy}>
          {state === 'copied' ? 'Copied' : 'Copy'}
        </Button>
      </div>
      <p aria-live="polite" className="mt-1 text-12 text-text-3">
        {state === 'refused' ? 'The browser refused the clipboard: select the text and copy it.' : note}
      </p>
    </div>
  );
};
