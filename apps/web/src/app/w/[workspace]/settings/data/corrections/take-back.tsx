'use client';
import { addDays, type Day, isDay, startOfDay } from '@tideline/domain/calendar';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { api } from '../../../../../../lib/api.ts';
import { problemText } from '../../../../../../lib/request.ts';
import { Button } from '../../../../../../ui/button.tsx';
import { Field } from '../../../../../../ui/field.tsx';
import { shortDay, type Reader } from '../../../../../../ui/format.ts';
import { Input } from '../../../../../../ui/input.tsx';
import { SectionTitle } from '../../../../../../ui/page-header.tsx';
import { Segmented } from '../../../../../../ui/segmented.tsx';
import { Textarea } from '../../../../../../ui/textarea.tsx';
import { done, failed } from '../../../../../../ui/toast.tsx';
import { type RangePreview, RangeEffect } from './range-effect.tsx';

type Props = { workspace: string; /** Events before it are gone. */ rawFrom: string | null; reader: Reader };
type Range = { from: string; to: string; account: string; event: string };

const filterOf = ({ from, to, account, event }: Range, zone: string) => ({
  from: startOfDay(from as Day, zone).toISOString(),
  until: startOfDay(addDays(to as Day, 1), zone).toISOString(),
  account: account.trim() || null,
  event: event.trim() || null,
});

/** Takes events back, by id or as a range; a range is looked at first. */
export const TakeBack = ({ workspace, rawFrom, reader }: Props) => {
  const [by, setBy] = useState<'range' | 'id'>('range');
  return (
    <section className="max-w-190">
      <SectionTitle
        title="Take events back"
        aside={
          <Segmented
            label="Which events"
            value={by}
            onChange={setBy}
            options={[
              { value: 'range', label: 'A range' },
              { value: 'id', label: 'By id' },
            ]}
          />
        }
      />
      <p className="mt-1 mb-4 text-text-2">
        Their days are counted again without them; scores and revenue follow, and past days stay as they were known then. It can be undone.
        {rawFrom && ` Events before ${shortDay(rawFrom as Day, reader)} are past their retention and stay as they are.`}
      </p>
      {by === 'range' ? <ByRange workspace={workspace} reader={reader} /> : <ById workspace={workspace} />}
    </section>
  );
};

const ByRange = ({ workspace, reader }: { workspace: string; reader: Reader }) => {
  const router = useRouter();
  const [range, setRange] = useState<Range>({ from: '', to: '', account: '', event: '' });
  const [seen, setSeen] = useState<RangePreview | null>(null);
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const set = (part: Partial<Range>) => {
    setRange({ ...range, ...part });
    setSeen(null); // what was looked at is no longer what is meant
  };
  const ready = isDay(range.from) && isDay(range.to) && range.from <= range.to;
  const run = async (what: () => Promise<void>, otherwise: string) => {
    setBusy(true);
    try {
      await what();
    } catch (error) {
      failed(otherwise, problemText(error));
    }
    setBusy(false);
  };
  const look = () =>
    run(async () => setSeen(await api(workspace).call('previewVoid', { body: filterOf(range, reader.timeZone) })), 'The range could not be looked at.');
  const take = () =>
    run(async () => {
      await api(workspace).call('voidRange', { body: { filter: filterOf(range, reader.timeZone), reason } });
      done('Events are being taken back; Data shows how far it is');
      setSeen(null);
      setReason('');
      router.refresh();
    }, 'Nothing was taken back.');
  return (
    <div className="flex flex-col gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="From">{(wiring) => <Input {...wiring} type="date" value={range.from} onChange={({ target }) => set({ from: target.value })} />}</Field>
        <Field label="Through">{(wiring) => <Input {...wiring} type="date" value={range.to} onChange={({ target }) => set({ to: target.value })} />}</Field>
        <Field label="Account" help="Its key; empty: every account.">
          {(wiring) => <Input {...wiring} value={range.account} onChange={({ target }) => set({ account: target.value })} />}
        </Field>
        <Field label="Event" help="Its name; empty: every event.">
          {(wiring) => <Input {...wiring} value={range.event} onChange={({ target }) => set({ event: target.value })} />}
        </Field>
      </div>
      {seen === null ? (
        <Button look="primary" className="self-start" disabled={!ready} busy={busy} onClick={() => void look()}>
          See what it would change
        </Button>
      ) : (
        <>
          <RangeEffect seen={seen} reader={reader} />
          {seen.events > 0 && (
            <>
              <Field label="Why" help="It stands in the audit log.">
                {(wiring) => <Input {...wiring} value={reason} onChange={({ target }) => setReason(target.value)} />}
              </Field>
              <Button look="danger" className="self-start" disabled={reason.trim() === ''} busy={busy} onClick={() => void take()}>
                Take {seen.whole ? seen.events.toLocaleString('en') : 'all of these'} events back
              </Button>
            </>
          )}
        </>
      )}
    </div>
  );
};

const ById = ({ workspace }: { workspace: string }) => {
  const router = useRouter();
  const [text, setText] = useState('');
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const ids = text.split('\n').map((line) => line.trim());
  const wanted = [...new Set(ids.filter(Boolean))];
  const take = async () => {
    setBusy(true);
    try {
      const { events, notFound } = await api(workspace).call('voidEvents', { body: { ids: wanted, reason } });
      done(
        `${events.toLocaleString('en')} taken back${notFound.length > 0 ? `; not in force: ${notFound.slice(0, 3).join(', ')}${notFound.length > 3 ? '…' : ''}` : ''}`,
      );
      setText('');
      setReason('');
      router.refresh();
    } catch (error) {
      failed('Nothing was taken back.', problemText(error));
    }
    setBusy(false);
  };
  return (
    <div className="flex flex-col gap-4">
      <Field label="Event ids" help="One a line, up to 1,000.">
        {(wiring) => <Textarea {...wiring} rows={5} className="font-mono text-12" value={text} onChange={({ target }) => setText(target.value)} />}
      </Field>
      <Field label="Why" help="It stands in the audit log.">
        {(wiring) => <Input {...wiring} value={reason} onChange={({ target }) => setReason(target.value)} />}
      </Field>
      <Button
        look="danger"
        className="self-start"
        disabled={wanted.length === 0 || wanted.length > 1_000 || reason.trim() === ''}
        busy={busy}
        onClick={() => void take()}
      >
        Take {wanted.length === 1 ? 'it' : `${wanted.length.toLocaleString('en')} events`} back
      </Button>
    </div>
  );
};
