import { setTimeout as wait } from 'node:timers/promises';
import { Problem } from '@tideline/contracts/problem';
import type { DemoEvent } from '@tideline/engine/demo/business';

const BATCH = 1_000;
/** Answers that repeating cannot change. 401 is not among them: a key is good for a day, and a new one is asked for. */
const isFinal = (status: number): boolean => status >= 400 && status < 500 && status !== 401 && status !== 429;

/** The server answered, and will answer the same again. */
class Refused extends Error {
  override readonly name = 'Refused';
}

export type Sender = {
  /** Sends events and answers how many were new. */
  send: (events: readonly DemoEvent[]) => Promise<number>;
  /** Does a piece of work that may be repeated until it succeeds, so that a server that is started again is waited for. */
  patiently: <T>(work: () => Promise<T>) => Promise<T>;
};

/** Sends through the front door like everybody else. `say` hears when the server is gone and when it is back. */
export const senderTo = (address: string, keyFor: () => Promise<string>, say: (line: string) => void, everyMs: number): Sender => {
  let key: string | null = null;
  let met = false;
  const post = async (events: readonly DemoEvent[]): Promise<number> => {
    key ??= await keyFor();
    const reply = await fetch(`${address}/api/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify(events),
      signal: AbortSignal.timeout(30_000),
    });
    met = true;
    if (reply.ok) return ((await reply.json()) as { accepted: number }).accepted;
    if (reply.status === 401) key = null;
    const text = `The server answered ${reply.status}: ${await reply.text()}`;
    throw isFinal(reply.status) ? new Refused(text) : new Error(text);
  };
  return {
    send: async (events) => {
      let accepted = 0;
      for (let from = 0; from < events.length; from += BATCH) accepted += await post(events.slice(from, from + BATCH));
      return accepted;
    },
    patiently: async (work) => {
      for (let failed = false; ; failed = true) {
        try {
          const done = await work();
          if (failed) say('It answers again.');
          return done;
        } catch (error) {
          if (error instanceof Problem || error instanceof Refused) throw error;
          const why = error instanceof Error ? error.message : String(error);
          if (!met) throw new Problem('not-found', `Nothing answers at ${address} (${why}): start the product first, and name its port by PORT= as there`);
          if (!failed) say(`${address} does not answer (${why.split('\n')[0]}): trying again until it does.`);
          await wait(Math.max(everyMs, 1_000));
        }
      }
    },
  };
};
