import { newestFits } from '@tideline/db/read/calibration';
import { withWorkspace } from '@tideline/db/workspace';
import { addDays, type Day, dayNumber } from '@tideline/domain/calendar';
import { outcomeOf } from '@tideline/domain/outcome';
import { quietHealth } from '@tideline/domain/own-calibration';
import { defaultSilent, silentProbability } from '@tideline/domain/stake';
import { usageHistory } from '@tideline/domain/usage-history';
import { openWorld, type World } from '@tideline/testkit/build';
import type { UsageRow } from '@tideline/testkit/score-oracle';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { page } from './account-page.ts';
import { backfill } from './backfill.ts';
import { closeDays } from './day.ts';
import { type TestDeps, testDeps } from './deps.fixture.ts';
import { state } from './model.ts';
import { aRun, aScoredWorkspace, sendUsage } from './scoring.fixture.ts';

const LAST = '2026-11-10' as Day;
const SPAN = 330;
const ACCOUNTS = 90;

let world: World;
let deps: TestDeps;
beforeAll(async () => {
  world = await openWorld();
  deps = testDeps(world.urls);
  deps.clock.now = new Date(`${addDays(LAST, 1)}T09:00:00Z`);
});
afterAll(() => deps.close());

/** Accounts with rhythms of their own; every third stops somewhere on the way, every fifth grows. */
const usage: UsageRow[] = Array.from({ length: ACCOUNTS }, (_, i) => {
  const every = 1 + (i % 9) * 2;
  const until = i % 3 === 0 ? 100 + ((i * 29) % 210) : SPAN;
  return Array.from({ length: SPAN }, (__, n) => n)
    .filter((n) => n % every === i % every && n < until)
    .map((n) => ({ account: `a${i}`, day: addDays(LAST, n + 1 - SPAN), revenue: i % 5 === 0 ? 10 + n : 100, events: 1 }));
}).flat();

const prepared = async (rows: readonly UsageRow[]) => {
  const { workspaceId, versionId } = await aScoredWorkspace(world.arrange, { timezone: 'UTC' });
  await sendUsage(world.arrange, workspaceId, versionId, rows);
  await backfill(deps, workspaceId, await aRun(world.arrange, workspaceId));
  return { workspaceId, versionId, who: { workspaceId, userId: null, role: 'ADMIN', actor: 'test', ownAccountsOf: null } as const };
};
const fitsOf = (workspaceId: string) => withWorkspace(deps.db, workspaceId, newestFits);

it('learns from what became of its own judgements, and judges the present by it', { timeout: 240_000 }, async () => {
  const { workspaceId, who } = await prepared(usage);
  const fits = await fitsOf(workspaceId);
  const histories = new Map(
    [...Map.groupBy(usage, ({ account }) => account)].map(([account, rows]) => [
      account,
      usageHistory(rows.map(({ day, revenue }) => ({ day: dayNumber(day), meters: 1, value: revenue }))),
    ]),
  );
  const kept = await world.arrange(
    `SELECT a.external_id AS account, s.day::text AS day, s.health FROM score_history s JOIN account a ON a.workspace_id = s.workspace_id AND a.id = s.account_id
     WHERE s.workspace_id = $1 AND s.day = ANY($2::date[]) AND s.health IS NOT NULL`,
    [workspaceId, [90, 118, 146, 174].map((ago) => addDays(LAST, -ago))],
  );
  const lived = kept.flatMap(({ account, day }) => {
    const history = histories.get(String(account));
    const outcome = history && outcomeOf(history, dayNumber(String(day) as Day), 90);
    return outcome?.inUse180 ? [outcome] : [];
  });
  const count = (hit: (one: (typeof lived)[number]) => boolean) => ({ lessons: lived.length, hits: lived.filter(hit).length });
  expect(lived.length).toBeGreaterThan(200);
  expect(fits).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ kind: 'silent', fittedOn: LAST, ...count(({ silent }) => silent) }),
      expect.objectContaining({ kind: 'contraction', ...count(({ contraction }) => contraction) }),
      expect.objectContaining({ kind: 'expansion', ...count(({ expansion }) => expansion) }),
    ]),
  );
  const silent = fits.find(({ kind }) => kind === 'silent')!.curve!;
  expect(silent).not.toEqual(defaultSilent);
  const scores = await world.arrange(`SELECT account_id AS id, health, raw, log10p, p_silent FROM score WHERE workspace_id = $1 AND health IS NOT NULL`, [
    workspaceId,
  ]);
  expect(scores.length).toBe(ACCOUNTS);
  for (const { health, raw, log10p, p_silent: p } of scores)
    expect(Number(p)).toBeCloseTo(silentProbability(quietHealth({ health: Number(health), raw: Number(raw), log10p: Number(log10p) }), silent), 9);
  const { judgement } = await page(deps, who, String(scores[0]?.id));
  expect(judgement!.odds.contraction).toBeGreaterThan(0);
  const { calibrations } = await state(deps, who);
  expect(calibrations.map(({ kind, own }) => [kind, own])).toEqual(expect.arrayContaining([['silent', true]]));
  expect(calibrations.find(({ kind }) => kind === 'silent')!.at.map(({ share }) => share)).toEqual(
    [30, 45, 60, 75].map((level) => silentProbability(level, silent)),
  );
});

it('says that it has too little past, and keeps to the default', { timeout: 120_000 }, async () => {
  const { workspaceId, who } = await prepared(usage.filter(({ account }) => ['a1', 'a2', 'a3', 'a6'].includes(account)));
  expect((await fitsOf(workspaceId)).map(({ kind, curve }) => [kind, curve])).toEqual(
    ['contraction', 'expansion', 'loss', 'silent'].map((kind) => [kind, null]),
  );
  const [row] = await world.arrange(`SELECT account_id AS id, health, raw, log10p, p_silent FROM score WHERE workspace_id = $1 LIMIT 1`, [workspaceId]);
  const read = quietHealth({ health: Number(row?.health), raw: Number(row?.raw), log10p: Number(row?.log10p) });
  expect(Number(row?.p_silent)).toBeCloseTo(silentProbability(read, defaultSilent), 9);
  expect((await page(deps, who, String(row?.id))).judgement!.odds).toEqual({ contraction: null, expansion: null, upside: null });
});

it('asks its past again after four weeks of closes, not before', { timeout: 240_000 }, async () => {
  const { workspaceId, versionId } = await prepared(usage.slice(0, 6_000));
  let sent = 0;
  const goesOn = (last: Day, through: number): UsageRow[] => {
    const days = Array.from({ length: through - sent }, (_, i) => addDays(last, sent + 1 + i));
    sent = through;
    return days.flatMap((on) => Array.from({ length: 30 }, (_, i) => ({ account: `a${i}`, day: on, revenue: 50, events: 1 })));
  };
  const asked = async () => (await fitsOf(workspaceId))[0]?.fittedOn;
  for (const [days, expected] of [
    [27, LAST],
    [29, addDays(LAST, 28)],
  ] as const) {
    await sendUsage(world.arrange, workspaceId, versionId, goesOn(LAST, days)); // silence of all would hold the close
    deps.clock.now = new Date(`${addDays(LAST, 1 + days)}T09:00:00Z`);
    await closeDays(deps, workspaceId);
    expect(await asked()).toBe(expected);
  }
});
