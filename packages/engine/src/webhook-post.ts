import * as http from 'node:http';
import * as https from 'node:https';
import type { LookupFunction } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { checkedAddresses, type Address } from './webhook-target.ts';

export type Answer = { status: number; excerpt: string };
export type Message = { id: string; url: string; secret: string; payload: unknown };

const TIMEOUT_MS = 10_000;
const EXCERPT_BYTES = 500;

/**
 * Sends one message, signed as Standard Webhooks say (webhook-id is the message's id). Follows no redirect, connects
 * only to an address that was checked, and takes at most 10 s in all. Throws when there was no answer.
 */
export const postWebhook = async (message: Message, at: Date, allowedRanges: readonly string[], timeoutMs = TIMEOUT_MS): Promise<Answer> => {
  const url = new URL(message.url);
  const addresses = await checkedAddresses(url, allowedRanges);
  const body = JSON.stringify(message.payload);
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'user-agent': 'Tideline-Webhooks',
    'webhook-id': message.id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(message.secret).sign(message.id, at, body),
  };
  const { request } = url.protocol === 'https:' ? https : http;
  return new Promise<Answer>((resolve, reject) => {
    const options = { method: 'POST', headers, lookup: pinned(addresses), signal: AbortSignal.timeout(timeoutMs), agent: false as const };
    const sending = request(url, options, (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      const done = () => resolve({ status: response.statusCode ?? 0, excerpt: Buffer.concat(chunks).toString('utf8').slice(0, EXCERPT_BYTES) });
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size < EXCERPT_BYTES) return;
        response.destroy(); // the rest would only cost memory
        done();
      });
      response.on('end', done);
      response.on('error', reject);
    });
    sending.on('error', reject);
    sending.end(body);
  });
};

/** Answers with what was checked, whatever the name leads to by now. */
const pinned =
  (addresses: readonly Address[]): LookupFunction =>
  (_host, options, callback) => {
    if (options.all) return callback(null, [...addresses]);
    const [first] = addresses;
    return callback(null, first?.address ?? '', first?.family);
  };
