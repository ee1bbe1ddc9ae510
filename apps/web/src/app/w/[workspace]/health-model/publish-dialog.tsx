'use client';
import { useState } from 'react';
import type { Amounts } from '../../../../ui/amount.ts';
import { Button } from '../../../../ui/button.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { Field } from '../../../../ui/field.tsx';
import { counted } from '../../../../ui/format.ts';
import { Textarea } from '../../../../ui/textarea.tsx';
import { DifferenceTable } from './difference-table.tsx';
import type { Comparison } from './prepare.ts';
import type { Difference } from './settings.ts';

/** Says once more what changes, and asks why: the note is what somebody reads in half a year. */
export const PublishDialog = ({
  open,
  onOpenChange,
  next,
  live,
  changed,
  comparison,
  amounts,
  busy,
  onPublish,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  next: number;
  live: number;
  changed: readonly Difference[];
  comparison: Comparison | null;
  amounts: Amounts | null;
  busy: boolean;
  onPublish: (note: string) => Promise<boolean>;
}) => {
  const [note, setNote] = useState('');
  const [asked, setAsked] = useState(false);
  const publish = async () => {
    setAsked(true);
    if (note.trim() === '') return;
    if (!(await onPublish(note.trim()))) return;
    onOpenChange(false);
    setNote('');
    setAsked(false);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Publish version ${next}`}
      description={
        comparison && amounts
          ? `${counted(comparison.changes.length, 'account changes', 'accounts change')} band, ${amounts.short(comparison.stake, { signed: true })} at stake. Every account is judged again at once; history keeps what version ${live} said.`
          : `Every account is judged again at once; history keeps what version ${live} said.`
      }
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button look="primary" busy={busy} onClick={() => void publish()}>
            Publish v{next}
          </Button>
        </>
      }
    >
      <Field label="Why it changes" error={asked && note.trim() === '' ? 'Say in a few words why it changes' : undefined}>
        {(control) => <Textarea {...control} value={note} onChange={(event) => setNote(event.target.value)} maxLength={2_000} />}
      </Field>
      <div className="mt-4">
        <DifferenceTable changed={changed} from={`v${live}`} to={`v${next}`} />
      </div>
    </Dialog>
  );
};
