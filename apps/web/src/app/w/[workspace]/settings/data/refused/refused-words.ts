import { type EventFault, eventFaults } from '@tideline/contracts/ingest';
import { cures } from '@tideline/contracts/refused-event';

const labels: Partial<Record<EventFault, string>> = {
  'unknown-account': 'The account is unknown',
  'unknown-user': 'The user belongs to no account yet',
  'out-of-retention': 'Too old for the events this workspace keeps',
  'clock-ahead': 'The sender’s clock runs ahead',
  conflict: 'The id was stored with other content',
  'timestamp-out-of-range': 'The time is out of range',
  'invalid-timestamp': 'The time cannot be read',
  'invalid-value': 'The value is no number',
  'unknown-field': 'It has a field that events do not have',
};
const isFault = (reason: string): reason is EventFault => Object.hasOwn(eventFaults, reason);

/** A reason in a few words. */
export const faultLabel = (reason: string): string => (isFault(reason) ? (labels[reason] ?? eventFaults[reason]) : reason);

const byCure = {
  again: 'Put right here, then take them in: they count as of when they came.',
  replace: 'What was stored first counts. Replace it where the later content is right, else discard these.',
  sender: 'Mend the sender, or the file, and send them again; these can be discarded.',
} as const;
const own: Partial<Record<EventFault, string>> = {
  'unknown-account': 'Create the account, or let the workspace create accounts from events, then take them in.',
  'clock-ahead': 'Set the sender’s clock right. Once their time has come these can be taken in as they are.',
  'out-of-retention': 'Keep events longer under Workspace, then take them in.',
};

/** What to do about it. */
export const curesIn = (reason: string): string => (isFault(reason) ? (own[reason] ?? byCure[cures[reason]]) : '');

/** Whether it helps to take events of this reason in again as they are. */
export const mayRetry = (reason: string): boolean => isFault(reason) && cures[reason] === 'again';
