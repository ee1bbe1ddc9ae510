/** Programs that send usage through the SDK while everything is killed: late events, and events sent again on purpose. */
import { type Report, type Result, Tideline, type UsageEvent } from '../../../packages/sdk/src/tideline.ts';
import type { Chance } from './chance.ts';

const CLIENTS = 6;
const ACCOUNTS = 60;
const EVERY_MS = 25;
const EVENTS_A_TURN = 4;
const MS_A_DAY = 86_400_000;
const REMEMBERED = 500;

export type Load = {
  /** Events by id, as they were sent first. */
  sent: ReadonlyMap<string, UsageEvent>;
  acknowledged: ReadonlySet<string>;
  /** What the clients dropped, by reason. */
  dropped: ReadonlyMap<string, number>;
  counts: { accepted: number; duplicates: number; repeated: number; late: number; requests: () => number };
  /** Tracks no more and waits until everything is acknowledged or dropped. */
  stop: () => Promise<void>;
};

const valueOf = (chance: Chance): number | string => {
  const kind = chance.below(20);
  if (kind === 0) return `${chance.below(1_000)}.${String(chance.below(1_000_000)).padStart(6, '0')}1`; // exact decimals
  if (kind === 1) return -chance.below(50);
  return chance.below(10_000) / 10;
};

/** An event of now, or one in eight of up to forty days ago. */
const eventOf = (chance: Chance, nowMs: number): Omit<UsageEvent, 'id'> => {
  const late = chance.below(8) === 0;
  return {
    account: `account-${chance.below(ACCOUNTS)}`,
    event: chance.pick(['api.call', 'api.call', 'disk.used']),
    value: valueOf(chance),
    timestamp: new Date(nowMs - (late ? chance.below(40 * MS_A_DAY) : 0)).toISOString(),
    properties: { user: `user-${chance.below(15)}`, note: 'ü'.repeat(chance.below(30)) },
  };
};

/** Starts the clients. */
export const startLoad = (url: string, key: string, chance: Chance): Load => {
  const sent = new Map<string, UsageEvent>();
  const acknowledged = new Set<string>();
  const dropped = new Map<string, number>();
  const recent: UsageEvent[] = [];
  const counts = { accepted: 0, duplicates: 0, repeated: 0, late: 0 };
  const onResult = (result: Result): void => {
    for (const id of result.acknowledged) acknowledged.add(id);
    counts.accepted += result.accepted;
    counts.duplicates += result.duplicates;
  };
  const onError = ({ code, message, count }: Report): void => {
    if (code === 'retrying') return;
    if (!dropped.has(code)) console.log(`         ${code}: ${message}`);
    dropped.set(code, (dropped.get(code) ?? 0) + count);
  };
  const clients = Array.from({ length: CLIENTS }, () => new Tideline({ url, key, intervalMs: 100, maxBatchEvents: 200, timeoutMs: 10_000, onError, onResult }));
  const turn = (client: Tideline): void => {
    const nowMs = Date.now();
    for (let i = 0; i < EVENTS_A_TURN; i++) {
      if (recent.length > 0 && chance.below(12) === 0) {
        counts.repeated += 1;
        client.track(chance.pick(recent)); // perhaps by another client than the first time
        continue;
      }
      const event = eventOf(chance, nowMs);
      if (Date.parse(String(event.timestamp)) < nowMs) counts.late += 1;
      const whole = { ...event, id: client.track(event) };
      sent.set(whole.id, whole);
      recent.push(whole);
      if (recent.length > REMEMBERED) recent.shift();
    }
  };
  const timers = clients.map((client) => setInterval(() => turn(client), EVERY_MS));
  return {
    sent,
    acknowledged,
    dropped,
    counts: Object.assign(counts, { requests: () => clients.reduce((sum, client) => sum + client.stats().requests, 0) }),
    stop: async () => {
      for (const timer of timers) clearInterval(timer);
      await Promise.all(clients.map((client) => client.close({ timeoutMs: 180_000 })));
    },
  };
};
