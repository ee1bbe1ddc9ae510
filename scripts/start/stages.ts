/** The lines a person watches while it starts: what was done, when, and how long it took. */
import { allProcesses, memoryOf, parentOf } from '../process-table.ts';

export type Stages = {
  /** A line with the seconds since the start in front. */
  say: (line: string) => void;
  /** Does one step and says so when it is done; `done` may tell more than the label. */
  stage: <T>(name: string, work: () => Promise<T>, done?: (result: T) => string) => Promise<T>;
  /** Seconds since the start. */
  elapsed: () => number;
  /** Seconds by stage, in the order they ended. */
  timings: () => Record<string, number>;
};

const seconds = (ms: number): number => Math.round(ms / 100) / 10;

export const startStages = (): Stages => {
  const taken: Record<string, number> = {};
  const say = (line: string) => console.log(`${seconds(performance.now()).toFixed(1).padStart(6)} s  ${line}`);
  return {
    say,
    stage: async (name, work, done = () => name) => {
      const from = performance.now();
      const result = await work();
      taken[name] = seconds(performance.now() - from);
      say(`${done(result)}${taken[name] >= 1 ? ` (took ${taken[name].toFixed(1)} s)` : ''}`);
      return result;
    },
    elapsed: () => seconds(performance.now()),
    timings: () => ({ ...taken }),
  };
};

/** We and our descendants; a database server adopted from a killed run is not among them. */
const ours = (): number[] => {
  const parents = new Map(allProcesses().map((pid) => [pid, parentOf(pid)]));
  const belongs = (pid: number | undefined): boolean => pid !== undefined && pid !== 0 && (pid === process.pid || belongs(parents.get(pid)));
  return [...parents.keys()].filter(belongs);
};

/** Samples the memory of all our processes twice a second (Linux; 0 elsewhere). `peak()` is in bytes, shared pages counted once. */
export const watchMemory = (): { peak: () => number; stop: () => void } => {
  let peak = 0;
  const timer = setInterval(
    () =>
      (peak = Math.max(
        peak,
        ours().reduce((sum, pid) => sum + memoryOf(pid), 0),
      )),
    500,
  );
  return { peak: () => peak, stop: () => clearInterval(timer) };
};
