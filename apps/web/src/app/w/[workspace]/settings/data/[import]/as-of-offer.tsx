'use client';
import type { Day } from '@tideline/domain/calendar';
import { CalendarClock } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { api } from '../../../../../../lib/api.ts';
import { problemText } from '../../../../../../lib/request.ts';
import { Button } from '../../../../../../ui/button.tsx';
import { fullDay, shortDay, type Reader } from '../../../../../../ui/format.ts';
import { done, failed } from '../../../../../../ui/toast.tsx';

/** The newest fact is old: judged as of today every account would be silent. Offers to judge as on that day. */
export const AsOfOffer = ({ workspace, day, reader }: { workspace: string; day: string; reader: Reader }) => {
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const accept = async () => {
    setBusy(true);
    try {
      await api(workspace).call('changeWorkspace', { body: { asOfPin: day } });
      done(`Everything is judged as on ${shortDay(day as Day, reader)}`);
    } catch (error) {
      failed('The as-of day is as it was.', problemText(error));
    }
    setBusy(false);
    router.refresh();
  };
  return (
    <section
      aria-label="As-of day"
      className="flex max-w-180 items-start gap-3 rounded-2 border border-l-3 border-line-strong border-l-accent px-3.5 py-3 max-sm:flex-wrap"
    >
      <CalendarClock aria-hidden className="mt-0.5 text-accent-text" />
      <div className="min-w-0 flex-1">
        <p className="font-semibold">The newest fact is of {fullDay(day as Day, reader)}.</p>
        <p className="max-w-[72ch] text-text-2">
          Judged as of now, every account would have gone silent since. Judge the workspace as on that day instead: scores, triage and revenue stand as they did
          then, and events without a time fall on the day after. The workspace settings change it back.
        </p>
      </div>
      <Button look="primary" busy={busy} onClick={() => void accept()}>
        Judge as on {shortDay(day as Day, reader)}
      </Button>
    </section>
  );
};
