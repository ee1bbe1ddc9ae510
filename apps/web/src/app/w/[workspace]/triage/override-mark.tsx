import type { Day } from '@tideline/domain/calendar';
import { shortDay, type Reader } from '../../../../ui/format.ts';
import { BandMark, bandLooks } from '../../../../ui/segment-mark.tsx';
import type { Row } from './list-state.ts';

type Override = NonNullable<Row['override']>;

/** What somebody says of the account's health, in one sentence. */
export const overrideWords = ({ by, band, until, reason }: Override, reader: Reader): string =>
  `${by ?? 'Somebody who left'} says ${bandLooks[band].label.toLowerCase()} until ${shortDay(until as Day, reader)}: ${reason}`;

/** Raised beside the score of the model, like the mark of a footnote. */
export const OverrideMark = ({ override, reader }: { override: Override; reader: Reader }) => {
  const words = overrideWords(override, reader);
  return (
    <span className="relative -mr-1 -ml-[7px] self-start before:absolute before:-inset-2" title={words}>
      <BandMark silent band={override.band} className="block size-2" />
      <span className="sr-only">{words}</span>
    </span>
  );
};
