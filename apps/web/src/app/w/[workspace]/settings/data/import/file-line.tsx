'use client';
import { Download, FileJson } from 'lucide-react';
import { useRef, useState } from 'react';
import * as z from 'zod';
import type { Uploaded } from '../../../../../../lib/upload.ts';
import { Button } from '../../../../../../ui/button.tsx';
import { Field } from '../../../../../../ui/field.tsx';
import { counted } from '../../../../../../ui/format.ts';
import { Input } from '../../../../../../ui/input.tsx';
import { done } from '../../../../../../ui/toast.tsx';
import { type Draft, draftFromFile, fileFromDraft } from './draft.ts';
import { baseName } from './guess.ts';
import { sizeWords } from './size-words.ts';

type Props = { file: Uploaded; draft: Draft; onChange: (next: Draft) => void; onOther: () => void };

/** Which file it is, which source it belongs to, and its mapping as a file of its own. */
export const FileLine = ({ file, draft, onChange, onOther }: Props) => (
  <section className="flex flex-col gap-4">
    <div className="flex items-start gap-3">
      <span className="min-w-0 flex-1">
        <h2 className="truncate font-semibold" title={file.fileName}>
          {file.fileName}
        </h2>
        <span className="block text-12 text-text-3">
          {sizeWords(file.bytes)}, {counted(file.columns.length, 'column')}
        </span>
      </span>
      <Button size="sm" onClick={onOther}>
        Another file
      </Button>
    </div>
    <Field
      label="Source"
      help="Rows are told apart within a source: the same file again, or a longer one, adds only what is new. Files of different origin name different sources."
    >
      {(control) => <Input {...control} value={draft.source} onChange={(event) => onChange({ ...draft, source: event.target.value })} spellCheck={false} />}
    </Field>
    <MappingFiles file={file} draft={draft} onChange={onChange} />
  </section>
);

const MappingFiles = ({ file, draft, onChange }: Pick<Props, 'file' | 'draft' | 'onChange'>) => {
  const input = useRef<HTMLInputElement>(null);
  const [fault, setFault] = useState<string | null>(null);
  const load = async (chosen: File) => {
    setFault(null);
    try {
      onChange(draftFromFile(JSON.parse(await chosen.text()), draft));
      done(`${chosen.name} is taken over`);
    } catch (error) {
      if (error instanceof SyntaxError) setFault(`${chosen.name} is not JSON: ${error.message}`);
      else if (error instanceof z.ZodError)
        setFault(`${chosen.name} is no mapping: ${error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}`);
      else throw error;
    }
  };
  const save = () => {
    const text = fileFromDraft(draft);
    if (text === null) return setFault('The mapping is not complete yet.');
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    link.download = `${baseName(file.fileName)}.mapping.json`;
    link.click();
    URL.revokeObjectURL(link.href);
    return setFault(null);
  };
  return (
    <div>
      <input
        ref={input}
        type="file"
        aria-label="Mapping file"
        accept=".json,application/json"
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          const chosen = event.target.files?.[0];
          if (chosen) void load(chosen);
          event.target.value = '';
        }}
      />
      <div className="-ml-2 flex flex-wrap gap-1">
        <Button look="ghost" size="sm" icon={<FileJson aria-hidden />} onClick={() => input.current?.click()}>
          Use a mapping file
        </Button>
        <Button look="ghost" size="sm" icon={<Download aria-hidden />} onClick={save}>
          Save this mapping
        </Button>
      </div>
      {fault && (
        <p role="alert" className="mt-1 text-12 text-risk-text">
          {fault}
        </p>
      )}
    </div>
  );
};
