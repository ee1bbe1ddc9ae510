import { Connection } from '@tideline/contracts/source';

export const connectors = {
  postgres: { label: 'PostgreSQL' },
  s3: { label: 'Bucket' },
  folder: { label: 'Folder' },
} as const satisfies Record<Connection['connector'], { label: string }>;

/** A connection being written: text as it is typed, all connectors side by side so that changing between them loses nothing. */
export type ConnectionDraft = {
  connector: Connection['connector'];
  url: string;
  query: string;
  cursor: string;
  tieBreak: string;
  overlap: string;
  endpoint: string;
  region: string;
  bucket: string;
  prefix: string;
  accessKeyId: string;
  folder: string;
  secret: string;
};

const empty: ConnectionDraft = {
  connector: 'postgres',
  url: '',
  query: '',
  cursor: '',
  tieBreak: '',
  overlap: '0',
  endpoint: '',
  region: 'us-east-1',
  bucket: '',
  prefix: '',
  accessKeyId: '',
  folder: '',
  secret: '',
};

/** What a source has, to be changed; or nothing yet. */
export const draftOf = (connection: Connection | null): ConnectionDraft => {
  const texts = Object.entries(connection ?? {}).map(([key, value]) => [key, String(value)]);
  return { ...empty, ...(Object.fromEntries(texts) as Partial<ConnectionDraft>) };
};

type Read = { connection: Connection; missing: null } | { connection: null; missing: string };

/** The connection as the contract wants it, or what is still missing. `looking`: before the columns are known a cursor cannot be chosen. */
export const connectionFrom = (draft: ConnectionDraft, looking = false): Read => {
  const { connector, overlap, endpoint, tieBreak } = draft;
  const read = Connection.safeParse(
    {
      postgres: {
        connector,
        url: draft.url,
        query: draft.query,
        cursor: draft.cursor || (looking ? 'id' : ''),
        ...(tieBreak ? { tieBreak } : {}),
        overlap: Number(overlap) || 0,
      },
      s3: {
        connector,
        ...(endpoint.trim() ? { endpoint: endpoint.trim() } : {}),
        region: draft.region,
        bucket: draft.bucket,
        prefix: draft.prefix,
        accessKeyId: draft.accessKeyId,
      },
      folder: { connector, folder: draft.folder },
    }[connector],
  );
  return read.success ? { connection: read.data, missing: null } : { connection: null, missing: read.error.issues[0]?.message ?? 'Something is missing' };
};

/** A name for what it leads to: the table, the bucket or the folder. */
export const nameOf = ({ connector, query, bucket, folder }: ConnectionDraft): string => {
  const table = /^[\w."]+$/.test(query.trim())
    ? query.trim().replaceAll('"', '').split('.').at(-1)
    : /\bfrom\s+([\w."]+)/i.exec(query)?.[1]?.replaceAll('"', '').split('.').at(-1);
  return (connector === 'postgres' ? table : connector === 's3' ? bucket : folder.split('/').findLast(Boolean)) ?? 'usage';
};
