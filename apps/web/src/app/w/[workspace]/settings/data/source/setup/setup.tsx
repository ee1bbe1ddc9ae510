'use client';
import type { GotOf, SentBodyOf } from '@tideline/contracts/operation';
import type { Operations } from '@tideline/contracts/operations';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { api } from '../../../../../../../lib/api.ts';
import { problemText } from '../../../../../../../lib/request.ts';
import { Button } from '../../../../../../../ui/button.tsx';
import { ErrorState } from '../../../../../../../ui/error-state.tsx';
import { Field } from '../../../../../../../ui/field.tsx';
import type { Reader } from '../../../../../../../ui/format.ts';
import { Input } from '../../../../../../../ui/input.tsx';
import { SectionTitle } from '../../../../../../../ui/page-header.tsx';
import { Select } from '../../../../../../../ui/select.tsx';
import { type Draft, draftOfImport, mappedFrom, missingIn } from '../../import/draft.ts';
import { guessDraft } from '../../import/guess.ts';
import { Preview } from '../../import/preview.tsx';
import { Kind, RowFields } from '../../import/wizard.tsx';
import { everyOptions, type SourceView } from '../source-words.ts';
import { type ConnectionDraft, connectionFrom, draftOf, nameOf } from './connection-draft.ts';
import { ConnectionFields } from './connection-fields.tsx';
import { OrderFields } from './order-fields.tsx';

type Look = GotOf<Operations['lookIntoSource']>;
type Body = Extract<SentBodyOf<Operations['createSource']>, { kind: 'usage' }>;
type Props = { workspace: string; /** The one to change; null: a new one. */ source: SourceView | null; reader: Reader };

const secretOf = ({ secret }: ConnectionDraft) => (secret ? { secret } : {});

/** Connects a source in three steps on one page: reach it, say what its rows are, see them as they will be read. */
export const Setup = ({ workspace, source, reader }: Props) => {
  const [at, setAt] = useState(() => draftOf(source?.connection ?? null));
  const [look, setLook] = useState<Look | null>(null);
  const [draft, setDraft] = useState<Draft | null>(source && draftOfImport({ kind: source.kind, source: '', map: source.mapping }, null));
  const [every, setEvery] = useState(String(source?.everyMinutes ?? 15));
  const [name, setName] = useState(source?.name ?? '');
  const id = source ? { id: source.id } : {};
  const { connection } = connectionFrom(at);
  const found = (next: Look) => {
    setLook(next);
    if (at.cursor === '' && next.cursors.length > 0) setAt({ ...at, cursor: next.cursors[0] ?? '' });
    if (!draft) setDraft(guessDraft(next, nameOf(at), reader.timeZone));
    if (name === '') setName(nameOf(at));
  };
  return (
    <>
      <div className="flex flex-1 gap-10 px-4 py-6 max-side:flex-col lg:px-6">
        <div className="flex w-105 flex-none flex-col gap-8 max-side:w-full max-side:max-w-160">
          <ConnectionFields draft={at} kept={source !== null} onChange={setAt} />
          <Test workspace={workspace} at={at} of={id} look={look} onFound={found} />
          {look && draft && (
            <>
              {at.connector === 'postgres' && <OrderFields look={look} cursors={look.cursors} draft={at} onChange={setAt} />}
              <Mapping look={look} draft={draft} reader={reader} onChange={setDraft} />
              <Clock name={name} every={every} onName={setName} onEvery={setEvery} />
            </>
          )}
        </div>
        {look && draft && connection && (
          <Preview
            draft={draft}
            reader={reader}
            of={JSON.stringify([connection, at.secret])}
            read={(mapped, signal) => api(workspace).call('previewSource', { body: { ...(mapped as Body), connection, ...secretOf(at), ...id }, signal })}
          />
        )}
      </div>
      {look && draft && <Save workspace={workspace} source={source} at={at} draft={draft} name={name} every={every} />}
    </>
  );
};

