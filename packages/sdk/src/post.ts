import { retryAfterMs } from './backoff.ts';
import type { Runtime } from './runtime.ts';
import type { IngestReply } from './wire.ts';

/** What came of one attempt. */
export type Answer =
  | { kind: 'stored'; reply: IngestReply }
  | { kind: 'again'; why: string; waitMs: number }
  | { kind: 'too-large'; why: string; status: number }
  | { kind: 'refused'; why: string; status: number };

export type Target = { url: string; key: string; timeoutMs: number; runtime: Runtime; end: AbortSignal };

const isPassing = (status: number): boolean => status === 408 || status === 429 || status >= 500;
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isList = (value: unknown): boolean => Array.isArray(value) && value.every(isObject);
const isReply = (value: unknown): value is IngestReply =>
  isObject(value) && typeof value.accepted === 'number' && isList(value.rejected) && isList(value.conflicting);

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // a proxy's page, or half an answer
  }
};

/** Why the server says no, in its own words where it has any. */
const wordsOf = (status: number, text: string): string => {
  const problem = parse(text);
  const detail = isObject(problem) && typeof problem.detail === 'string' ? problem.detail : '';
  return `The server answered ${status}${detail ? `: ${detail}` : ''}`;
};

const judge = (status: number, text: string, waitMs: number): Answer => {
  if (status >= 200 && status < 300) {
    const reply = parse(text);
    return isReply(reply) ? { kind: 'stored', reply } : { kind: 'again', why: `The server answered ${status} without counts`, waitMs };
  }
  const why = wordsOf(status, text);
  if (isPassing(status)) return { kind: 'again', why, waitMs };
  return { kind: status === 413 ? 'too-large' : 'refused', why, status };
};

/** Sends a body once. Never throws: no answer in time is an answer too. */
export const post = async ({ url, key, timeoutMs, runtime, end }: Target, body: string): Promise<Answer> => {
  const stop = new AbortController();
  const ended = new AbortController();
  const abort = () => stop.abort();
  end.addEventListener('abort', abort);
  if (end.aborted) abort();
  void runtime.sleep(timeoutMs, ended.signal).then(abort);
  try {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const reply = await runtime.fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal: stop.signal });
    return judge(reply.status, await reply.text(), retryAfterMs(reply.headers.get('retry-after'), runtime.now()));
  } catch (error) {
    return { kind: 'again', why: stop.signal.aborted ? `No answer within ${timeoutMs} ms` : `No answer: ${String(error)}`, waitMs: 0 };
  } finally {
    end.removeEventListener('abort', abort);
    ended.abort();
  }
};
