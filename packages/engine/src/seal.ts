import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const keyOf = (installation: string): Buffer => Buffer.from(hkdfSync('sha256', installation, '', 'tideline sealed secrets', 32));

/** Seals a secret for the database (AES-256-GCM under the installation's own): it opens only in the place it was sealed for. */
export const seal = (installation: string, place: string, secret: string): string => {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyOf(installation), nonce).setAAD(Buffer.from(place));
  const body = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64');
};

/** Opens what was sealed; null when it was sealed under another installation's secret, or for another place. */
export const unseal = (installation: string, place: string, sealed: string): string | null => {
  const bytes = Buffer.from(sealed, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', keyOf(installation), bytes.subarray(0, 12)).setAAD(Buffer.from(place)).setAuthTag(bytes.subarray(12, 28));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
};
