'use client';
import { Phone, Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { api } from '../../../../../lib/api.ts';
import { useLive } from '../../../../../lib/live.ts';
import { problemText } from '../../../../../lib/request.ts';
import { useKeys } from '../../../../../shell/keys.tsx';
import { Button } from '../../../../../ui/button.tsx';
import { Dialog } from '../../../../../ui/dialog.tsx';
import { Field } from '../../../../../ui/field.tsx';
import type { Reader } from '../../../../../ui/format.ts';
import { Input } from '../../../../../ui/input.tsx';
import { Segmented } from '../../../../../ui/segmented.tsx';
import { Textarea } from '../../../../../ui/textarea.tsx';
import { done, failed } from '../../../../../ui/toast.tsx';

type Kind = 'call' | 'email' | 'meeting' | 'note';
const KINDS: readonly { value: Kind; label: string }[] = [
  { value: 'call', label: 'Call' },
  { value: 'email', label: 'Mail' },
  { value: 'meeting', label: 'Meeting' },
  { value: 'note', label: 'Note' },
];
type Props = { workspace: string; id: string; name: string; reader: Reader; mayAddTask: boolean };

/** Log a touch or a note, add a task; and the page reads itself again when this account changes. */
export const AccountActions = ({ workspace, id, name, reader, mayAddTask }: Props) => {
  const router = useRouter();
  const [asking, setAsking] = useState<'touch' | 'task' | null>(null);
  const [kind, setKind] = useState<Kind>('call');
  const [words, setWords] = useState('');
  useLive(workspace, ['score', 'alert', 'task', 'account', 'day'], () => router.refresh(), 500);
  const ask = (what: 'touch' | 'task') => {
    setWords('');
    setAsking(what);
  };
  useKeys([
    { keys: 't', label: 'Add a task', group: 'Account', run: () => mayAddTask && ask('task') },
    { keys: 'l', label: 'Log a call or note', group: 'Account', run: () => ask('touch') },
  ]);
  const send = async () => {
    const client = api(workspace);
    try {
      if (asking === 'task') await client.call('createTask', { body: { account: id, title: words.trim() } });
      else await client.call('logTouch', { body: { account: id, kind, body: words.trim(), day: reader.today } });
      done(asking === 'task' ? `Task for ${name}` : `Logged with ${name}`);
      setAsking(null);
      router.refresh();
    } catch (error) {
      failed('It was not kept', problemText(error));
    }
  };
  const empty = words.trim() === '' && (asking === 'task' || kind === 'note');
  return (
    <>
      {mayAddTask && (
        <Button icon={<Plus aria-hidden />} onClick={() => ask('task')}>
          Task
        </Button>
      )}
      <Button look="primary" icon={<Phone aria-hidden />} onClick={() => ask('touch')}>
        Log call
      </Button>
      <Dialog
        open={asking !== null}
        onOpenChange={(open) => !open && setAsking(null)}
        title={asking === 'task' ? `Task for ${name}` : `Log with ${name}`}
        footer={
          <Button look="primary" disabled={empty} onClick={() => void send()}>
            {asking === 'task' ? 'Add' : 'Log'}
          </Button>
        }
      >
        <div className="flex flex-col gap-4">
          {asking === 'touch' && <Segmented label="Kind" value={kind} onChange={setKind} options={KINDS} className="self-start" />}
          <Field label={asking === 'task' ? 'What is to be done' : 'What was said'}>
            {(control) =>
              asking === 'task' ? (
                <Input {...control} value={words} maxLength={200} onChange={(event) => setWords(event.target.value)} />
              ) : (
                <Textarea {...control} value={words} maxLength={4_000} onChange={(event) => setWords(event.target.value)} />
              )
            }
          </Field>
        </div>
      </Dialog>
    </>
  );
};
