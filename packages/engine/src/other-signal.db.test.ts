import { withWorkspace } from '@tideline/db/workspace';
import { addDays, day, type Day } from '@tideline/domain/calendar';
import { defaultModelConfig, type ModelConfig } from '@tideline/domain/model-config';
import { type OtherReadings, otherScores, strengthsOf } from '@tideline/domain/other-signal';
import { aMember, openWorld, type World } from '@tideline/testkit/build';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { page } from './account-page.ts';
import { backfill } from './backfill.ts';
import { backtestOn, readBacktest } from './backtest.ts';
import * as contact from './contact.ts';
import * as contract from './contract.ts';
import * as custom from './custom-signal.ts';
import { closeDays } from './day.ts';
import type { Who } from './deps.ts';
import { type TestDeps, testDeps } from './deps.fixture.ts';
import * as invoice from './invoice.ts';
import { previewModel } from './model-preview.ts';
import { scoreChanged } from './score.ts';
import { aRun, aScoredWorkspace, sendUsage } from './scoring.fixture.ts';
import * as sentiment from './sentiment.ts';
import * as ticket from './ticket.ts';
import * as touch from './touch.ts';

let world: World;
let deps: TestDeps;
let who: Who;
let versionId: string;
let meterId: string;
beforeAll(async () => {
  world = await openWorld();
  deps = testDeps(world.urls);
});
afterAll(() => deps.close());

const LAST = day('2026-11-20');
const usage = { cadence: 36, silence: 9, standing: 9, momentum: 6 };
const weights = { ...usage, support: 12, engagement: 10, pace: 8, sentiment: 5, payment: 5 };
const modelWith = (given: ModelConfig['weights']): ModelConfig => ({ ...defaultModelConfig, shiftByRegularity: false, weights: given });
const names = ['acme', 'globex', 'initech', 'umbrella', 'hooli', 'stark'];

/** A book of six in daily use for half a year, closed through the last day but two. */
const aBook = async (given: ModelConfig['weights']) => {
  const made = await aScoredWorkspace(world.arrange, { as_of_pin: addDays(LAST, -2), timezone: 'Europe/Berlin' }, modelWith(given));
  ({ versionId, meterId } = made);
  const rows = names
    .flatMap((account, n) =>
      Array.from({ length: 180 }, (_, i) => ({
        account,
        day: addDays(LAST, i - 179),
        events: (i + n) % (n + 1) === 0 ? 1 : 0,
        revenue: (i + n) % (n + 1) === 0 ? 10 * (n + 1) : 0,
      })),
    )
    .filter(({ events }) => events > 0);
  await sendUsage(world.arrange, made.workspaceId, versionId, rows);
  const userId = await aMember(world.arrange, made.workspaceId, { role: 'ADMIN' });
  who = { workspaceId: made.workspaceId, userId, role: 'ADMIN', actor: 'Ada', ownAccountsOf: null };
  deps.clock.now = new Date(`${addDays(LAST, -1)}T15:00:00Z`);
  await backfill(deps, who.workspaceId, await aRun(world.arrange, who.workspaceId));
};
beforeEach(() => aBook(weights));

const pin = async (to: Day) => {
  await world.arrange('UPDATE workspace SET as_of_pin = $2 WHERE id = $1', [who.workspaceId, to]);
  deps.clock.now = new Date(`${addDays(to, 1)}T15:00:00Z`);
  return closeDays(deps, who.workspaceId);
};
type Row = { health: number; raw: number; band: string | null; coverage: number; others: OtherReadings | null; scores: Record<string, number>; id: string };
const scores = async (from = 'score', on: Day | null = null): Promise<Map<string, Row>> => {
  const rows = await world.arrange(
    `SELECT a.external_id, a.id, s.health, s.raw, s.band, ${from === 'score' ? 's.coverage' : '1 AS coverage'}, s.others, s.cadence, s.silence, s.standing, s.momentum
     FROM ${from} s JOIN account a ON a.workspace_id = s.workspace_id AND a.id = s.account_id WHERE s.workspace_id = $1 ${on ? `AND s.day = '${on}'` : ''}`,
    [who.workspaceId],
  );
  return new Map(
    rows.map(({ external_id: name, cadence, silence, standing, momentum, ...row }) => [
      String(name),
      { ...row, scores: { cadence, silence, standing, momentum } } as unknown as Row,
    ]),
  );
};

