import { addDays, type Day } from '@tideline/domain/calendar';
import { aMember, openWorld, type World } from '@tideline/testkit/build';
import type { UsageRow } from '@tideline/testkit/score-oracle';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDeps, testDeps } from './deps.fixture.ts';
import type { Who } from './deps.ts';
import { state } from './model.ts';
import { rateOwed } from './score.ts';
import { aScoredWorkspace, sendUsage } from './scoring.fixture.ts';
import { draft, list, runWeightFit, start, stop } from './weight-fit.ts';

const LAST = '2026-11-10' as Day;

let world: World;
let deps: TestDeps;
beforeAll(async () => {
  world = await openWorld();
  deps = testDeps(world.urls);
  deps.clock.now = new Date(`${addDays(LAST, 1)}T09:00:00Z`);
});
afterAll(() => deps.close());

/** Accounts with rhythms of their own; every third stops somewhere on the way. */
const usageOver = (span: number): UsageRow[] =>
  Array.from({ length: 90 }, (_, i) => {
    const every = 1 + (i % 9) * 2;
    const until = i % 3 === 0 ? 100 + ((i * 29) % 230) : span;
    return Array.from({ length: span }, (__, n) => n)
      .filter((n) => n % every === i % every && n < until)
      .map((n) => ({ account: `a${i}`, day: addDays(LAST, n + 1 - span), revenue: 100 + i, events: 1 }));
  }).flat();

const prepared = async (span: number): Promise<Who> => {
  const { workspaceId, versionId } = await aScoredWorkspace(world.arrange, { timezone: 'UTC' });
  if (span > 0) await sendUsage(world.arrange, workspaceId, versionId, usageOver(span));
  await rateOwed(deps, workspaceId, LAST);
  const userId = await aMember(world.arrange, workspaceId, { name: 'Ada', role: 'ADMIN' });
  return { workspaceId, userId, role: 'ADMIN', actor: 'Ada', ownAccountsOf: null };
};

it('fits in the background, offers, and puts weights into the draft when it is asked to: never by itself', { timeout: 240_000 }, async () => {
  const who = await prepared(420);
  const begun = await start(deps, who);
  expect(begun).toMatchObject({ state: 'running', model: 'Version 1', finding: null });
  expect(begun.cutoffs.length).toBeGreaterThanOrEqual(3);
  expect(deps.jobs.asked.at(-1)).toEqual({ name: 'score.fit', payload: { workspaceId: who.workspaceId, runId: begun.runId } });
  await expect(draft(deps, who, begun.id)).rejects.toMatchObject({ code: 'conflict' });
  await runWeightFit(deps, who.workspaceId, begun.runId);
  const [fit] = (await list(deps, who)).items;
  expect(fit).toMatchObject({ id: begun.id, state: 'done', error: null });
  expect(fit?.done).toBe(fit?.total);
  expect(fit?.finding?.trials.map(({ cutoff }) => cutoff)).toEqual(begun.cutoffs);
  for (const { cutoff, learnedTo } of fit?.finding?.trials ?? []) expect(addDays(learnedTo as Day, 90)).toBe(cutoff);
  const before = await state(deps, who);
  expect(before.draft).toBeNull();
  const made = await draft(deps, who, begun.id);
  const shares = fit?.finding?.own?.shares;
  expect(made.config.weights.cadence).toBeCloseTo(100 * (shares?.cadence ?? Number.NaN), 1);
  expect(made.config).toMatchObject({ shiftByRegularity: false, bands: before.published.config.bands });
  const after = await state(deps, who);
  expect(after.published).toEqual(before.published);
  expect(after.draft).toEqual(made);
});

it('can be stopped, and says what is missing where the past is short', async () => {
  const who = await prepared(420);
  const begun = await start(deps, who);
  await stop(deps, who, begun.id);
  await runWeightFit(deps, who.workspaceId, begun.runId);
  expect((await list(deps, who)).items[0]).toMatchObject({ state: 'cancelled', finding: null });
  await expect(stop(deps, who, begun.id)).rejects.toMatchObject({ code: 'conflict' });
  const young = await prepared(200);
  await expect(start(deps, young)).rejects.toMatchObject({ code: 'rule-violated', message: /has 0 so far.*2026-04-25: try again on/ });
  await expect(start(deps, await prepared(0))).rejects.toMatchObject({ code: 'rule-violated', message: /Nothing was ever used/ });
  expect((await list(deps, young)).items).toEqual([]);
});
