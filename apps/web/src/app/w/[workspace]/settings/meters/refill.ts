/** The count of a new version that runs now; `stopping`: somebody asked it to stop. */
export type Refill = { id: string; done: number; total: number; stopping: boolean };
type Run = Refill & { kind: string; meterId: string | null; state: string };

/** Running counts by the meter they are for. Plain data, because it crosses to the browser. */
export const runsByMeter = (runs: readonly Run[]): Record<string, Refill> =>
  Object.fromEntries(
    runs
      .filter(({ kind, state }) => kind === 'meter.refill' && state === 'running')
      .flatMap(({ meterId, id, done, total, stopping }) => (meterId ? [[meterId, { id, done, total, stopping }]] : [])),
  );
