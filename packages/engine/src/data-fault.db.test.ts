import { addDays, type Day, daysFromTo, weekday } from '@tideline/domain/calendar';
import { aRow, openWorld, type World } from '@tideline/testkit/build';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { START, FIRST, used, names, history, faultScene } from './data-fault.fixture.ts';
import { dismiss, list } from './data-fault-view.ts';
import { closeDays } from './day.ts';
import { testDeps, type TestDeps } from './deps.fixture.ts';
import { scoreChanged } from './score.ts';
import { aMeter, sendUsage } from './scoring.fixture.ts';

let world: World;
let deps: TestDeps;
beforeAll(async () => {
  world = await openWorld();
  deps = testDeps(world.urls);
});
afterAll(() => deps.close());
const scene = {
  get world() {
    return world;
  },
  get deps() {
    return deps;
  },
};
const { rowsOf, aLiveWorkspace, morning, standing, present, accountDays, alerts, digests, stampOf } = faultScene(scene);

describe('when everything stops', () => {
  it('holds the scores, tells admins alone, fires nothing, and goes on when the usage comes late', { timeout: 120_000 }, async () => {
    const { workspaceId, versionId } = await aLiveWorkspace();
    const accounts = names('a', 12);
    await aRow(world.arrange, 'webhook_endpoint', {
      workspace_id: workspaceId,
      url: 'http://127.0.0.1:1/',
      secret: 'whsec_c2VjcmV0',
      events: ['data.fault', 'alert.opened'],
    });
    await sendUsage(world.arrange, workspaceId, versionId, history(accounts));
    expect(await morning(workspaceId, START)).toEqual([START]);
    const before = await present(workspaceId);

    for (const on of daysFromTo(addDays(START, 1), addDays(START, 20))) expect(await morning(workspaceId, on)).toEqual([]);
    expect(await standing(workspaceId)).toEqual([
      { scope: 'workspace', name: null, since: addDays(START, 1), through: null, active: 0, usual: 12, accounts: 12, as: null },
    ]);
    expect(await present(workspaceId)).toEqual(before);
    expect(await stampOf(workspaceId, 'a3')).toMatchObject({
      words: 'Score held as of 1 Oct: no usage has arrived since Fri 2 Oct',
      heldFrom: addDays(START, 1),
    });
    expect(await alerts(workspaceId)).toEqual([]);
    expect(deps.mails).toHaveLength(1);
    expect(deps.mails[0]?.subject).toMatch(/: no usage has arrived since fri 2 oct$/);
    expect(deps.mails[0]?.text).toContain('12 of 12 accounts usually active on a Friday were silent. Scores are held as of 1 Oct');

    const late = daysFromTo(addDays(START, 1), addDays(START, 20));
    await sendUsage(
      world.arrange,
      workspaceId,
      versionId,
      accounts.flatMap((account) => late.map((on) => used(account, on))),
    );
    expect(await closeDays(deps, workspaceId)).toEqual(late);
    expect(await standing(workspaceId)).toMatchObject([{ as: 'returned', through: null }]);
    expect(await stampOf(workspaceId, 'a3')).toMatchObject({ words: null, heldFrom: null });
    expect(await alerts(workspaceId)).toEqual([]);
    const facts = await rowsOf(`SELECT payload ->> 'type' AS type FROM notification WHERE workspace_id = $1 ORDER BY created_at, 1`, workspaceId);
    expect(facts).toEqual([{ type: 'data.fault' }, { type: 'data.fault.ended' }]);
  });

  it('goes on when usage flows again without what is missing; who stays silent then is told', { timeout: 120_000 }, async () => {
    const { workspaceId, versionId } = await aLiveWorkspace();
    const accounts = names('a', 12);
    await sendUsage(world.arrange, workspaceId, versionId, history([...accounts, 'leaves']));
    await morning(workspaceId, START);
    const gap = daysFromTo(addDays(START, 1), addDays(START, 3));
    for (const on of gap) expect(await morning(workspaceId, on)).toEqual([]);
    for (const on of daysFromTo(addDays(START, 4), addDays(START, 24))) {
      await sendUsage(
        world.arrange,
        workspaceId,
        versionId,
        accounts.map((account) => used(account, on)),
      );
      expect(await morning(workspaceId, on)).toEqual(on === addDays(START, 4) ? [...gap, on] : [on]);
    }
    expect(await standing(workspaceId)).toMatchObject([{ scope: 'workspace', as: 'resumed', through: addDays(START, 3) }]);
    expect(await alerts(workspaceId)).toEqual([{ account: 'leaves' }]);
  });

  it('counts the silence once an admin says that it is real, and tests the next one again', { timeout: 120_000 }, async () => {
    const { workspaceId, versionId } = await aLiveWorkspace();
    const accounts = names('a', 9);
    await sendUsage(world.arrange, workspaceId, versionId, history(accounts));
    await morning(workspaceId, START);
    for (const on of daysFromTo(addDays(START, 1), addDays(START, 30))) await morning(workspaceId, on);
    expect(await alerts(workspaceId)).toEqual([]);
    const who = { workspaceId, userId: null, role: 'ADMIN' as const, actor: 'Ada', ownAccountsOf: null };
    const [fault] = await list(deps, who);
    await dismiss(deps, who, String(fault?.id));
    await expect(dismiss(deps, who, String(fault?.id))).rejects.toThrow('It is over already');
    expect(await closeDays(deps, workspaceId)).toHaveLength(30);
    expect(await alerts(workspaceId)).toHaveLength(9);
    expect(await digests(workspaceId)).toEqual([{ title: 'Look through 18 alerts from days that were closed late', alerts: 18, all: 18 }]);
    expect(await morning(workspaceId, addDays(START, 31))).toEqual([addDays(START, 31)]);
    expect(await rowsOf(`SELECT day::text FROM score_history WHERE workspace_id = $1 AND day > '${START}' GROUP BY day`, workspaceId)).toHaveLength(31);
    expect(await standing(workspaceId)).toMatchObject([{ as: 'dismissed', through: null }]);
    expect(await rowsOf(`SELECT action, actor FROM audit_log WHERE workspace_id = $1`, workspaceId)).toEqual([{ action: 'data-fault.dismiss', actor: 'Ada' }]);
  });

  it('tells one digest as well where the only day that waited is closed on time', { timeout: 120_000 }, async () => {
    const { workspaceId, versionId } = await aLiveWorkspace();
    const leaving = daysFromTo(addDays(START, -20), addDays(START, -1)).map((last, i) => ({ account: `leaves${i}`, last }));
    await sendUsage(world.arrange, workspaceId, versionId, [
      ...history(names('a', 30)),
      ...leaving.flatMap(({ account, last }) => daysFromTo(FIRST, last).map((on) => used(account, on))),
    ]);
    await morning(workspaceId, START);
    const silent = addDays(START, 1);
    expect(await morning(workspaceId, silent)).toEqual([]);
    const who = { workspaceId, userId: null, role: 'ADMIN' as const, actor: 'Ada', ownAccountsOf: null };
    const [fault] = await list(deps, who);
    await dismiss(deps, who, String(fault?.id));
    expect(await closeDays(deps, workspaceId)).toEqual([silent]);
    const opened = await rowsOf(`SELECT digest FROM alert WHERE workspace_id = $1 AND opened_on = '${silent}'`, workspaceId);
    expect(opened.length).toBeGreaterThan(0);
    expect(opened.filter(({ digest }) => !digest)).toEqual([]);
    expect(await digests(workspaceId)).toHaveLength(1);
  });
});

