import { addDays, type Day, dayNumber } from '@tideline/domain/calendar';
import { defaultModelConfig } from '@tideline/domain/model-config';
import { usageHistory } from '@tideline/domain/usage-history';
import { usageKeys } from '@tideline/domain/weight-fit';
import type { WeightFinding } from '@tideline/domain/weight-trial';
import { expect, it } from 'vitest';
import { walkWeightFit } from './weight-fit-walk.ts';

const START = '2024-01-01' as Day;
const FIRST = dayNumber(START);
const DAYS = 480;
const CUTOFFS = [270, 300, 330, 360].map((on) => addDays(START, on));

/** The same every time: a number from 0 to 1 for each account and purpose. */
const chance = (i: number, salt: number): number => {
  const x = Math.sin(i * 12.9898 + salt * 78.233) * 43_758.5453;
  return x - Math.floor(x);
};

/** Accounts with rhythms of their own that begin over half a year; `leaves`: the day of each one's last usage. */
const book = (leaves: (i: number, spend: number) => number, until = DAYS, accounts = 150) =>
  Array.from({ length: accounts }, (_, i) => {
    const [from, every, spend] = [Math.floor(chance(i, 1) * 180), 2 + Math.floor(chance(i, 2) * 20), 1 + Math.floor(chance(i, 3) * 400)];
    const end = Math.min(until, leaves(i, spend));
    const rows = Array.from({ length: Math.max(1, Math.ceil((end - from) / every)) }, (__, n) => from + n * every).filter((on) => on <= until);
    const accountId = `a${i}`;
    return {
      accountId,
      externalId: accountId,
      name: accountId,
      live: true,
      traits: { plan: null, industry: null, region: null },
      stand: { start: FIRST + from, reached: null },
      history: usageHistory(rows.map((on) => ({ day: FIRST + on, meters: 1, value: spend * every }))),
    };
  });
const fit = async (accounts: ReturnType<typeof book>, until = DAYS, cutoffs = CUTOFFS, most = Infinity): Promise<WeightFinding | null> => {
  const reading = { priced: true, manyMeters: false, milestoneSet: false };
  const data = { accounts, late: [], through: addDays(START, until), reading, others: async () => null };
  return walkWeightFit(data, { cutoffs, config: defaultModelConfig }, async (done) => done < most);
};

const anywhen = (i: number) => 120 + chance(i, 4) * 700;
it('gives weight to what foretold leaving here, and advises nothing that the past alone turns upside down', { timeout: 60_000 }, async () => {
  const found = await fit(book(anywhen, DAYS, 400)); // rhythms without a flaw: the first missed beat says it all
  expect(found?.own?.shares.silence).toBeGreaterThan(1.5 * (found?.present?.silence ?? 1));
  expect(found?.trials.every(({ own }) => own !== null)).toBe(true);
  expect(found?.gain ?? 0).toBeGreaterThan(0.005);
  expect(found?.mean?.own.auc ?? 0).toBeGreaterThan(found?.mean?.present.auc ?? 1);
  expect(found?.own?.negative).toEqual(['momentum']);
  expect(found?.advice).toBe('keep');
  expect(found?.trials.map(({ cutoff, learnedTo }) => dayNumber(cutoff) - dayNumber(learnedTo))).toEqual([90, 90, 90, 90]);
});

it('on a day knows nothing of what came after it', { timeout: 60_000 }, async () => {
  const cutoff = CUTOFFS[1] as Day;
  const own = async (accounts: ReturnType<typeof book>) => (await fit(accounts, DAYS, [cutoff]))?.trials[0]?.own?.shares;
  const [whole, cut] = [await own(book(anywhen)), await own(book(anywhen, 300))];
  expect(whole).toBeDefined();
  for (const key of usageKeys) expect(cut?.[key]).toBeCloseTo(whole?.[key] ?? 0, 12);
});

it('waits where the past is short, and stops when it is told to', { timeout: 60_000 }, async () => {
  const short = await fit(book(anywhen), 200, [addDays(START, 105)]);
  expect(short).toMatchObject({ advice: 'wait', gain: null, mean: null });
  expect(short?.trials[0]).toMatchObject({ own: null });
  expect(await fit(book(anywhen), DAYS, CUTOFFS, 5)).toBeNull();
});