/** Health before the caps by hand: the gate does not act on accounts in daily use. */
const byHand = ({ scores: own, others }: Row, given: Record<string, number>) => {
  const all: Record<string, number | null> = { ...own, ...(others && otherScores(others)) };
  const strength = (key: string) => (others && key === 'sentiment' ? (strengthsOf(others).sentiment ?? 1) : 1);
  const known = Object.keys(given).filter((key) => typeof all[key] === 'number');
  const expected = Object.keys(given).filter((key) => all[key] !== undefined);
  const weigh = (keys: readonly string[]) => keys.reduce((sum, key) => sum + (given[key] ?? 0) * strength(key), 0);
  const sum = known.reduce((total, key) => total + (given[key] ?? 0) * strength(key) * (all[key] ?? 0), 0);
  return { raw: sum / weigh(known), coverage: weigh(known) / weigh(expected) };
};

const tell = async (today: Day) => {
  await ticket.put(deps, who, [
    { externalId: 't1', account: 'acme', severity: 'urgent', openedAt: `${addDays(today, -20)}T09:00:00Z` },
    { externalId: 't2', account: 'acme', openedAt: `${addDays(today, -40)}T09:00:00Z`, closedAt: `${addDays(today, -39)}T09:00:00Z` },
  ]);
  await contact.put(deps, who, [{ externalId: 'ann', account: 'globex', role: 'champion' }]);
  await touch.put(deps, who, [{ externalId: 'c1', account: 'globex', kind: 'call', at: addDays(today, -1), contact: 'ann' }]);
  await contract.put(deps, who, [{ externalId: 'k1', account: 'initech', startDay: addDays(today, -99), endDay: addDays(today, 265), commitment: '36600' }]);
  await invoice.put(deps, who, [
    { externalId: 'i1', account: 'umbrella', dueDay: addDays(today, -31) },
    { externalId: 'i2', account: 'hooli', dueDay: addDays(today, -50), paidDay: addDays(today, -45) },
  ]);
  const stark = (await scores()).get('stark');
  await sentiment.set(deps, who, stark?.id ?? '', { sentiment: 'bad', note: 'They are looking elsewhere' });
};

