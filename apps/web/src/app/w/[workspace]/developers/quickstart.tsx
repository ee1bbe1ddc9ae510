'use client';
import { CircleCheck, CircleDashed } from 'lucide-react';
import Link from 'next/link';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useState, type ReactNode } from 'react';
import { api } from '../../../../lib/api.ts';
import { useLive } from '../../../../lib/live.ts';
import { problemText } from '../../../../lib/request.ts';
import { useAnnounce } from '../../../../shell/live-region.tsx';
import { Button } from '../../../../ui/button.tsx';
import { CodeBlock } from '../../../../ui/code-block.tsx';
import { Secret } from '../../../../ui/secret.tsx';
import { Segmented } from '../../../../ui/segmented.tsx';
import { failed } from '../../../../ui/toast.tsx';
import { FromSelect, froms, SendFrom } from './send-from.tsx';
import { KEY_PLACEHOLDER, snippets, type Language, type Sample } from './sample.ts';

type Props = {
  workspace: string;
  /** Where this installation is reached, without a trailing slash. */
  address: string;
  sample: Sample;
  /** Name of the meter that counts the sample; null: there is no meter yet. */
  measured: string | null;
  unknownRefused: boolean;
  arrived: boolean;
  mayCreateKey: boolean;
};

const reply = JSON.stringify({ accepted: 1, duplicates: 0, conflicts: 0, rejected: [], conflicting: [] }, null, 2);
const languages = (Object.keys(snippets) as Language[]).map((value) => ({ value, label: snippets[value].label }));

export const Quickstart = ({ workspace, address, sample, measured, unknownRefused, arrived, mayCreateKey }: Props) => {
  const [key, setKey] = useState<string | null>(null);
  const [from, setFrom] = useQueryState('from', parseAsStringLiteral(froms).withDefault('http'));
  const [language, setLanguage] = useState<Language>('curl');
  const way = { address, key: key ?? KEY_PLACEHOLDER, sample };
  return (
    <section aria-label="Quickstart" className="flex max-w-190 flex-col gap-8">
      <Step number={1} title="Take a key">
        <KeyStep workspace={workspace} made={key} onMade={setKey} mayCreate={mayCreateKey} />
      </Step>
      <Step number={2} title="Send an event" aside={<FromSelect value={from} onChange={(next) => void setFrom(next)} />}>
        {from === 'http' ? (
          <>
            <Segmented label="Language" value={language} onChange={setLanguage} options={languages} className="mb-2" />
            <CodeBlock label="Send an event" code={snippets[language].code(way)} />
          </>
        ) : (
          <SendFrom from={from} way={way} />
        )}
        <p className="mt-2 max-w-[72ch] text-text-2">
          {from === 'http' &&
            'The id is your own name for the fact: sent again, it counts once, however often it is retried. Without a timestamp it happened now. Up to 1,000 events travel in one request, as a list. '}
          {unknownRefused && 'Events for accounts nobody named are refused in this workspace: create the account first. '}
          {measured ? (
            `The meter “${measured}” counts this one.`
          ) : (
            <>
              Nothing counts it yet:{' '}
              <Link href={`/w/${workspace}/settings/meters/new`} className="door text-accent-text">
                make a meter
              </Link>
              , before or after.
            </>
          )}
        </p>
        {from === 'http' && (
          <>
            <p className="mt-4 mb-1 text-12 text-text-2">The answer, once it is durable:</p>
            <CodeBlock label="The answer" code={reply} />
          </>
        )}
      </Step>
      <Step number={3} title="See it arrive">
        <Arrival workspace={workspace} arrived={arrived} />
      </Step>
    </section>
  );
};

const Step = ({ number, title, aside, children }: { number: number; title: string; aside?: ReactNode; children: ReactNode }) => (
  <section>
    <div className="mb-2 flex min-h-7 items-center gap-2">
      <span aria-hidden className="grid size-5 flex-none place-items-center rounded-full bg-bg-track text-12 text-text-2">
        {number}
      </span>
      <h2 className="font-semibold">{title}</h2>
      {aside && <span className="ml-auto">{aside}</span>}
    </div>
    {children}
  </section>
);

type KeyProps = { workspace: string; made: string | null; onMade: (key: string) => void; mayCreate: boolean };

const KeyStep = ({ workspace, made, onMade, mayCreate }: KeyProps) => {
  const [busy, setBusy] = useState(false);
  const create = async () => {
    setBusy(true);
    try {
      onMade((await api(workspace).call('createApiKey', { body: { name: 'Quickstart', scopes: ['ingest'] } })).key);
    } catch (error) {
      failed('No key was made.', problemText(error));
    }
    setBusy(false);
  };
  if (made) return <Secret value={made} label="API key" note="Shown once: copy it now. It stands in the request below; only its hash is kept." />;
  if (!mayCreate) return <p className="text-text-2">An admin of the workspace makes keys and hands you one.</p>;
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button look="primary" busy={busy} onClick={() => void create()}>
        Create a key for sending
      </Button>
      <Link href={`/w/${workspace}/settings/keys`} className="door text-text-2">
        or take one you have
      </Link>
    </div>
  );
};

/** Waits for the first event; once one came it says so, whoever sent it. */
const Arrival = ({ workspace, arrived }: { workspace: string; arrived: boolean }) => {
  const announce = useAnnounce();
  const [seen, setSeen] = useState(false);
  const look = async () => {
    // After a lost connection every kind is told, so what is said is checked.
    try {
      const { items } = await api(workspace).call('listEvents', { query: { limit: 1 } });
      if (items.length === 0) return;
      setSeen(true);
      announce('Your first event arrived');
    } catch (error) {
      failed('Whether an event arrived is not known.', problemText(error));
    }
  };
  useLive(workspace, ['event'], () => {
    if (!seen && !arrived) void look();
  });
  return arrived || seen ? (
    <p className="flex items-center gap-2">
      <CircleCheck aria-hidden className="text-healthy-text" />
      <span>
        <b>{arrived ? 'Events arrive.' : 'Your first event arrived.'}</b> The latest stand below, and on{' '}
        <Link href={`/w/${workspace}/triage`} className="door text-accent-text">
          triage
        </Link>{' '}
        their accounts within seconds.
      </span>
    </p>
  ) : (
    <p className="flex items-center gap-2 text-text-2">
      <CircleDashed aria-hidden />
      Nothing yet. This page tells you the moment the first one is stored.
    </p>
  );
};
