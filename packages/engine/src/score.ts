import { asOfDay } from '@tideline/domain/as-of';
import { addDays, type Day } from '@tideline/domain/calendar';
import { benchOf } from '@tideline/domain/judgement';
import type { PeerGroup } from '@tideline/domain/peer-group';
import { announce } from '@tideline/db/live';
import { heldAccounts } from '@tideline/db/read/data-fault';
import { isPresentUnsettled } from '@tideline/db/read/run';
import { activeOn, closedDay, type Scoring } from '@tideline/db/read/scoring';
import { readBeside, type StatementTx, withWorkspace, type WorkspaceTx } from '@tideline/db/workspace';
import { lockScoring } from '@tideline/db/write/day-close';
import { claimDirty, claimOwed, type Dirty, owedAfter, rateAccounts } from '@tideline/db/write/rate';
import { pagesOf, writeScores, writeTransitions } from '@tideline/db/write/score';
import { type Past, readPasts, readSignals } from '@tideline/db/write/signal';
import { readWeeks } from '@tideline/db/write/weeks';
import { readClock } from '@tideline/db/write/clock';
import { type Fallout, noFallout, tell, type Watch, watchScores } from './alert.ts';
import { calibratedScoring } from './calibration.ts';
import type { Deps } from './deps.ts';
import { isHeld } from './wake.ts';
import { changesOf, wording } from './judge-day.ts';
import { othersOn } from './other-signal.ts';
import { restateRevenue, settleRevenue } from './revenue.ts';
import { allOf, verdictsOn } from './verdict.ts';

/** Accounts taken at a time: small enough that others wait little, large enough that an import moves. */
const CLAIM = 1_000;
const TIMEOUT_MS = 120_000;

/** The last closed day, to which everything relative belongs; before the first close, the last complete day. */
const baseOf = (scoring: Scoring, now: Date): Day => scoring.closedThrough ?? asOfDay(scoring, now);

/**
 * Rates and judges the accounts whose usage changed, by the live rule (score.md 4.6): usage of today counts at once, absence
 * only when a day is complete. Returns how many accounts were judged.
 */
export const scoreChanged = async (deps: Deps, workspaceId: string): Promise<number> => {
  if (isHeld(deps, workspaceId)) return 0; // rating now would hold up what is being written; its end wakes this again
  let judged = 0;
  for (;;) {
    const page = await withWorkspace(deps.db, workspaceId, (tx) => scorePage(tx, deps), { timeoutMs: TIMEOUT_MS });
    judged += page.accountIds.length;
    await tell(deps, workspaceId, page.fallout);
    if (page.accountIds.length > 0) await announce(deps.db, { workspaceId, kind: 'score', ids: page.accountIds });
    if (page.claimed < CLAIM) {
      if (page.base) await settleRevenue(deps, workspaceId, page.base);
      return judged;
    }
  }
};

const scorePage = async (tx: WorkspaceTx, deps: Deps): Promise<{ claimed: number; base: Day | null; accountIds: string[]; fallout: Fallout }> => {
  await lockScoring(tx);
  // Until a run over history has judged the present, its clock and the last close do not belong together: who is judged in
  // between seems to fall or rise, and alerts fire that nothing caused. What changed stays owed; the run wakes this again.
  if (await isPresentUnsettled(tx)) return { claimed: 0, base: null, accountIds: [], fallout: noFallout };
  const dirty = await claimDirty(tx, CLAIM);
  if (dirty.length === 0) return { claimed: 0, base: null, accountIds: [], fallout: noFallout };
  const scoring = await calibratedScoring(tx);
  const base = baseOf(scoring, deps.now());
  const ids = dirty.map(({ accountId }) => accountId);
  const [stood] = await Promise.all([readBeside(deps.db, tx, (other) => standing(other, base, ids)), rate(tx, dirty, base)]);
  return { claimed: dirty.length, base, ...(await scoreLive(tx, deps, scoring, ids, { stood })) };
};

/** How accounts stand before they are judged again: what rating does not change. */
type Standing = { readonly pasts: ReadonlyMap<string, Past>; readonly watch: Watch };

const standing = async (tx: StatementTx, base: Day, ids: readonly string[]): Promise<Standing> => ({
  pasts: await readPasts(tx, base, ids),
  watch: await watchScores(tx, ids),
});

/** Usage → money → months, movements and windows, in one transaction. */
export const rate = async (tx: WorkspaceTx, dirty: readonly Dirty[], through: Day): Promise<void> => {
  await rateAccounts(tx, dirty, through);
  await restateRevenue(tx, dirty, through);
};

/**
 * Judges these accounts between day closes: as of today where there is usage today, as of the last closed day otherwise.
 * `silent`: nothing happened to them, only to how they are judged; no alert is decided. Accounts held by a fault of the data wait.
 * `stood`: how they stood, where that was read already.
 */
