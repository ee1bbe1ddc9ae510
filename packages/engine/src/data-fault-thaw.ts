import { type Day, daysFromTo } from '@tideline/domain/calendar';
import type { Before } from '@tideline/domain/judgement';
import { heldAccounts, heldBy } from '@tideline/db/read/data-fault';
import { accountIdsOf, type Scoring, scoringOf } from '@tideline/db/read/scoring';
import { withWorkspace, type WorkspaceTx } from '@tideline/db/workspace';
import { refreshClock } from '@tideline/db/write/clock';
import { endFault } from '@tideline/db/write/data-fault';
import { lockScoring, writeDayClose } from '@tideline/db/write/day-close';
import { pagesOf, writeHistory, writeScores, writeTransitions } from '@tideline/db/write/score';
import { type Past, readPasts } from '@tideline/db/write/signal';
import { type Fallout, noFallout, onScores, tell } from './alert.ts';
import type { Over } from './data-fault.ts';
import { dayWork } from './day-work.ts';
import type { Deps } from './deps.ts';
import { changesOf, judgeDay, type JudgedDay, wording } from './judge-day.ts';
import { scoreLive } from './score.ts';

const TIMEOUT_MS = 600_000;
const PAGE = 5_000;

export type Thaw = Omit<Over, 'as'> & { readonly as: Over['as'] | 'dismissed'; readonly by: string | null };

/**
 * Ends a fault of a meter or a sender: its accounts are judged for the days they were held, from how they stood before, with what is
 * known now; what that crosses is told as one digest. Everybody is then judged again beside them, which tells nobody anything.
 */
export const thaw = async (deps: Deps, workspaceId: string, over: Thaw): Promise<void> => {
  const fallout = await withWorkspace(deps.db, workspaceId, (tx) => restate(tx, deps, over), { timeoutMs: TIMEOUT_MS });
  await tell(deps, workspaceId, fallout);
  const ids = await withWorkspace(deps.db, workspaceId, accountIdsOf);
  for (let i = 0; i < ids.length; i += PAGE) {
    await withWorkspace(
      deps.db,
      workspaceId,
      async (tx) => {
        await lockScoring(tx);
        await scoreLive(tx, deps, await scoringOf(tx), ids.slice(i, i + PAGE), { silent: true });
      },
      { timeoutMs: TIMEOUT_MS },
    );
  }
};

const restate = async (tx: WorkspaceTx, deps: Deps, { fault, as, by, through }: Thaw): Promise<Fallout> => {
  await lockScoring(tx);
  const elsewhere = await heldAccounts(tx, { besides: fault.id });
  const held = new Set((await heldBy(tx, fault.id)).filter((id) => !elsewhere.has(id)));
  if (!(await endFault(tx, fault.id, { as, by, through, at: deps.now() }))) return noFallout;
  const scoring = await scoringOf(tx);
  const last = scoring.closedThrough;
  if (last === null || last < fault.since) return noFallout;
  const clock = await refreshClock(tx, last);
  if (!clock) return noFallout;
  const stood = await readPasts(tx, last, [...held]);
  const states = new Map<string, Before>([...stood].flatMap(([id, { before }]) => (before ? [[id, before] as const] : [])));
  const work = { ...dayWork(tx, scoring, clock), states, k: null };
  let fallout = noFallout;
  for (const day of daysFromTo(fault.since, last)) {
    const judged = await judgeDay(work, day);
    const accounts = judged.accounts.filter(({ accountId }) => held.has(accountId));
    for (const { accountId, judgement } of accounts) states.set(accountId, { state: judgement.state, band: judgement.score.band });
    const stamp = { modelId: scoring.model.id, at: deps.now(), day, backfilled: true };
    await writeHistory(tx, accounts, stamp);
    await writeTransitions(tx, accounts, stamp);
    if (day === last) fallout = await keepLast(tx, deps, scoring, { ...judged, accounts }, { day, stood });
  }
  return fallout;
};

/** How they stand in the end, against how they stood when they were held. */
const keepLast = async (
  tx: WorkspaceTx,
  deps: Deps,
  scoring: Scoring,
  { accounts, bench, closed }: JudgedDay,
  { day, stood }: { day: Day; stood: ReadonlyMap<string, Past> },
): Promise<Fallout> => {
  await writeDayClose(tx, closed, { backfilled: false, late: true, at: deps.now() });
  const say = wording(bench, stood);
  await writeScores(tx, pagesOf(accounts), say, { modelId: scoring.model.id, at: deps.now(), live: false });
  const changed = accounts.map((account) => ({ ...account, was: stood.get(account.accountId)?.before ?? null }));
  return onScores(
    tx,
    deps,
    changesOf(changed, say, { day, live: false, backfilled: false, late: true }, (id) => stood.get(id)?.before?.health ?? null),
  );
};
