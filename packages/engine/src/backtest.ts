import { Problem } from '@tideline/contracts/problem';
import { asOfDay } from '@tideline/domain/as-of';
import { type BacktestRow, type BacktestSummary, summariseBacktest } from '@tideline/domain/backtest';
import { addDays, addMonths, type Day, dayNumber, daysBetween, lastDayOf, minDay, monthOf } from '@tideline/domain/calendar';
import { type LeadTime, leadTime } from '@tideline/domain/lead-time';
import type { ModelConfig } from '@tideline/domain/model-config';
import { weighedOthers } from '@tideline/domain/weight';
import { scoringOf } from '@tideline/db/read/scoring';
import { arrivals, type Arrivals, countAccountDays, lateDays, readHistories } from '@tideline/db/read/usage-history';
import { withWorkspace } from '@tideline/db/workspace';
import { type BacktestData, type BacktestSpec, type OnDay, walkBacktest } from './backtest-walk.ts';
import { DAY_TIMEOUT_MS } from './day.ts';
import type { Deps } from './deps.ts';
import { othersOn } from './other-signal.ts';
import { rateStanding } from './score.ts';

/** Account-days that a backtest holds in memory (about 60 bytes each). */
const MOST_ROWS = 12_000_000;
const MOST_CUTOFFS = 200;
/** Past month-ends looked at unless others are asked for. */
const USUAL_CUTOFFS = 12;
const LEAD_DAYS = 91;

export type Backtest = {
  readonly rows: readonly BacktestRow[];
  readonly summary: BacktestSummary & { readonly calibrated: readonly Day[]; readonly lead: LeadTime; readonly arrivals: Arrivals };
  readonly accounts: ReadonlyMap<string, { readonly externalId: string; readonly name: string }>;
};

/** What a backtest works on, read at one moment. Throws where the workspace is too large, or a cut-off cannot be judged. */
export const readBacktest = async (deps: Deps, workspaceId: string, lastCutoff: Day | null): Promise<BacktestRead> => {
  const through = asOfDay(await withWorkspace(deps.db, workspaceId, scoringOf), deps.now());
  await rateStanding(deps, workspaceId, through);
  return withWorkspace(
    deps.db,
    workspaceId,
    async (tx) => {
      const scoring = await scoringOf(tx);
      if ((await countAccountDays(tx, through, MOST_ROWS)) > MOST_ROWS)
        throw new Problem(
          'rule-violated',
          `A backtest holds at most ${MOST_ROWS.toLocaleString('en')} days of accounts in memory, and this workspace has more`,
        );
      const { priced, manyMeters, milestoneSet } = scoring;
      return {
        accounts: await readHistories(tx, through, scoring),
        late: await lateDays(tx, through, scoring),
        arrivals: await arrivals(tx, lastCutoff === null ? through : minDay(lastCutoff, through)),
        through,
        config: scoring.model.config,
        reading: { priced, manyMeters, milestoneSet },
        others: async (config, day) =>
          weighedOthers(config).length === 0
            ? null
            : withWorkspace(deps.db, workspaceId, (own) => othersOn(own, { timezone: scoring.timezone, model: { ...scoring.model, config } }, day)),
      };
    },
    { timeoutMs: DAY_TIMEOUT_MS },
  );
};
export type BacktestRead = BacktestData & { readonly arrivals: Arrivals; readonly config: ModelConfig };

/** The cut-offs in order, checked. `first`: the first usage day of the workspace. */
export const soundCutoffs = (asked: readonly Day[], { first, through }: { first: Day | null; through: Day }): Day[] => {
  const cutoffs = [...new Set(asked)].toSorted();
  const [head, last] = [cutoffs[0], cutoffs.at(-1)];
  if (head === undefined || last === undefined) throw new Problem('rule-violated', 'A backtest needs at least one cut-off day');
  if (cutoffs.length > MOST_CUTOFFS) throw new Problem('rule-violated', `A backtest takes at most ${MOST_CUTOFFS} cut-off days: these are ${cutoffs.length}`);
  if (first === null) throw new Problem('rule-violated', 'Nothing was ever used in this workspace: there is nothing to test a score on');
  if (last > through) throw new Problem('rule-violated', `${last} is not over: the last complete day of this workspace is ${through}`);
  if (head < first) throw new Problem('rule-violated', `${head} lies before the first usage, ${first}: nothing was known then`);
  return cutoffs;
};

/** The last month-ends whose horizon is over, once there were three months of usage; the oldest first. */
export const usualCutoffs = ({ first, through }: { first: Day; through: Day }, horizon: number): Day[] => {
  const ends = Array.from({ length: 240 }, (_, i) => lastDayOf(addMonths(monthOf(through), -i)));
  const sound = ends.filter((day) => addDays(day, horizon) <= through && daysBetween(first, day) >= LEAD_DAYS);
  return sound.slice(0, USUAL_CUTOFFS).toReversed();
};

/** Judges the past by a model, from what was known then, and holds it against what happened. Null when it was asked to stop. */
export const backtestOn = async (data: BacktestRead, spec: BacktestSpec, onDay: OnDay): Promise<Backtest | null> => {
  const walked = await walkBacktest(data, spec, onDay);
  if (!walked) return null;
  const alarmBelow = spec.config.bands.atRiskBelow;
  return {
    rows: walked.rows,
    summary: {
      ...summariseBacktest(walked.rows, spec.cutoffs, alarmBelow),
      calibrated: [...walked.calibrated],
      lead: leadTime(walked.weekly, walked.weeks, alarmBelow, dayNumber(data.through)),
      arrivals: data.arrivals,
    },
    accounts: new Map(data.accounts.map(({ accountId, externalId, name }) => [accountId, { externalId, name }])),
  };
};

/** First usage day of what was read; null when nothing was used. */
export const firstUsage = ({ accounts }: BacktestData): number | null => {
  const first = accounts.reduce((least, { history }) => Math.min(least, history.usedDays[0] ?? least), Infinity);
  return first === Infinity ? null : first;
};

const number = (value: number | null): string => (value === null ? '' : String(Math.round(value * 1e6) / 1e6));

export const CSV_HEAD = 'account_external_id,cutoff,score,score_raw,segment,p_churn';
type Line = { readonly cutoff: string; readonly health: number | null; readonly raw: number | null; readonly segment: string; readonly pChurn: number | null };

/** An account at a cut-off as a CSV line, without its end: `score` as shown, `score_raw` without the caps. */
export const backtestLine = ({ cutoff, health, raw, segment, pChurn }: Line, externalId: string): string =>
  [quoted(externalId), cutoff, number(health), number(raw), segment, number(pChurn)].join(',');

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** All of it, line by line. */
export function* backtestCsv({ rows, accounts }: Pick<Backtest, 'rows' | 'accounts'>): Generator<string> {
  yield CSV_HEAD;
  for (const row of rows) yield backtestLine(row, accounts.get(row.accountId)?.externalId ?? '');
}
