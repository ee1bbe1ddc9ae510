import { announce } from '@tideline/db/live';
import { withWorkspace } from '@tideline/db/workspace';
import { claim, settle, type Claimed, type Sent } from '@tideline/db/write/notify';
import type { Deps } from './deps.ts';
import { postWebhook } from './webhook-post.ts';
import { RefusedTarget } from './webhook-target.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** Pauses after each failed attempt: ten attempts over about a day. */
export const RETRY_AFTER_MS: readonly number[] = [30 * SECOND, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 8 * HOUR];
/** Longer than an attempt can take, so that nobody sends beside a sender that still lives. */
const LEASE_MS = MINUTE;
const AT_ONCE = { leaseMs: LEASE_MS, perEndpoint: 4, limit: 20 };
const GONE = 410;

/**
 * Sends what the workspace owes its webhook endpoints until nothing is due. Safe to run twice and after a crash: a
 * message is taken for a minute, sent outside the transaction, then marked; what was sent but not marked is sent again
 * under the same id.
 */
export const sendOwed = async (deps: Deps, workspaceId: string): Promise<{ sent: number; failed: number }> => {
  const count = { sent: 0, failed: 0 };
  for (;;) {
    const taken = await withWorkspace(deps.db, workspaceId, (tx) => claim(tx, deps.now(), AT_ONCE));
    if (taken.length === 0) return count;
    const results = await Promise.all(taken.map((message) => attempt(deps, message)));
    await withWorkspace(deps.db, workspaceId, (tx) => settle(tx, results, deps.now()));
    await announce(deps.db, { workspaceId, kind: 'delivery' });
    for (const { ok } of results) count[ok ? 'sent' : 'failed']++;
  }
};

const attempt = async (deps: Deps, message: Claimed): Promise<Sent> => {
  const outcome = (ok: boolean, status: number | null, error: string | null, retry: boolean): Sent => {
    const pause = retry ? RETRY_AFTER_MS[message.attempt - 1] : undefined;
    return { id: message.id, attempt: message.attempt, ok, status, error, retryAt: pause === undefined ? null : new Date(deps.now().getTime() + pause) };
  };
  try {
    const { status, excerpt } = await postWebhook(message, deps.now(), deps.webhookRanges);
    if (status >= 200 && status < 300) return outcome(true, status, null, false);
    return outcome(false, status, excerpt || `Answered ${status}`, status !== GONE);
  } catch (error) {
    // A refused address may be a name that is being moved: it is tried again like any other failure.
    const words = error instanceof RefusedTarget ? error.message : wordsOf(error);
    deps.log.warn({ err: error, messageId: message.id, endpointId: message.endpointId, attempt: message.attempt }, 'webhook not delivered');
    return outcome(false, null, words, true);
  }
};

const wordsOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'No answer within 10 seconds';
  return 'code' in error ? `${String(error.code)}: ${error.message}` : error.message;
};
