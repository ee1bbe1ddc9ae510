'use client';
import { Field } from '../../../../../../../ui/field.tsx';
import { Input } from '../../../../../../../ui/input.tsx';
import { SectionTitle } from '../../../../../../../ui/page-header.tsx';
import { Segmented } from '../../../../../../../ui/segmented.tsx';
import { Textarea } from '../../../../../../../ui/textarea.tsx';
import { type ConnectionDraft, connectors } from './connection-draft.ts';

type Key = Exclude<keyof ConnectionDraft, 'connector'>;
type Part = { key: Key; label: string; help?: string; placeholder?: string; optional?: boolean; long?: boolean; password?: boolean };

/** What each connector asks for. */
const parts: Record<ConnectionDraft['connector'], readonly Part[]> = {
  postgres: [
    {
      key: 'url',
      label: 'Connection',
      placeholder: 'postgres://reader@db.example.com:5432/app',
      help: 'Encrypted unless it ends in ?sslmode=disable; verify-full also checks the certificate. A user that may only read is enough.',
    },
    { key: 'secret', label: 'Password', password: true, optional: true },
    {
      key: 'query',
      label: 'Table or query',
      placeholder: 'public.usage_events',
      long: true,
      help: 'It is read in pages, in read-only transactions of 30 seconds at most.',
    },
  ],
  s3: [
    { key: 'endpoint', label: 'Endpoint', placeholder: 'https://storage.example.com', optional: true, help: 'Empty for AWS.' },
    { key: 'region', label: 'Region', placeholder: 'us-east-1' },
    { key: 'bucket', label: 'Bucket', placeholder: 'usage-exports' },
    { key: 'prefix', label: 'Only keys that start with', placeholder: 'daily/', optional: true },
    { key: 'accessKeyId', label: 'Access key id' },
    { key: 'secret', label: 'Secret access key', password: true, help: 'It needs s3:ListBucket and s3:GetObject.' },
  ],
  folder: [
    {
      key: 'folder',
      label: 'Folder',
      placeholder: '/srv/exports',
      help: 'On the server of this product, within what its operator allows (SOURCE_FOLDERS). Folders in it are read too.',
    },
  ],
};

const CONNECTORS = Object.entries(connectors).map(([value, { label }]) => ({ value: value as ConnectionDraft['connector'], label }));

type Props = { draft: ConnectionDraft; kept: boolean; onChange: (next: ConnectionDraft) => void };

/** Where a source reads. `kept`: its secret is known already and need not be given again. */
export const ConnectionFields = ({ draft, kept, onChange }: Props) => (
  <section className="flex flex-col gap-4">
    <SectionTitle
      title="Where it is"
      aside={<Segmented label="Where it is" value={draft.connector} options={CONNECTORS} onChange={(connector) => onChange({ ...draft, connector })} />}
    />
    {draft.connector !== 'postgres' && (
      <p className="text-12 text-text-3">
        Files that end in .csv, .jsonl or .parquet (the first two also with .gz). Each is read once; one that changes is read again and adds what is new.
      </p>
    )}
    {parts[draft.connector].map(({ key, label, help, placeholder, optional, long, password }) => (
      <Field key={key} label={label} help={password && kept ? 'Kept sealed and never shown. Empty: it stays as it is.' : help} optional={optional ?? false}>
        {(control) => {
          const shared = { ...control, value: draft[key], placeholder, spellCheck: false };
          return long ? (
            <Textarea {...shared} rows={3} className="font-mono text-12" onChange={({ target }) => onChange({ ...draft, [key]: target.value })} />
          ) : (
            <Input
              {...shared}
              {...(password ? { type: 'password', autoComplete: 'new-password' } : {})}
              onChange={({ target }) => onChange({ ...draft, [key]: target.value })}
            />
          );
        }}
      </Field>
    ))}
  </section>
);
