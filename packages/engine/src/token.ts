import { createHash, randomBytes } from 'node:crypto';

/** A secret of 256 bits as text, and the hash under which alone it is kept. */
export const newToken = (prefix = ''): { text: string; hash: Uint8Array } => {
  const text = `${prefix}${randomBytes(32).toString('base64url')}`;
  return { text, hash: hashOf(text) };
};

export const hashOf = (text: string): Uint8Array => new Uint8Array(createHash('sha256').update(text).digest());

/** The workspace that a link or key of it names, so that its lookup goes through the door; null when it names none. */
export const workspaceIn = (token: string): string | null => {
  const hex = /^(?:tl_)?([0-9a-f]{32})_/.exec(token)?.[1];
  return hex ? hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') : null;
};

/** What such a token starts with. */
export const workspacePrefix = (workspaceId: string): string => `${workspaceId.replaceAll('-', '')}_`;