describe('when one meter stops', () => {
  it('holds its accounts, judges the others, and restates what was held when the usage comes', { timeout: 120_000 }, async () => {
    const { workspaceId, versionId } = await aLiveWorkspace();
    const tokens = await aMeter(world.arrange, workspaceId, { key: 'tokens', createdAt: '2020-01-02' });
    const [onTokens, onSpend] = [names('token', 8), names('spend', 20)];
    await sendUsage(world.arrange, workspaceId, tokens.versionId, history(onTokens));
    await sendUsage(world.arrange, workspaceId, versionId, history([...onSpend, 'leaves']));
    await morning(workspaceId, START);
    const before = (await present(workspaceId)).filter(({ account }) => String(account).startsWith('token'));
    const days = daysFromTo(addDays(START, 1), addDays(START, 25));
    for (const on of days) {
      await sendUsage(
        world.arrange,
        workspaceId,
        versionId,
        onSpend.map((account) => used(account, on)),
      );
      expect(await morning(workspaceId, on)).toEqual([on]);
    }
    expect(await standing(workspaceId)).toMatchObject([
      { scope: 'meter', name: 'tokens', since: addDays(START, 1), accounts: 8, active: 0, usual: 8, as: null },
    ]);
    expect((await present(workspaceId)).filter(({ account }) => String(account).startsWith('token'))).toEqual(before);
    const held = await stampOf(workspaceId, 'token0');
    expect(held).toMatchObject({ words: 'Score held as of 1 Oct: no usage has arrived on the meter “tokens” since Fri 2 Oct', heldFrom: addDays(START, 1) });
    await expect(held.onDay(addDays(START, 5))).rejects.toThrow('It is not judged on 2026-10-06 yet. Score held as of 1 Oct');
    await expect(held.onDay('2020-01-01' as Day)).rejects.toThrow('It has no score on 2020-01-01');
    expect(await stampOf(workspaceId, 'spend0')).toMatchObject({ words: null, heldFrom: null });
    expect(await alerts(workspaceId)).toEqual([{ account: 'leaves' }]); // what one account does by itself is no fault

    await sendUsage(
      world.arrange,
      workspaceId,
      tokens.versionId,
      onTokens.flatMap((account) => days.map((on) => used(account, on))),
    );
    await scoreChanged(deps, workspaceId);
    expect(await closeDays(deps, workspaceId)).toEqual([]);
    expect(await standing(workspaceId)).toMatchObject([{ as: 'returned' }]);
    const thawed = await stampOf(workspaceId, 'token0');
    expect(thawed).toMatchObject({ words: null, heldFrom: null });
    expect(await thawed.onDay(addDays(START, 5))).toMatchObject({ day: addDays(START, 5) });
    expect(await alerts(workspaceId)).toEqual([{ account: 'leaves' }]);
    const written = await rowsOf(
      `SELECT count(DISTINCT h.day)::int AS days FROM score_history h JOIN account a ON a.id = h.account_id WHERE h.workspace_id = $1 AND a.external_id = 'token0' AND h.day > '${START}'`,
      workspaceId,
    );
    expect(written).toEqual([{ days: 25 }]);
  });
});

