'use client';
import type { EventFault } from '@tideline/contracts/ingest';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { api } from '../../../../../../lib/api.ts';
import { problemText } from '../../../../../../lib/request.ts';
import { Button } from '../../../../../../ui/button.tsx';
import { Confirm } from '../../../../../../ui/dialog.tsx';
import { Progress } from '../../../../../../ui/progress.tsx';
import { done, failed } from '../../../../../../ui/toast.tsx';
import type { RefusedGroup } from './refused-events.tsx';
import { faultLabel, mayRetry } from './refused-words.ts';

/** Takes all events of one reason in again, in steps that can be stopped, or forgets them. */
export const RefusedActions = ({
  workspace,
  group,
  origin,
}: {
  workspace: string;
  group: RefusedGroup;
  /** Only rows of this import or source. */ origin: string | null;
}) => {
  const router = useRouter();
  const [tried, setTried] = useState<number | null>(null);
  const [discarding, askDiscard] = useState(false);
  const stopped = useRef(false);
  const reason = group.reason as EventFault;
  const filter = { reason, ...(origin ? { origin } : {}) };
  const retry = async () => {
    stopped.current = false;
    const sum = { accepted: 0, duplicates: 0, refused: 0 };
    let after: string | undefined;
    setTried(0);
    try {
      do {
        const step = await api(workspace).call('retryRefusedEvents', { body: { ...filter, ...(after ? { after } : {}) } });
        for (const count of ['accepted', 'duplicates', 'refused'] as const) sum[count] += step[count];
        setTried(sum.accepted + sum.duplicates + sum.refused);
        after = step.next ?? undefined;
      } while (after && !stopped.current);
      const still = sum.refused > 0 ? `, ${sum.refused.toLocaleString('en')} still refused` : '';
      done(`${sum.accepted.toLocaleString('en')} taken in${sum.duplicates > 0 ? `, ${sum.duplicates.toLocaleString('en')} were there already` : ''}${still}`);
    } catch (error) {
      failed('Some may have been taken in; the rest stays here.', problemText(error));
    }
    setTried(null);
    router.refresh();
  };
  const discard = async () => {
    try {
      const { discarded } = await api(workspace).call('discardRefusedEvents', { body: filter });
      done(`${discarded.toLocaleString('en')} discarded`);
    } catch (error) {
      failed('They stay here.', problemText(error));
    }
    router.refresh();
  };
  if (tried !== null)
    return (
      <span className="flex items-center justify-end gap-2">
        <Progress label="Taking events in" done={tried} total={group.kept} />
        <Button size="sm" look="ghost" onClick={() => (stopped.current = true)}>
          Stop
        </Button>
      </span>
    );
  return (
    <span className="flex justify-end gap-1">
      {mayRetry(reason) && (
        <Button size="sm" onClick={() => void retry()}>
          Take in
        </Button>
      )}
      <Button size="sm" look="ghost" onClick={() => askDiscard(true)}>
        Discard
      </Button>
      <Confirm
        open={discarding}
        onOpenChange={askDiscard}
        title={`Discard ${group.kept.toLocaleString('en')} refused events?`}
        body={`${faultLabel(reason)}. They are forgotten here and cannot be taken in any more; what was stored is not touched.`}
        action="Discard"
        danger
        onConfirm={discard}
      />
    </span>
  );
};
