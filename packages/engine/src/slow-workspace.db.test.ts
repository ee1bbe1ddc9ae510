import { dayFromNumber } from '@tideline/domain/calendar';
import { defaultModelConfig } from '@tideline/domain/model-config';
import { unpackMeasures } from '@tideline/domain/measure-pack';
import { openWorld, type World } from '@tideline/testkit/build';
import { slowBand, type SlowState, slowWalk } from '@tideline/testkit/slow-segment';
import { type SlowDay, slowDay, slowGrid, slowHistories, type SlowRow } from '@tideline/testkit/slow-score';
import { slowDayOf, type SlowZone } from '@tideline/testkit/slow-zone';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { voidEvents } from './correction.ts';
import { closeDays } from './day.ts';
import { testDeps, type TestDeps } from './deps.fixture.ts';
import { accept } from './ingest.ts';
import { aScoredWorkspace } from './scoring.fixture.ts';
import { type Arrival, CLOSES, regularWorkspaces, type SlowWorkspace, slowWorkspaces } from './slow-workspace.fixture.ts';

let world: World;
let deps: TestDeps;
beforeAll(async () => {
  world = await openWorld();
  deps = testDeps(world.urls);
});
afterAll(() => deps.close());

describe('raw events through the whole pipe', () => {
  it('end as the slow and plain reading of the text ends, for every signal, on every day closed', { timeout: 240_000 }, async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(slowWorkspaces, async (workspace) => {
        for (const segment of await play(workspace)) seen.add(segment);
      }),
      { numRuns: 5, endOnFailure: true },
    );
    expect([...seen]).toEqual(expect.arrayContaining(['steady', 'churn_risk', 'dormant', 'onboarding_on_track']));
  });

  it('so it does where the workspace is regular', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(regularWorkspaces, async (workspace) => {
        await play(workspace, 3);
        expect((await closesOf(ids.at(-1) ?? '')).some(({ regularity }) => Number(regularity) > 1.01)).toBe(true);
      }),
      { numRuns: 1, endOnFailure: true },
    );
  });
});

const ids: string[] = [];
const closesOf = (workspaceId: string) =>
  world.arrange('SELECT day::text, regularity, vbar, clock FROM day_close WHERE workspace_id = $1 ORDER BY day', [workspaceId]);

/** Sends and closes day after day, holding each day against the oracle; answers the segments it met. */
const play = async ({ zone, start, arrivals, voided }: SlowWorkspace, closes = CLOSES): Promise<Set<string>> => {
  const { workspaceId } = await aScoredWorkspace(world.arrange, { timezone: zone }, defaultModelConfig);
  ids.push(workspaceId);
  const who = { workspaceId, userId: null, role: 'ADMIN' as const, actor: 'test', ownAccountsOf: null };
  const states = new Map<string, SlowState>();
  const bands = new Map<string, string | null>();
  const segments = new Set<string>();
  let known: Arrival[] = [];
  let fixed: { grid: number; k: number } | null = null;
  for (let on = start; on <= start + closes; on++) {
    const where = `${workspaceId} ${zone} ${dayFromNumber(on)}`;
    deps.clock.now = new Date(midnight(on + 1, zone) + 60_000);
    const sent = arrivals.filter((event) => event.on === on);
    await send(who, sent, on === start);
    known = [...known, ...sent];
    if (on === start + 2 && voided.length > 0) {
      await voidEvents(deps, who, { ids: [...voided], reason: 'sent by mistake' });
      const gone = new Set(voided);
      known = known.filter(({ id }) => !gone.has(id));
    }
    expect(await closeDays(deps, workspaceId), where).toEqual([dayFromNumber(on)]);
    const histories = slowHistories(known);
    const grid = slowGrid(histories, on);
    const wanted: SlowDay = slowDay(histories, on, fixed?.grid === grid ? fixed.k : null);
    fixed = { grid, k: wanted.k };
    await expectClose(workspaceId, wanted, where);
    await expectRows(workspaceId, on, wanted, { states, bands, where });
    for (const { segment } of states.values()) segments.add(segment);
  }
  return segments;
};

const midnight = (day: number, zone: SlowZone): number => {
  let at = (day - 1) * 86_400_000;
  while (slowDayOf(at, zone) < day) at += 900_000;
  return at;
};

const send = async (who: Parameters<typeof accept>[1], events: readonly Arrival[], historical: boolean): Promise<void> => {
  for (let i = 0; i < events.length; i += 1_000) {
    const body = events
      .slice(i, i + 1_000)
      .map(({ id, account, cents, at }) => ({ id, account, event: 'spend', value: cents / 100, timestamp: new Date(at).toISOString() }));
    const { rejected } = await accept(deps, who, body, { historical, receivedAt: deps.clock.now });
    expect(rejected).toEqual([]);
  }
};

