import http from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import { Readable } from 'node:stream';
import { GetObjectCommand, paginateListObjectsV2, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { Problem } from '@tideline/contracts/problem';
import type { S3Connection } from '@tideline/contracts/source';
import type { Deps } from './deps.ts';
import type { FileStore, StoredFile } from './source-store.ts';
import { allowedAddresses } from './source-target.ts';

/** What to do about a refusal, by the name S3 gives it. */
const ADVICE: Readonly<Record<string, string>> = {
  NoSuchBucket: 'There is no such bucket: change its name or the endpoint',
  InvalidAccessKeyId: 'The access key is not known there: change it',
  SignatureDoesNotMatch: 'The secret access key is not the right one: give it again',
  AccessDenied: 'Access is denied: the key needs s3:ListBucket on the bucket and s3:GetObject on its files',
  PermanentRedirect: 'The bucket is in another region: change the region',
  AuthorizationHeaderMalformed: 'The bucket is in another region: change the region',
  PreconditionFailed: 'A file changed while it was read: it is read again',
  NoSuchKey: 'A file went away while it was read',
};

/** Names lead only to addresses that were checked at the moment of connecting. */
const checkedLookup =
  (deps: Deps): LookupFunction =>
  (host, options, callback) => {
    allowedAddresses(deps, host).then(
      ([first, ...rest]) => (options.all ? callback(null, [first, ...rest]) : callback(null, first.address, first.family)),
      (error: Error) => callback(error, ''),
    );
  };

const inWords = async <T>(place: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Problem) throw error;
    if (error instanceof S3ServiceException) throw new Problem('rule-violated', ADVICE[error.name] ?? `${place} answers ${error.name}: ${error.message}`);
    if (error instanceof Error && 'code' in error) throw new Problem('rule-violated', `${place} cannot be reached: ${error.message || String(error.code)}`);
    throw error;
  }
};

/** The files of an S3-compatible bucket. Only the keys of the source are used, never those of the machine it runs on. */
export const openBucket = async (deps: Deps, { endpoint, region, bucket, prefix, accessKeyId }: S3Connection, secret: string): Promise<FileStore> => {
  const place = endpoint ? new URL(endpoint).host : `S3 in ${region}`;
  if (endpoint) await allowedAddresses(deps, new URL(endpoint).hostname); // an address in figures is never looked up
  if (secret === '') throw new Problem('rule-violated', 'Give the secret access key');
  const agent = { lookup: checkedLookup(deps), keepAlive: true, maxSockets: 4 };
  const client = new S3Client({
    region,
    ...(endpoint ? { endpoint, forcePathStyle: true } : {}),
    credentials: { accessKeyId, secretAccessKey: secret },
    requestHandler: new NodeHttpHandler({
      httpAgent: new http.Agent(agent),
      httpsAgent: new https.Agent(agent),
      connectionTimeout: 10_000,
      socketTimeout: 60_000,
    }),
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: 3,
  });
  const get = (file: StoredFile, range?: string) =>
    inWords(place, async () => {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: file.key, IfMatch: file.version, ...(range ? { Range: range } : {}) }));
      if (!(Body instanceof Readable)) throw new Problem('rule-violated', `${file.key} has no content`);
      return Body;
    });
  const list = async function* (): AsyncGenerator<StoredFile> {
    const pages = paginateListObjectsV2({ client }, { Bucket: bucket, ...(prefix ? { Prefix: prefix } : {}) });
    for (;;) {
      const page = await inWords(place, () => pages.next());
      if (page.done) return;
      for (const { Key, ETag, Size } of page.value.Contents ?? []) if (Key && ETag) yield { key: Key, version: ETag, bytes: Size ?? 0 };
    }
  };
  return {
    list,
    stream: (file) => get(file),
    slice: async (file, start, end) => {
      const chunks: Buffer[] = [];
      for await (const chunk of await get(file, `bytes=${start}-${end - 1}`)) chunks.push(chunk as Buffer);
      const all = Buffer.concat(chunks);
      return all.buffer.slice(all.byteOffset, all.byteOffset + all.length) as ArrayBuffer;
    },
    close: () => client.destroy(),
  };
};