const Mapping = ({ look, draft, reader, onChange }: { look: Look; draft: Draft; reader: Reader; onChange: (next: Draft) => void }) => (
  <>
    <Kind draft={draft} onChange={onChange} />
    <RowFields look={look} draft={draft} timeZone={reader.timeZone} onChange={onChange} />
  </>
);

type TestProps = { workspace: string; at: ConnectionDraft; of: { id?: string }; look: Look | null; onFound: (look: Look) => void };

/** Tries the connection, and says what came of it in place. */
const Test = ({ workspace, at, of, look, onFound }: TestProps) => {
  const [busy, setBusy] = useState(false);
  const [refused, refuse] = useState<string | null>(null);
  const test = async () => {
    const { connection, missing } = connectionFrom(at, true);
    if (!connection) return refuse(missing);
    setBusy(true);
    refuse(null);
    try {
      onFound(await api(workspace).call('lookIntoSource', { body: { connection, ...secretOf(at), ...of } }));
    } catch (error) {
      refuse(problemText(error));
    }
    return setBusy(false);
  };
  return (
    <div className="-mt-4 flex flex-col gap-3">
      <div className="flex items-center gap-3">
        <Button look={look ? 'secondary' : 'primary'} busy={busy} onClick={() => void test()}>
          Test the connection
        </Button>
        {look && !refused && (
          <p role="status" className="text-12 text-text-2">
            It answers: {look.columns.length} columns{look.cursors.length === 0 && at.connector !== 'postgres' ? ` in ${look.place}` : ''}.
          </p>
        )}
      </div>
      {refused && <ErrorState title="It cannot be read yet.">{refused}</ErrorState>}
    </div>
  );
};

type ClockProps = { name: string; every: string; onName: (name: string) => void; onEvery: (every: string) => void };

const Clock = ({ name, every, onName, onEvery }: ClockProps) => {
  const options = everyOptions.some(({ value }) => value === every) ? everyOptions : [...everyOptions, { value: every, label: `Every ${every} minutes` }];
  return (
    <section className="flex flex-col gap-4">
      <SectionTitle title="When" />
      <Field label="Name">{(control) => <Input {...control} value={name} onChange={({ target }) => onName(target.value)} />}</Field>
      <Field label="Read">{(control) => <Select {...control} options={options} value={every} onChange={onEvery} />}</Field>
    </section>
  );
};

type SaveProps = { workspace: string; source: SourceView | null; at: ConnectionDraft; draft: Draft; name: string; every: string };

const Save = ({ workspace, source, at, draft, name, every }: SaveProps) => {
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [refused, refuse] = useState<string | null>(null);
  const { connection, missing: unreached } = connectionFrom(at);
  const missing = [...(unreached ? [unreached] : []), ...Object.values(missingIn(draft)), ...(name.trim() ? [] : ['Give it a name'])];
  const save = async () => {
    const mapped = mappedFrom(draft);
    if (!mapped || !connection) return refuse('The mapping is not complete yet.');
    const body = { ...(mapped as Body), name, connection, everyMinutes: Number(every), ...secretOf(at) };
    setBusy(true);
    refuse(null);
    try {
      const { id } = source
        ? await api(workspace).call('changeSource', { params: { id: source.id }, body })
        : await api(workspace).call('createSource', { body });
      router.push(`/w/${workspace}/settings/data/source/${id}`);
    } catch (error) {
      refuse(problemText(error));
      setBusy(false);
    }
    return undefined;
  };
  return (
    <div className="sticky bottom-0 flex flex-wrap items-center gap-3 border-t border-line bg-bg px-4 py-3 lg:px-6">
      <Button look="primary" busy={busy} disabled={missing.length > 0} onClick={() => void save()}>
        {source ? 'Save changes' : 'Connect and read'}
      </Button>
      <p className={`text-12 ${refused ? 'text-risk-text' : 'text-text-2'}`} role={refused ? 'alert' : undefined}>
        {refused ?? (missing.length > 0 ? missing.join('. ') : 'The first reading takes in all there is; after that only what is new. Each row counts once.')}
      </p>
    </div>
  );
};