describe('signals beside usage', () => {
  it('count as soon as they are told, and at each close; nothing is connected before', { timeout: 120_000 }, async () => {
    const before = await scores();
    for (const row of before.values()) expect([row.others, row.coverage]).toEqual([null, 1]);
    const today = addDays(LAST, -1);
    await tell(today);
    expect(deps.jobs.asked.some(({ name }) => name === 'score.changed')).toBe(true);
    await scoreChanged(deps, who.workspaceId);
    const live = await scores();
    for (const name of names) {
      const row = live.get(name)!;
      const { raw, coverage } = byHand(row, weights);
      expect(row.raw).toBeCloseTo(raw, 9);
      expect(row.coverage).toBeCloseTo(coverage, 9);
    }
    expect(live.get('acme')?.others).toMatchObject({
      support: { open: 1, aged: { urgent: 1 } },
      engagement: { speakers: 0 },
      pace: null,
      sentiment: null,
      payment: { overdueDays: 0 },
    });
    expect(live.get('acme')!.health).toBeLessThan(before.get('acme')!.health);
    expect(live.get('stark')?.others).toMatchObject({ sentiment: { sentiment: 'bad', days: 0 }, support: { open: 0 } });

    await pin(LAST);
    const closed = await scores();
    const kept = await scores('score_history', LAST);
    for (const name of names) {
      expect(closed.get(name)!.raw).toBeCloseTo(byHand(closed.get(name)!, weights).raw, 9);
      expect(kept.get(name)?.others).toEqual(closed.get(name)?.others);
    }
    expect(closed.get('globex')?.others?.engagement).toEqual({ speakers: 1, silentDays: 2, knownDays: 1 });
    expect(closed.get('umbrella')?.others?.payment).toEqual({ overdueDays: 32 });
    expect(closed.get('hooli')?.others?.payment).toEqual({ overdueDays: 0 });
    const spent = 34 * 30; // every third of 101 days, 30 each
    expect(closed.get('initech')?.others?.pace).toEqual({ pace: expect.closeTo(spent / ((36_600 * 101) / 365), 1), elapsedDays: 101 });
  });

  it('open on the account page into points, sentences and causes that add up', { timeout: 120_000 }, async () => {
    await tell(addDays(LAST, -1));
    await scoreChanged(deps, who.workspaceId);
    await pin(LAST);
    const { id } = (await scores()).get('acme')!;
    const { judgement, moved } = await page(deps, who, id);
    const parts = judgement?.breakdown?.parts ?? [];
    expect(parts.reduce((sum, { earned, missed }) => sum + earned + missed, 0)).toBeCloseTo(100, 9);
    expect(parts.find(({ key }) => key === 'support')).toMatchObject({ label: 'Support', sentence: '1 ticket open, the worst urgent' });
    expect(parts.find(({ key }) => key === 'engagement')).toMatchObject({
      component: null,
      weight: 0,
      sentence: 'No sponsor or champion known: name one to have it counted',
    });
    for (const { causes, from, to } of moved) {
      expect(causes.reduce((sum, { exact }) => sum + exact, 0)).toBeCloseTo(to.health - from.health, 9);
      expect(causes.find(({ key }) => key === 'data')?.parts.map(({ key }) => key)).toContain('sources');
    }
  });

  it('leave no band where too little of the weight is known, and say what to connect', { timeout: 120_000 }, async () => {
    await aBook({ cadence: 30, silence: 5, standing: 5, momentum: 5, engagement: 55 });
    await tell(addDays(LAST, -1));
    await scoreChanged(deps, who.workspaceId);
    const now = await scores();
    expect([now.get('acme')?.band, now.get('acme')?.coverage]).toEqual([null, expect.closeTo(0.45, 9)]);
    expect([now.get('globex')?.band, now.get('globex')?.coverage]).toEqual(['healthy', 1]);
    const { judgement } = await page(deps, who, now.get('acme')!.id);
    expect(judgement?.breakdown?.band).toBe(
      'Not enough data: 45% of the model’s weight is known, 60% is needed. No sponsor or champion known: name one to have it counted.',
    );
  });

  it('are in a backtest as they were on its days, and in a preview whatever the model weighs', { timeout: 120_000 }, async () => {
    await tell(addDays(LAST, -1));
    await pin(LAST);
    const data = await readBacktest(deps, who.workspaceId, null);
    const result = await backtestOn(data, { cutoffs: [LAST], horizon: 30, config: data.config }, async () => true);
    const kept = await scores('score_history', LAST);
    for (const row of result!.rows) expect(row.raw).toBeCloseTo([...kept.values()].find(({ id }) => id === row.accountId)!.raw, 9);

    await aBook(usage as never);
    await tell(addDays(LAST, -1));
    await pin(LAST);
    expect([...(await scores()).values()].every(({ others }) => others === null)).toBe(true);
    const { accounts } = await previewModel(deps, who);
    const at = accounts.name.indexOf('acme');
    expect(accounts.others[at]).toMatchObject({ support: { open: 1 }, payment: { overdueDays: 0 } });
  });
});

