import { Problem } from '@tideline/contracts/problem';
import type { Connection, PostgresConnection } from '@tideline/contracts/source';
import type { OutsideTarget } from '@tideline/db/outside';
import { sealedSecret } from '@tideline/db/read/source';
import { withWorkspace } from '@tideline/db/workspace';
import type { Deps } from './deps.ts';
import { seal, unseal } from './seal.ts';
import { type Address, checkedHost, RefusedTarget } from './webhook-target.ts';

const TLS: Readonly<Record<string, OutsideTarget['tls']>> = {
  disable: 'off',
  allow: 'encrypt',
  prefer: 'encrypt',
  require: 'encrypt',
  'verify-ca': 'verify',
  'verify-full': 'verify',
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a bare % in a password
  }
};

/** A connection as it is kept: what is secret in it is taken out. */
export const withoutSecret = (connection: Connection): { connection: Connection; secret: string | null } => {
  if (connection.connector !== 'postgres') return { connection, secret: null };
  const url = urlOf(connection);
  const secret = decoded(url.password) || null;
  url.password = '';
  return { connection: { ...connection, url: url.href }, secret };
};

const urlOf = ({ url: text }: PostgresConnection): URL => {
  if (!URL.canParse(text)) throw new Problem('rule-violated', 'The connection is not an address: write postgres://user@host:5432/database');
  return new URL(text);
};

/** What a kept secret was given for: it does not go with a connection that leads elsewhere. */
const secretBelongsTo = (connection: Connection): string => {
  if (connection.connector === 'folder') return 'folder';
  if (connection.connector === 's3') return JSON.stringify(['s3', connection.endpoint ?? '', connection.region, connection.accessKeyId]);
  const { hostname, port, username } = urlOf(connection);
  return JSON.stringify(['postgres', hostname, port || '5432', username]);
};

const placeOf = (workspaceId: string, id: string, connection: Connection): string => `${workspaceId}/${id}/${secretBelongsTo(connection)}`;

/** Seals a secret for the row of a source; it opens only with a connection to the same server and user. */
export const sealFor = (deps: Deps, workspaceId: string, id: string, connection: Connection, secret: string): string => {
  if (!deps.sources.sealingKey) throw new Problem('rule-violated', 'This server keeps no secrets: its operator has to set NEXTAUTH_SECRET');
  return seal(deps.sources.sealingKey, placeOf(workspaceId, id, connection), secret);
};

/** The secret that is kept for a source; '' when there is none. Throws when the connection leads elsewhere now. */
export const keptSecret = async (deps: Deps, workspaceId: string, id: string, connection: Connection): Promise<string> => {
  const sealed = await withWorkspace(deps.db, workspaceId, (tx) => sealedSecret(tx, id));
  if (sealed === null) return '';
  const secret = deps.sources.sealingKey ? unseal(deps.sources.sealingKey, placeOf(workspaceId, id, connection), sealed) : null;
  if (secret === null) throw new Problem('rule-violated', 'The password that is kept belongs to another server or user: give it again');
  return secret;
};

/** Resolves a host and refuses private and reserved addresses outside the operator's ranges. */
export const allowedAddresses = async (deps: Deps, host: string): Promise<[Address, ...Address[]]> => {
  try {
    return await checkedHost(host, deps.sources.ranges);
  } catch (error) {
    if (error instanceof RefusedTarget) throw new Problem('rule-violated', `${error.message}: the operator of this server allows such with SOURCE_RANGES`);
    if (error instanceof Error && 'code' in error && (error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN'))
      throw new Problem('rule-violated', `There is no host called ${host}: check the connection`);
    throw error;
  }
};

/** Where a PostgreSQL connection leads, with its host checked. */
export const postgresTarget = async (deps: Deps, connection: PostgresConnection, secret: string): Promise<OutsideTarget> => {
  const url = urlOf(connection);
  const mode = url.searchParams.get('sslmode') ?? 'require';
  const tls = TLS[mode];
  if (!tls) throw new Problem('rule-violated', `sslmode=${mode} is not known: use disable, require or verify-full`);
  if (!url.username) throw new Problem('rule-violated', 'The connection names no user: write postgres://user@host:5432/database');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const [{ address }] = await allowedAddresses(deps, host);
  return { host, address, port: Number(url.port || 5432), user: decoded(url.username), database: decoded(url.pathname.slice(1)), password: secret, tls };
};
