'use client';
import type { SentBodyOf } from '@tideline/contracts/operation';
import type { Operations } from '@tideline/contracts/operations';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { api } from '../../../../../../lib/api.ts';
import { problemText } from '../../../../../../lib/request.ts';
import type { Uploaded } from '../../../../../../lib/upload.ts';
import { Button } from '../../../../../../ui/button.tsx';
import { ErrorState } from '../../../../../../ui/error-state.tsx';
import { Field } from '../../../../../../ui/field.tsx';
import type { Reader } from '../../../../../../ui/format.ts';
import { Select } from '../../../../../../ui/select.tsx';
import { rowKinds } from '../row-kinds.ts';
import { AccountsFields } from './accounts-fields.tsx';
import { type Draft, missingIn, startFrom } from './draft.ts';
import { DropFile } from './drop-file.tsx';
import { FileLine } from './file-line.tsx';
import type { Look } from './guess.ts';
import { Metering, type KnownMeter } from './metering.tsx';
import { Preview } from './preview.tsx';
import { addressOf } from './draft-address.ts';
import { StatedFields } from './stated-fields.tsx';
import { useDraft } from './use-draft.ts';
import { UsageFields } from './usage-fields.tsx';

type Props = {
  workspace: string;
  /** The file the address names, as far as it was looked into. */
  file: Uploaded | null;
  /** The address names a file that is there no longer. */
  gone: boolean;
  meters: readonly KnownMeter[];
  currency: string;
  reader: Reader;
};

export const Wizard = ({ workspace, file: named, gone, meters, currency, reader }: Props) => {
  const [file, setFile] = useState(named);
  const { draft, change, choose } = useDraft(file, reader.timeZone);
  const take = (next: Uploaded | null) => {
    setFile(next);
    choose(next);
  };
  if (!file || !draft) {
    return (
      <div className="flex max-w-180 flex-col gap-4 px-4 py-6 lg:px-6">
        {gone && <ErrorState title="That file is here no longer.">Files wait a week to be imported. Choose it again; nothing of it was stored.</ErrorState>}
        <DropFile workspace={workspace} onUploaded={take} />
      </div>
    );
  }
  return (
    <>
      <div className="flex flex-1 gap-10 px-4 py-6 max-side:flex-col lg:px-6">
        <div className="flex w-105 flex-none flex-col gap-8 max-side:w-full max-side:max-w-160">
          <FileLine file={file} draft={draft} onChange={change} onOther={() => take(null)} />
          <Kind draft={draft} onChange={change} />
          <RowFields look={file} draft={draft} timeZone={reader.timeZone} onChange={change} />
          {draft.kind === 'usage' && <Metering look={file} draft={draft} meters={meters} currency={currency} onChange={change} />}
        </div>
        <Preview
          draft={draft}
          reader={reader}
          of={file.uploadId}
          read={(mapped, signal) => api(workspace).call('previewImport', { body: { ...(mapped as Usage), uploadId: file.uploadId }, signal })}
        />
      </div>
      <Start workspace={workspace} file={file} draft={draft} />
    </>
  );
};

type Usage = Extract<SentBodyOf<Operations['previewImport']>, { kind: 'usage' }>;
const KINDS = Object.entries(rowKinds).map(([value, { label }]) => ({ value, label }));

/** What the rows are. */
export const Kind = ({ draft, onChange }: { draft: Draft; onChange: (next: Draft) => void }) => (
  <section>
    <Field label="The rows are" help={rowKinds[draft.kind].words}>
      {(control) => <Select {...control} value={draft.kind} onChange={(kind) => onChange({ ...draft, kind: kind as Draft['kind'] })} options={KINDS} />}
    </Field>
  </section>
);

type FieldsProps = { look: Look; draft: Draft; timeZone: string; onChange: (next: Draft) => void };

/** Which columns become which part of what the rows are. */
export const RowFields = ({ look, draft, timeZone, onChange }: FieldsProps) => {
  const missing = missingIn(draft) as Record<string, string>;
  if (draft.kind === 'usage')
    return <UsageFields look={look} usage={draft.usage} missing={missing} timeZone={timeZone} onChange={(usage) => onChange({ ...draft, usage })} />;
  if (draft.kind === 'accounts')
    return <AccountsFields look={look} accounts={draft.accounts} missing={missing} onChange={(accounts) => onChange({ ...draft, accounts })} />;
  return <StatedFields key={draft.kind} kind={draft.kind} look={look} draft={draft} missing={missing} timeZone={timeZone} onChange={onChange} />;
};

type StartProps = { workspace: string; file: Uploaded; draft: Draft };

/** Tries the whole file or takes it in, once nothing is missing. */
const Start = ({ workspace, file, draft }: StartProps) => {
  const router = useRouter();
  const [starting, setStarting] = useState<'try' | 'import' | null>(null);
  const [refused, refuse] = useState<string | null>(null);
  const missing = Object.values(missingIn(draft));
  const start = async (dryRun: boolean) => {
    const body = startFrom(draft, file, dryRun);
    if (!body) return refuse('The mapping is not complete yet.');
    setStarting(dryRun ? 'try' : 'import');
    refuse(null);
    try {
      const { id } = await api(workspace).call('startImport', { body });
      router.push(`/w/${workspace}/settings/data/${id}?${dryRun ? addressOf(file, draft) : ''}`);
    } catch (error) {
      refuse(problemText(error));
      setStarting(null);
    }
    return undefined;
  };
  return (
    <div className="sticky bottom-0 flex flex-wrap items-center gap-3 border-t border-line bg-bg px-4 py-3 lg:px-6">
      <Button look="primary" busy={starting === 'import'} disabled={missing.length > 0 || starting === 'try'} onClick={() => void start(false)}>
        Import the {rowKinds[draft.kind].label.toLowerCase()}
      </Button>
      <Button busy={starting === 'try'} disabled={missing.length > 0 || starting === 'import'} onClick={() => void start(true)}>
        Dry run
      </Button>
      <p className="text-12 text-text-2" role={refused ? 'alert' : undefined}>
        {refused ? (
          <span className="text-risk-text">{refused}</span>
        ) : missing.length > 0 ? (
          missing.join('. ')
        ) : (
          'A dry run reads the whole file and stores nothing. Importing the same file again adds only what is new.'
        )}
      </p>
    </div>
  );
};
