'use client';
import { addDays, workday, type Day } from '@tideline/domain/calendar';
import { useState } from 'react';
import { AskDialog } from '../../../../ui/ask-dialog.tsx';
import { DayField } from '../../../../ui/day-field.tsx';
import { useScene } from './scene.ts';

/** Moves tasks to another day. */
export const PostponeDialog = ({ what, onClose, onPostpone }: { what: string; onClose: () => void; onPostpone: (day: Day) => void }) => {
  const { reader } = useScene();
  const [day, setDay] = useState<Day>(workday(addDays(reader.today, 1)));
  const [tried, setTried] = useState(false);
  const problem = day <= reader.today ? 'Choose a day after today' : undefined;
  const submit = () => {
    setTried(true);
    if (!problem) onPostpone(day);
  };
  return (
    <AskDialog title={`Postpone ${what}`} action="Postpone" onClose={onClose} onSubmit={submit}>
      <DayField label="New due day" day={day} reader={reader} onChange={setDay} error={tried ? problem : undefined} />
    </AskDialog>
  );
};
