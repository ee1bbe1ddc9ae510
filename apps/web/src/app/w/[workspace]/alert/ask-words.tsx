'use client';
import { useState } from 'react';
import { Field } from '../../../../ui/field.tsx';
import { Textarea } from '../../../../ui/textarea.tsx';
import { AskDialog } from '../../../../ui/ask-dialog.tsx';

type AskWordsProps = {
  title: string;
  description?: string;
  label: string;
  action: string;
  /** The sentence shown when nothing was written; absent: words are optional. */
  required?: string;
  onClose: () => void;
  onWords: (words: string) => void;
};

/** Asks for words: what came of it, or why not. */
export const AskWords = ({ title, description, label, action, required, onClose, onWords }: AskWordsProps) => {
  const [words, setWords] = useState('');
  const [tried, setTried] = useState(false);
  const missing = required !== undefined && words.trim() === '';
  const submit = () => {
    setTried(true);
    if (!missing) onWords(words.trim());
  };
  return (
    <AskDialog title={title} {...(description ? { description } : {})} action={action} onClose={onClose} onSubmit={submit}>
      <Field label={label} optional={required === undefined} error={tried && missing ? required : undefined}>
        {(control) => <Textarea {...control} value={words} maxLength={2_000} onChange={(event) => setWords(event.target.value)} />}
      </Field>
    </AskDialog>
  );
};
