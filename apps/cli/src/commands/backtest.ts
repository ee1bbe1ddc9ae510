import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Problem } from '@tideline/contracts/problem';
import { type Contender, contenders, type Population, populations } from '@tideline/domain/backtest';
import { type Day, dayFromNumber, isDay } from '@tideline/domain/calendar';
import { type Backtest, backtestCsv, backtestOn, firstUsage, readBacktest, soundCutoffs, usualCutoffs } from '@tideline/engine/backtest';
import { atCommandLine } from '@tideline/engine/command-line';
import type { Deps } from '@tideline/engine/deps';
import { modelVersion } from '@tideline/engine/model';
import type { Register } from '../command.ts';

const PROGRESS_MS = 500;

type Options = { workspace?: string; cutoffs?: string; horizon: string; model?: string; csv?: string };

const daysIn = (text: string): Day[] =>
  text.split(',').map((part) => {
    const written = part.trim();
    if (!isDay(written)) throw new Problem('invalid-request', `--cutoffs takes days as YYYY-MM-DD with commas between them; "${written}" is none`);
    return written;
  });

const wholeNumber = (text: string, { name, from, to }: { name: string; from: number; to: number }): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < from || value > to)
    throw new Problem('invalid-request', `--${name} takes a whole number from ${from} to ${to}; "${text}" is none`);
  return value;
};

const shown = (value: number | null, digits: number): string => (value === null ? '-' : value.toFixed(digits));

const report = ({ summary }: Backtest, horizon: number): string => {
  const finished = summary.cutoffs.filter((one) => one.finished).length;
  const lines = [`${summary.cutoffs.length} cut-offs, ${finished} with all ${horizon} days behind them, ${summary.calibrated.length} calibrated on own past`];
  for (const [key, { label }] of Object.entries(populations)) {
    const { accounts, base, brier, ece, rankings } = summary.mean[key as Population];
    lines.push('', `${label}: ${Math.round(accounts)} accounts, ${shown(base, 3)} went silent, Brier ${shown(brier, 3)}, ECE ${shown(ece, 3)}`);
    for (const [name, ranking] of Object.entries(rankings))
      lines.push(
        `  ${contenders[name as Contender].label.padEnd(36)} AUC ${shown(ranking.auc, 4)}  PR-AUC ${shown(ranking.prAuc, 3)}  lift ${shown(ranking.lift, 2)}`,
      );
  }
  const { events, assumed, rawFrom } = summary.arrivals;
  if (assumed > 0) lines.push('', `${assumed} of ${events} events are history taken in afterwards: they count as known when they happened`);
  if (rawFrom !== null) lines.push('', `Raw events before ${rawFrom} are past their retention: what arrived late of them is known by day only`);
  return `${lines.join('\n')}\n`;
};

const run = async (deps: Deps, options: Options): Promise<number> => {
  const horizon = wholeNumber(options.horizon, { name: 'horizon', from: 1, to: 365 });
  const asked = options.cutoffs === undefined ? null : daysIn(options.cutoffs);
  const who = await atCommandLine(deps, options.workspace);
  const version = options.model === undefined ? null : wholeNumber(options.model, { name: 'model', from: 1, to: 1_000_000 });
  const config = version === null ? null : (await modelVersion(deps, who, version)).config;
  const data = await readBacktest(deps, who.workspaceId, asked?.toSorted().at(-1) ?? null);
  const first = firstUsage(data);
  const span = { first: first === null ? null : dayFromNumber(first), through: data.through };
  const cutoffs = soundCutoffs(asked ?? (span.first === null ? [] : usualCutoffs({ ...span, first: span.first }, horizon)), span);
  let told = 0;
  const onDay = async (done: number, total: number): Promise<boolean> => {
    if (done < total && Date.now() - told < PROGRESS_MS) return true;
    told = Date.now();
    process.stderr.write(`\r${done} of ${total} days`);
    return true;
  };
  const result = await backtestOn(data, { cutoffs, horizon, config: config ?? data.config }, onDay);
  process.stderr.write('\n');
  if (!result) return 1;
  if (options.csv !== undefined) {
    await pipeline(
      Readable.from(backtestCsv(result)).map((line: string) => `${line}\n`),
      createWriteStream(options.csv),
    );
    process.stderr.write(`${result.rows.length} rows in ${options.csv}\n`);
  }
  process.stdout.write(report(result, horizon));
  return 0;
};

/** Judges past days from what was known on them, and holds it against what happened. */
export const backtest: Register = (program, inDeps) => {
  program
    .command('backtest')
    .description('judge past days from what was known on them, and hold it against what happened')
    .option('-w, --workspace <name>', 'the workspace, by the name in its address (left out: the only one)')
    .option('--cutoffs <days>', 'days to judge at, as YYYY-MM-DD with commas between them (left out: the last twelve month-ends whose horizon is over)')
    .option('--horizon <days>', 'days after a cut-off that are looked at', '90')
    .option('--model <version>', 'version of the health model (left out: the published one)')
    .option('--csv <file>', 'write every account at every cut-off to a file')
    .action((options: Options) => inDeps((deps) => run(deps, options)));
};
