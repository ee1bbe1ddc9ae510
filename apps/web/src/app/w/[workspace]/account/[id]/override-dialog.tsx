'use client';
import type { AccountPages } from '@tideline/contracts/account-page';
import { addDays, workday, type Day } from '@tideline/domain/calendar';
import { type Band, bands } from '@tideline/domain/health';
import { OVERRIDE_DAYS, overrideProblem } from '@tideline/domain/override';
import { useState } from 'react';
import { AskDialog } from '../../../../../ui/ask-dialog.tsx';
import { DayField } from '../../../../../ui/day-field.tsx';
import { Field } from '../../../../../ui/field.tsx';
import { fixed, type Reader } from '../../../../../ui/format.ts';
import { Select } from '../../../../../ui/select.tsx';
import { Textarea } from '../../../../../ui/textarea.tsx';

export type Said = { band: Band; reason: string; until: Day };
type Props = { account: AccountPages['Page']; reader: Reader; onClose: () => void; onSay: (said: Said) => void };

const choices = Object.entries(bands).map(([value, { label }]) => ({ value: value as Band, label }));
/** Offered first: the outcome is looked at after 90 days, what is known today seldom holds longer than a month. */
const USUAL_DAYS = 30;

/** Asks what somebody knows better than the model, why, and until when. */
export const OverrideDialog = ({ account, reader, onClose, onSay }: Props) => {
  const { today } = reader;
  const { override, judgement } = account;
  const [band, setBand] = useState<Band>(override?.band ?? (judgement?.band === 'at_risk' ? 'healthy' : 'at_risk'));
  const [until, setUntil] = useState<Day>((override?.until as Day | undefined) ?? workday(addDays(today, USUAL_DAYS)));
  const [reason, setReason] = useState(override?.reason ?? '');
  const [tried, setTried] = useState(false);
  const problem = overrideProblem(until, reason, today) ?? undefined;
  const isReason = reason.trim() === '';
  const submit = () => {
    setTried(true);
    if (!problem) onSay({ band, reason: reason.trim(), until });
  };
  const says =
    judgement?.health == null
      ? 'The model says nothing yet.'
      : `The model says ${fixed(judgement.health, 0)}, ${judgement.band ? bands[judgement.band].label.toLowerCase() : 'without a band'}.`;
  return (
    <AskDialog
      title={`You know better: ${account.name}`}
      description={`${says} What you say stands beside it; ranking and alerts go on by the model. After 90 days it is held against what happened.`}
      action="Say so"
      onClose={onClose}
      onSubmit={submit}
    >
      <Field label="It is">{(control) => <Select {...control} value={band} options={choices} onChange={setBand} />}</Field>
      <Field label="Because" error={tried && isReason ? problem : undefined}>
        {(control) => <Textarea {...control} value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />}
      </Field>
      <DayField
        label="Until"
        day={until}
        last={addDays(today, OVERRIDE_DAYS)}
        reader={reader}
        onChange={setUntil}
        error={tried && !isReason ? problem : undefined}
      />
    </AskDialog>
  );
};