export const scoreLive = async (
  tx: WorkspaceTx,
  deps: Deps,
  scoring: Scoring,
  wanted: readonly string[],
  { silent = false, stood = null }: { silent?: boolean; stood?: Standing | null } = {},
): Promise<{ accountIds: string[]; fallout: Fallout }> => {
  const held = await heldAccounts(tx, { ids: wanted });
  const ids = held.size === 0 ? wanted : wanted.filter((id) => !held.has(id));
  const base = baseOf(scoring, deps.now());
  const today = addDays(base, 1);
  const closed = await closedDay(tx, deps.db, base);
  const relative = closed?.relative ?? { k: 1, vbar: 0, milestoneSet: scoring.milestoneSet, medianTtfvDays: null };
  const group: PeerGroup = closed?.group ?? { peers: [], onboarding: [] };
  const bench = benchOf(scoring.model.config, relative);
  const ticks = (await readClock(tx))?.ticks ?? (() => 0);
  const { pasts, watch } = stood ?? (await standing(tx, base, ids));
  const present = new Set(await activeOn(tx, today, ids));
  const others = await othersOn(tx, scoring, base, { known: today, accountIds: ids });
  const parts = [
    { use: today, accountIds: ids.filter((id) => present.has(id)), live: true },
    { use: base, accountIds: ids.filter((id) => !present.has(id)), live: false },
  ];
  const accountIds: string[] = [];
  for (const { use, accountIds: part, live } of parts) {
    if (part.length === 0) continue;
    const signals = await readSignals(tx, { use, money: base, accountIds: part, priced: scoring.priced, manyMeters: scoring.manyMeters, ticks });
    const by = { bench, group, closing: false, others, wasOf: (id: string) => pasts.get(id)?.before ?? null };
    const basis = { priced: scoring.priced, manyMeters: scoring.manyMeters };
    const accounts = await allOf(verdictsOn(signals, by, { atHand: () => new Map(), of: (wants) => readWeeks(tx, base, basis, wants) }));
    const say = wording(bench, pasts);
    await writeScores(tx, pagesOf(accounts), say, { modelId: scoring.model.id, at: deps.now(), live });
    await writeTransitions(tx, accounts, { day: use, at: deps.now(), backfilled: false }); // first sight, and the end of dormancy
    watch.see(changesOf(accounts, say, { day: use, live: true, backfilled: false, late: false }, (id) => pasts.get(id)?.before?.health ?? null));
    accountIds.push(...accounts.map(({ accountId }) => accountId));
  }
  return { accountIds, fallout: silent ? noFallout : await watch.done(tx, deps) };
};

/** Rates and judges these accounts for what is owed of them, without deciding alerts: nothing happened to them but how they are kept. */
export const scoreSilently = async (deps: Deps, workspaceId: string, ids: readonly string[]): Promise<void> => {
  await withWorkspace(
    deps.db,
    workspaceId,
    async (tx) => {
      await lockScoring(tx);
      if (await isPresentUnsettled(tx)) return; // the run over history wakes scoring at its end
      const dirty = await claimOwed(tx, ids);
      if (dirty.length === 0) return;
      const scoring = await calibratedScoring(tx);
      await rate(tx, dirty, baseOf(scoring, deps.now()));
      await scoreLive(
        tx,
        deps,
        scoring,
        dirty.map(({ accountId }) => accountId),
        { silent: true },
      );
    },
    { timeoutMs: TIMEOUT_MS },
  );
};

/** Rates everything that is owed, page by page, so that a close finds money up to date. Answers the accounts that were. */
export const rateOwed = async (deps: Deps, workspaceId: string, through: Day): Promise<void> => {
  for (let claimed = CLAIM; claimed === CLAIM;) {
    claimed = await withWorkspace(
      deps.db,
      workspaceId,
      async (tx) => {
        await lockScoring(tx);
        const dirty = await claimDirty(tx, CLAIM);
        await rate(tx, dirty, through);
        return dirty.length;
      },
      { timeoutMs: TIMEOUT_MS },
    );
  }
};

/** Rates what is owed and leaves it owed: for who reads the days of all accounts without judging them. */
export const rateStanding = async (deps: Deps, workspaceId: string, through: Day): Promise<void> => {
  let after: string | null = null;
  do {
    const last: string | null = after;
    after = await withWorkspace(
      deps.db,
      workspaceId,
      async (tx) => {
        await lockScoring(tx);
        const owed = await owedAfter(tx, last, CLAIM);
        await rate(tx, owed, through);
        return owed.length === CLAIM ? (owed.at(-1)?.accountId ?? null) : null;
      },
      { timeoutMs: TIMEOUT_MS },
    );
  } while (after !== null);
};
