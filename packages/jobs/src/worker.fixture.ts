import { runWorkers, type Handlers } from './worker.ts';

/** A worker process for the tests to kill: it says when a job starts, and never ends it. */
const [url = '', prefix = ''] = process.argv.slice(2);
const hang = async (): Promise<never> => {
  process.send?.('started');
  return new Promise(() => undefined);
};
const handlers: Handlers = {
  'score.changed': hang,
  'day.close': hang,
  'score.backfill': hang,
  'score.all': hang,
  'score.backtest': hang,
  'score.fit': hang,
  'account.merge': hang,
  'correction.run': hang,
  'import.run': hang,
  'meter.refill': hang,
  'notify.send': hang,
  'demo.history': hang,
  'retention.keep': hang,
  'source.pull': hang,
  'sweep.all': async () => undefined,
};
const log = { warn: () => undefined, error: () => undefined };
await runWorkers({ url, prefix }, { handlers, log, lockMs: 1_500 });
process.send?.('ready');
