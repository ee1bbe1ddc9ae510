import type { GotOf } from '@tideline/contracts/operation';
import type { Operations } from '@tideline/contracts/operations';
import { counted, exactQuantity } from '../../../../../ui/format.ts';
import type { Tone } from '../../../../../ui/tone.ts';

export type ImportState = GotOf<Operations['getImport']>['state'];
export type ImportView = Omit<GotOf<Operations['getImport']>, 'state' | 'kind'> & { state: string; kind: string };

/** Where an import stands: a word and a tone. */
export const importStates = {
  queued: { label: 'Waiting', tone: 'quiet' },
  running: { label: 'Reading', tone: 'expansion' },
  done: { label: 'Done', tone: 'healthy' },
  failed: { label: 'Failed', tone: 'risk' },
  cancelled: { label: 'Stopped', tone: 'watch' },
} as const satisfies Record<ImportState, { label: string; tone: Tone }>;

export const stateOf = (state: string): (typeof importStates)[ImportState] => importStates[state as ImportState];
export const isOver = ({ state }: { state: string }): boolean => state !== 'queued' && state !== 'running';

/** What came of it, in one line. */
export const outcome = (one: ImportView): string => {
  const parts = [
    `${exactQuantity(one.accepted)} ${one.dryRun ? 'would be taken in' : 'taken in'}`,
    ...(one.duplicates > 0 ? [`${exactQuantity(one.duplicates)} there already`] : []),
    ...(one.conflicts > 0 ? [counted(one.conflicts, 'conflict')] : []),
    ...(one.rejected > 0 ? [`${exactQuantity(one.rejected)} rejected`] : []),
  ];
  return one.state === 'failed' && one.error ? one.error : parts.join(', ');
};