describe('when two meters stop and an admin says that one of them is real', () => {
  it('judges its accounts and tells what is due as one digest at once, although the other fault stands', { timeout: 120_000 }, async () => {
    const { workspaceId, versionId } = await aLiveWorkspace();
    const used8 = { tokens: names('token', 8), calls: names('call', 8) };
    for (const [key, accounts] of Object.entries(used8)) {
      const meter = await aMeter(world.arrange, workspaceId, { key, createdAt: '2020-01-02' });
      await sendUsage(world.arrange, workspaceId, meter.versionId, history(accounts));
    }
    const onSpend = names('spend', 20);
    await sendUsage(world.arrange, workspaceId, versionId, history(onSpend));
    await morning(workspaceId, START);
    for (const on of daysFromTo(addDays(START, 1), addDays(START, 25))) {
      await sendUsage(
        world.arrange,
        workspaceId,
        versionId,
        onSpend.map((account) => used(account, on)),
      );
      await morning(workspaceId, on);
    }
    expect(await alerts(workspaceId)).toEqual([]);
    const who = { workspaceId, userId: null, role: 'ADMIN' as const, actor: 'Ada', ownAccountsOf: null };
    const fault = (await list(deps, who)).find(({ name }) => name === 'tokens');
    await dismiss(deps, who, String(fault?.id));
    expect(await alerts(workspaceId)).toEqual(used8.tokens.map((account) => ({ account })));
    expect(await digests(workspaceId)).toMatchObject([{ title: expect.stringMatching(/^Look through \d+ alerts/) }]);
    const [{ alerts: told, all } = { alerts: 0, all: -1 }] = await digests(workspaceId);
    expect(told).toBe(all);
    expect(await stampOf(workspaceId, 'token0')).toMatchObject({ words: null });
    expect(await stampOf(workspaceId, 'call0')).toMatchObject({ words: expect.stringContaining('“calls”') });
    await closeDays(deps, workspaceId);
    expect(await digests(workspaceId)).toHaveLength(1);
  });
});

describe('whatever stops, for as long as it does', () => {
  it('ends as if all had come in time', { timeout: 600_000 }, async () => {
    let held = 0;
    const scenario = fc.record({
      accounts: fc.integer({ min: 7, max: 10 }),
      restsOnWeekends: fc.boolean(),
      from: fc.integer({ min: 1, max: 6 }),
      length: fc.integer({ min: 1, max: 9 }),
      lateBy: fc.integer({ min: 0, max: 2 }),
      leavers: fc.integer({ min: 0, max: 2 }),
    });
    await fc.assert(
      fc.asyncProperty(scenario, async ({ accounts, restsOnWeekends, from, length, lateBy, leavers }) => {
        const end = addDays(START, from + length + lateBy + 1);
        const works = (on: Day) => !restsOnWeekends || ![0, 6].includes(weekday(on));
        const uses = (i: number, on: Day) => works(on) && (i >= leavers || on <= START) && (i % 3 !== 2 || Number(on.slice(8)) % 2 === 0);
        const daily = (on: Day) =>
          names('a', accounts)
            .filter((_, i) => uses(i, on))
            .map((account) => used(account, on));
        const lost = (on: Day) => on >= addDays(START, from) && on < addDays(START, from + length);
        const workspaces = [await aLiveWorkspace(), await aLiveWorkspace()];
        for (const [i, { workspaceId, versionId }] of workspaces.entries()) {
          await sendUsage(world.arrange, workspaceId, versionId, daysFromTo(FIRST, START).flatMap(daily));
          await morning(workspaceId, START);
          for (const on of daysFromTo(addDays(START, 1), end)) {
            const comes = i === 0 || !lost(on) ? daily(on) : [];
            // what is late comes whole, before usage flows again or right when it does
            const late = i === 1 && on === addDays(START, from + length) ? daysFromTo(addDays(START, from), addDays(on, -1)).flatMap(daily) : [];
            if (comes.length + late.length > 0) await sendUsage(world.arrange, workspaceId, versionId, [...late, ...comes]);
            await morning(workspaceId, on);
          }
        }
        const [undisturbed = '', disturbed = ''] = workspaces.map(({ workspaceId }) => workspaceId);
        expect(await present(disturbed)).toEqual(await present(undisturbed));
        expect(await alerts(disturbed)).toEqual(await alerts(undisturbed));
        expect(await accountDays(disturbed)).toEqual(await accountDays(undisturbed));
        expect(await standing(undisturbed)).toEqual([]);
        held += (await standing(disturbed)).length;
      }),
      { numRuns: 4 },
    );
    expect(held).toBeGreaterThan(0);
  });
});