describe('a signal of the workspace’s own', () => {
  it('reads a meter over its window or a field, and stays while the model weighs it', { timeout: 120_000 }, async () => {
    const seats = await custom.create(deps, who, { name: 'Seats', unit: 'seats', reads: { field: 'seats' }, zeroAt: 0, fullAt: 100 });
    const spend = await custom.create(deps, who, { name: 'Spend', unit: 'GBP', reads: { meterId, windowDays: 28 }, zeroAt: 560, fullAt: 0 });
    await expect(custom.create(deps, who, { name: 'Spend', unit: '', reads: { field: 'a' }, zeroAt: 0, fullAt: 1 })).rejects.toThrow(
      'There is a signal named Spend already',
    );
    await world.arrange(`UPDATE account SET fields = '{"seats": "40"}' WHERE workspace_id = $1 AND external_id = 'acme'`, [who.workspaceId]);
    await world.arrange(`UPDATE account SET fields = '{"seats": "many"}' WHERE workspace_id = $1 AND external_id = 'globex'`, [who.workspaceId]);
    const config = modelWith({ cadence: 40, silence: 10, standing: 10, momentum: 10, [`custom:${seats.id}`]: 20, [`custom:${spend.id}`]: 10 });
    await world.arrange(`UPDATE health_model SET config = $2 WHERE workspace_id = $1 AND state = 'published'`, [who.workspaceId, JSON.stringify(config)]);
    await pin(LAST);
    const now = await scores();
    expect(otherScores(now.get('acme')!.others!)).toEqual({ [`custom:${seats.id}`]: 40, [`custom:${spend.id}`]: expect.closeTo(50, 9) }); // 28 days of 10
    expect(otherScores(now.get('globex')!.others!)[`custom:${seats.id}`]).toBeNull();
    for (const row of now.values()) expect(row.raw).toBeCloseTo(byHand(row, config.weights as never).raw, 9);
    await expect(custom.archive(deps, who, seats.id)).rejects.toThrow('publish one that gives it no points first');
    await world.arrange(`UPDATE health_model SET config = $2 WHERE workspace_id = $1 AND state = 'published'`, [
      who.workspaceId,
      JSON.stringify(modelWith(usage)),
    ]);
    await custom.archive(deps, who, seats.id);
    expect((await custom.list(deps, who)).items.map(({ name }) => name)).toEqual(['Spend']);
    expect(await withWorkspace(deps.db, who.workspaceId, (tx) => tx.db.customSignal.count({ where: { workspaceId: who.workspaceId } }))).toBe(2);
  });
});

describe('profiles of a model', () => {
  it('judge the accounts they are for, live, at a close, in history and in a backtest, and open as they judged', { timeout: 120_000 }, async () => {
    const own = { cadence: 10, silence: 60, standing: 10, momentum: 10, support: 10 };
    const profile = {
      key: 'pro',
      name: 'Pro',
      rule: { plan: ['Pro'] },
      weights: own,
      bands: { atRiskBelow: 97, atRiskLeaves: 98, healthyFrom: 99, healthyLeaves: 98.5 },
    };
    const config: ModelConfig = { ...modelWith({ cadence: 60, silence: 15, standing: 15, momentum: 10 }), profiles: [profile] };
    await world.arrange(`UPDATE account SET plan = 'pro' WHERE workspace_id = $1 AND external_id = 'acme'`, [who.workspaceId]);
    await world.arrange(`UPDATE health_model SET config = $2 WHERE workspace_id = $1 AND state = 'published'`, [who.workspaceId, JSON.stringify(config)]);
    await tell(addDays(LAST, -1));
    await scoreChanged(deps, who.workspaceId);
    const check = async (from?: string, on?: Day) => {
      const rows = await scores(from, on ?? null);
      for (const name of ['acme', 'globex'])
        expect(rows.get(name)!.raw).toBeCloseTo(byHand(rows.get(name)!, name === 'acme' ? own : (config.weights as Record<string, number>)).raw, 9);
      return rows;
    };
    expect((await check()).get('acme')?.band).toBe('at_risk');
    await pin(LAST);
    const closed = await check();
    const kept = await check('score_history', LAST);
    const { judgement, moved } = await page(deps, who, closed.get('acme')!.id);
    expect(judgement?.breakdown?.parts.find(({ key }) => key === 'silence')?.weight).toBeCloseTo(60, 9);
    expect(judgement?.breakdown?.band).toContain('97');
    for (const { causes, from, to } of moved) expect(causes.reduce((sum, { exact }) => sum + exact, 0)).toBeCloseTo(to.health - from.health, 9);
    const data = await readBacktest(deps, who.workspaceId, null);
    const result = await backtestOn(data, { cutoffs: [LAST], horizon: 30, config: data.config }, async () => true);
    for (const row of result!.rows) expect(row.raw).toBeCloseTo([...kept.values()].find(({ id }) => id === row.accountId)!.raw, 9);
    const profiles = await world.arrange(
      `SELECT a.external_id, s.profile FROM score s JOIN account a ON a.workspace_id = s.workspace_id AND a.id = s.account_id WHERE s.workspace_id = $1 AND s.profile IS NOT NULL`,
      [who.workspaceId],
    );
    expect(profiles).toEqual([{ external_id: 'acme', profile: 'pro' }]);
  });
});
