import { setTimeout as wait } from 'node:timers/promises';
import { Problem } from '@tideline/contracts/problem';
import { keyFor, moveOn, nextDay, stageOf, trafficToday, type Stage } from '@tideline/engine/demo/live';
import type { DemoEvent } from '@tideline/engine/demo/business';
import type { Deps } from '@tideline/engine/deps';
import type { Register } from '../command.ts';

const BATCH = 1_000;
const say = (line: string) => void process.stdout.write(`${line}\n`);

type Sender = { address: string; key: string };

const send = async ({ address, key }: Sender, events: readonly DemoEvent[]): Promise<number> => {
  let accepted = 0;
  for (let from = 0; from < events.length; from += BATCH) {
    const reply = await fetch(`${address}/api/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify(events.slice(from, from + BATCH)),
    }).catch((cause: unknown) => {
      throw new Problem('not-found', `Nothing answers at ${address} (${String(cause)}): start the product first, and name its port by PORT= as there`);
    });
    if (!reply.ok) throw new Error(`The server answered ${reply.status}: ${await reply.text()}`);
    accepted += ((await reply.json()) as { accepted: number }).accepted;
  }
  return accepted;
};

/** Today's usage, spread over the next minutes instead of the whole day, so that a person can watch it arrive. */
const today = async (deps: Deps, stage: Stage, sender: Sender, everyMs: number): Promise<void> => {
  const events = trafficToday(deps, stage).filter((event) => Date.parse(event.timestamp) <= deps.now().getTime());
  say(`${stage.business.name}: ${events.length} events of today so far, a few every ${everyMs / 1_000} s. Ctrl-C stops.`);
  const step = Math.max(1, Math.ceil(events.length / 120));
  for (let from = 0; from < events.length; from += step) {
    const round = events.slice(from, from + step);
    say(`${await send(sender, round)} accepted: ${[...new Set(round.map((event) => event.account))].slice(0, 5).join(', ')}`);
    await wait(everyMs);
  }
  say('Everything that has happened today is in.');
};

/** Day after day of a workspace that is judged as on a day in the past: scores fall, alerts fire, tasks open. */
const fast = async (deps: Deps, stage: Stage, sender: Sender, everyMs: number): Promise<void> => {
  for (;;) {
    const next = await nextDay(deps, stage);
    if (!next) return say(`${stage.business.name} has reached yesterday: there is no further day to play.`);
    const accepted = await send(sender, next.events);
    await moveOn(deps, stage, next.day);
    say(`${next.day}: ${accepted} events, and the day is closing`);
    await wait(everyMs);
  }
};

/** Sends live traffic into a demo workspace through its API, so that a person can watch scores move and alerts fire. */
export const simulate: Register = (program, run) => {
  program
    .command('simulate')
    .description('send live traffic into the demo')
    .option('--workspace <slug>', 'the demo workspace (default: lumenforge; with --fast: tidepool)')
    .option('--fast', 'play a day after the other: moves the as-of day of a pinned workspace on', false)
    .option('--every <seconds>', 'seconds between steps', '5')
    .action((options: { workspace?: string; fast: boolean; every: string }) =>
      run(async (deps) => {
        const slug = options.workspace ?? (options.fast ? 'tidepool' : 'lumenforge');
        const everyMs = Number(options.every) * 1_000;
        if (!(everyMs >= 0)) throw new Problem('invalid-request', `--every ${options.every} is not a number of seconds`);
        const stage = await stageOf(deps, slug);
        if (!stage) throw new Problem('not-found', `There is no demo workspace "${slug}": pnpm start makes lumenforge and tidepool`);
        const sender = { address: deps.baseUrl, key: await keyFor(deps, stage) };
        await (options.fast ? fast : today)(deps, stage, sender, everyMs);
      }),
    );
};