const close = (own: unknown, wanted: number | null, where: string): void => {
  if (wanted === null || own === null) return expect(own, where).toBe(wanted);
  expect(Math.abs(Number(own) - wanted), `${where}: ${String(own)} for ${wanted}`).toBeLessThan(1e-5 * Math.max(1, Math.abs(wanted)));
};

const expectClose = async (workspaceId: string, { k, vbar, clock }: SlowDay, where: string): Promise<void> => {
  const last = (await closesOf(workspaceId)).at(-1);
  close(last?.regularity, k, `${where} k`);
  close(last?.vbar, vbar, `${where} vbar`);
  close(last?.clock, clock, `${where} clock`);
};

type Walk = { readonly states: Map<string, SlowState>; readonly bands: Map<string, string | null>; readonly where: string };

const expectRows = async (workspaceId: string, on: number, wanted: SlowDay, { states, bands, where }: Walk): Promise<void> => {
  const stored = await world.arrange(
    `SELECT a.external_id, s.*, h.health AS h_health, h.raw AS h_raw, h.segment AS h_segment, h.stake::text AS h_stake, h.silence AS h_silence,
       s.as_of::text AS as_of, s.segment_since::text AS since
     FROM score s JOIN account a ON a.workspace_id = s.workspace_id AND a.id = s.account_id
     JOIN score_history h ON h.workspace_id = s.workspace_id AND h.account_id = s.account_id AND h.day = $2 WHERE s.workspace_id = $1`,
    [workspaceId, dayFromNumber(on)],
  );
  expect(stored.map((row) => String(row.external_id)).sort(), where).toEqual([...wanted.rows.keys()].sort());
  for (const row of stored) {
    const name = String(row.external_id);
    const slow = wanted.rows.get(name) as SlowRow;
    const state = slowWalk(states.get(name) ?? null, slow);
    const band = slowBand(slow.shown, bands.get(name) ?? null);
    states.set(name, state);
    bands.set(name, band);
    expectRow(row, slow, `${where} ${name}`);
    expect({ segment: row.segment, since: row.since, band: row.band, history: row.h_segment, provisional: row.provisional }, `${where} ${name}`).toEqual({
      segment: state.segment,
      since: dayFromNumber(state.since),
      band,
      history: state.segment,
      provisional: slow.n < 28,
    });
  }
};

const expectRow = (row: Record<string, unknown>, slow: SlowRow, where: string): void => {
  const scored = slow.H !== null;
  const scores = { cadence: slow.C, silence: slow.S, standing: slow.V, momentum: slow.M };
  for (const [key, value] of Object.entries(scores)) close(row[key], scored ? value : null, `${where} ${key}`);
  const rest = { log10p: slow.log10p, growth: slow.growth, expansion_index: slow.X, raw: slow.H, health: slow.shown, p_silent: slow.pSilent };
  for (const [key, value] of Object.entries(rest)) close(row[key], value, `${where} ${key}`);
  close(row.h_health, slow.shown, `${where} history health`);
  close(row.h_raw, slow.H, `${where} history raw`);
  close(row.h_silence, scored ? slow.S : null, `${where} history silence`);
  expect(Math.abs(Number(row.stake) - slow.stake), `${where} stake ${String(row.stake)} for ${slow.stake}`).toBeLessThan(0.0051 + 1e-5 * slow.stake);
  expect(row.h_stake, where).toBe(String(row.stake));
  expect(row.as_of, where).toBe(dayFromNumber(slow.t));
  const measures = unpackMeasures(row.measures as number[]);
  const windows: Partial<Record<keyof typeof measures, number | null>> = {
    asOf: slow.t,
    firstDay: slow.f,
    lastDay: slow.l,
    ageDays: slow.age,
    usageDaysEver: slow.ever,
    days28: slow.a28,
    days84: slow.a84,
    days182: slow.a182,
    days364: slow.a364,
    daysPrior84: slow.aBefore,
    revenue28: slow.r28,
    revenue84: slow.r84,
    revenue90: slow.r90,
    revenue364: slow.r364,
    revenuePrior84: slow.rBefore,
    clockSilent: slow.silentTicks,
    clockSpan: slow.spanTicks,
    onboarding: slow.onb,
  };
  for (const [key, value] of Object.entries(windows)) close(measures[key as keyof typeof measures], value, `${where} ${key}`);
};
