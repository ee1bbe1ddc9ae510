import type { Connection } from '@tideline/contracts/source';
import { counted, moment, type Reader } from '../../../../../../ui/format.ts';
import type { Tone } from '../../../../../../ui/tone.ts';
import { rowKindOf } from '../row-kinds.ts';

export type SourceView = {
  id: string;
  name: string;
  kind: string;
  connection: Connection;
  mapping: Record<string, unknown>;
  everyMinutes: number;
  state: string;
  rowsRead: number;
  accepted: number;
  lastOkAt: Date | null;
  nextAt: Date | null;
  failures: number;
  error: string | null;
  position: string | null;
};

const states: Record<string, { label: string; tone: Tone }> = {
  waiting: { label: 'Up to date', tone: 'healthy' },
  reading: { label: 'Reading', tone: 'expansion' },
  failed: { label: 'Failed', tone: 'risk' },
  paused: { label: 'Paused', tone: 'watch' },
};
/** Where a source stands: a word and a tone. */
export const stateOf = ({ state, lastOkAt }: Pick<SourceView, 'state' | 'lastOkAt'>): { label: string; tone: Tone } =>
  state === 'waiting' && lastOkAt === null ? { label: 'Waiting', tone: 'quiet' } : (states[state] ?? { label: state, tone: 'quiet' });

/** The same in a sentence. */
export const standing = (one: SourceView, reader: Reader): string => {
  const rows = one.kind === 'usage' ? counted(one.accepted, 'fact') : counted(one.accepted, `${rowKindOf(one.kind).one} change`);
  if (one.state === 'failed') return one.error ?? '';
  if (one.state === 'reading') return `${counted(one.rowsRead, 'row')} read so far`;
  if (one.state === 'paused') return `${rows} so far`;
  return one.lastOkAt === null ? 'its first reading starts in a moment' : `read ${moment(one.lastOkAt, reader)}; ${rows}`;
};

/** Where it leads, in few words: no user, no setting. */
export const placeOf = (connection: Connection): string => {
  if (connection.connector === 'folder') return connection.folder;
  if (connection.connector === 's3') return `s3://${connection.bucket}/${connection.prefix}`;
  const url = URL.canParse(connection.url) ? new URL(connection.url) : null;
  return url ? `${url.host}${url.pathname}` : 'PostgreSQL';
};

/** "every 15 minutes", "every hour". */
export const everyWords = (minutes: number): string =>
  everyOptions.find(({ value }) => Number(value) === minutes)?.label.toLowerCase() ?? `every ${minutes} minutes`;

export const everyOptions = [
  { value: '1', label: 'Every minute' },
  { value: '5', label: 'Every 5 minutes' },
  { value: '15', label: 'Every 15 minutes' },
  { value: '60', label: 'Every hour' },
  { value: '360', label: 'Every 6 hours' },
  { value: '1440', label: 'Every day' },
] as const;
