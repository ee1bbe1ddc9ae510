import { setTimeout as wait } from 'node:timers/promises';
import { Problem } from '@tideline/contracts/problem';
import { keyFor, moveOn, nextDay, openTraffic } from '@tideline/engine/demo/live';
import { stageOf, type Stage } from '@tideline/engine/demo/stage';
import type { Deps } from '@tideline/engine/deps';
import type { Register } from '../command.ts';
import { senderTo, type Sender } from './simulate-sender.ts';

/** Steps that what has happened today before the start is spread over, so that a person can watch it arrive. */
const STEPS = 120;
const say = (line: string) => void process.stdout.write(`${line}\n`);

/** Today so far, a few events every step; then whatever happens, as it happens, day after day. */
const follow = async (deps: Deps, stage: Stage, { send, patiently }: Sender, everyMs: number): Promise<never> => {
  const { total, next } = openTraffic(stage, deps.now(), STEPS);
  say(`${stage.business.name}: ${total} events of today so far, a few every ${everyMs / 1_000} s. Ctrl-C stops.`);
  for (;;) {
    const { events, dawn, caughtUp } = next(deps.now());
    if (dawn) say(`${dawn} has begun.`);
    if (events.length > 0) {
      const accepted = await patiently(() => send(events));
      say(`${accepted} accepted: ${[...new Set(events.map((event) => event.account))].slice(0, 5).join(', ')}`);
    }
    if (caughtUp) say('Everything that has happened today is in. What happens from here on is sent as it happens.');
    await wait(Math.max(everyMs, 100));
  }
};

/** Day after day of a workspace that is judged as on a day in the past: scores fall, alerts fire, tasks open. */
const fast = async (deps: Deps, stage: Stage, { send, patiently }: Sender, everyMs: number): Promise<void> => {
  for (;;) {
    const played = await patiently(async () => {
      const next = await nextDay(deps, stage);
      if (!next) return null;
      const accepted = await send(next.events);
      await moveOn(deps, stage, next.day);
      return { day: next.day, accepted };
    });
    if (!played) return say(`${stage.business.name} has reached yesterday: there is no further day to play.`);
    say(`${played.day}: ${played.accepted} events, and the day is closing`);
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
        const sender = senderTo(deps.baseUrl, () => keyFor(deps, stage), say, everyMs);
        await (options.fast ? fast : follow)(deps, stage, sender, everyMs);
      }),
    );
};
