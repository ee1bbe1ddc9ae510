import type { AccountPages } from '@tideline/contracts/account-page';
import type { Day } from '@tideline/domain/calendar';
import { Button } from '../../../../../ui/button.tsx';
import { fixed, shortDay, type Reader } from '../../../../../ui/format.ts';
import { BandMark, bandLooks } from '../../../../../ui/segment-mark.tsx';

type Override = NonNullable<AccountPages['Page']['override']>;

/** What somebody says of the account's health, beside what the model said when they did. */
export const OverrideLine = ({ override, reader, onTakeBack }: { override: Override; reader: Reader; onTakeBack: (() => void) | null }) => {
  const { by, band, until, from, reason, modelHealth } = override;
  return (
    <p className="max-w-[88ch] text-text-2">
      <span className="mr-2">
        <BandMark silent band={band} className="mr-1.5 inline size-2.5" />
        <b className="text-text">
          {by ?? 'Somebody who left'} says {bandLooks[band].label.toLowerCase()}
        </b>{' '}
        until {shortDay(until as Day, reader)}: {reason}
        {modelHealth !== null && ` (the model said ${fixed(modelHealth, 0)} on ${shortDay(from as Day, reader)})`}
      </span>
      {onTakeBack && (
        <Button size="sm" look="ghost" onClick={onTakeBack}>
          Take back
        </Button>
      )}
    </p>
  );
};
