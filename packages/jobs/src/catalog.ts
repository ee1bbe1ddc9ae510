import type { JobName, JobPayload } from '@tideline/contracts/jobs';

/**
 * `live` jobs answer something that just happened; `long` ones work through history. Each lane is a queue with its own
 * workers, so that a backfill never stands before a score.
 */
export type Lane = 'live' | 'long';

export type Declaration<N extends JobName> = {
  readonly lane: Lane;
  /** Within the lane; lower goes first. */
  readonly priority: number;
  readonly attempts: number;
  /** Before the second attempt; doubles with each further one. */
  readonly backoffMs: number;
  /**
   * Wake-ups with the same key are one. `again`: one that arrives while the job runs makes it run once more, because
   * the job may have looked already. `once`: it is swallowed, because the job reads its own progress to the end.
   * Either way a key never runs twice at the same time.
   */
  readonly repeat: 'again' | 'once';
  readonly key: (payload: JobPayload<N>) => string;
};

type WithWorkspace = { workspaceId: string };
const ofWorkspace = ({ workspaceId }: WithWorkspace): string => workspaceId;
const ofRun = ({ workspaceId, runId }: WithWorkspace & { runId: string }): string => `${workspaceId}-${runId}`;

const live = { lane: 'live', attempts: 5, backoffMs: 1_000, repeat: 'again', key: ofWorkspace } as const;
// A run keeps its own place, so another attempt goes on where the last one ended.
const long = { lane: 'long', attempts: 3, backoffMs: 5_000, repeat: 'once', key: ofRun } as const;

/** How each job runs. */
export const catalog = {
  'score.changed': { ...live, priority: 1 },
  'notify.send': { ...live, priority: 1 },
  'day.close': { ...live, priority: 2 },
  'sweep.all': { ...live, priority: 3, attempts: 1, repeat: 'once', key: () => 'all' },
  'import.run': { ...long, priority: 1, key: ({ workspaceId, importId }) => `${workspaceId}-${importId}` },
  'source.pull': { ...long, priority: 2, key: ({ workspaceId, sourceId }) => `${workspaceId}-${sourceId}` },
  'retention.keep': { ...long, priority: 6, repeat: 'again', key: ofWorkspace },
  'score.all': { ...long, priority: 2 },
  'account.merge': { ...long, priority: 1 },
  'correction.run': { ...long, priority: 1 },
  'score.backtest': { ...long, priority: 5 },
  'score.fit': { ...long, priority: 5 },
  'meter.refill': { ...long, priority: 3 },
  'score.backfill': { ...long, priority: 4 },
  'demo.history': { ...long, priority: 5 },
} as const satisfies { [N in JobName]: Declaration<N> };

export const lanes: readonly Lane[] = ['live', 'long'];
export const declarationOf = <N extends JobName>(name: N): Declaration<N> => catalog[name] as Declaration<N>;
export const isJobName = (name: string): name is JobName => Object.hasOwn(catalog, name);
